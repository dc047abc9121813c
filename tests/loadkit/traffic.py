"""Clients of every kind, each with a fixed seed: what they did and how it ended is counted."""

import base64
import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

from tests.loadkit.goods import Goods

SECONDS = 60.0
"""A client's patience with one answer: more than the 28 s that a request has."""

KNOWN = frozenset(
    {
        *("ok", "busy", "time_limit", "left", "job_ok", "job_failed", "job_deleted"),
        *("corrupt_image", "corrupt_pdf", "unsupported_image", "image_too_small", "empty_file"),
        *("too_many_pixels", "too_many_pages", "pdf_password_required", "invalid_option"),
    }
)
"""Endings that are as they should be; anything else is a fault."""

WEIGHTS: Mapping[str, int] = {
    "picture": 40,
    "scan": 4,
    "paper": 10,
    "damaged": 20,
    "json_body": 6,
    "leaves": 6,
    "half_upload": 4,
    "asks": 6,
    "job": 3,
    "job_deleted": 1,
}
"""How often each kind of client comes."""


@dataclass
class Traffic:
    """Clients of one server.

    Args:
        url: Where it answers.
        goods: What is sent.
        seed: Of everything that is left to chance.
        weights: How often each kind of client comes.

    """

    url: str
    goods: Goods
    seed: int
    weights: Mapping[str, int] = field(default_factory=lambda: dict(WEIGHTS))
    endings: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def done(self) -> int:
        """How many clients have come and gone."""
        return self.endings.total()

    @property
    def faults(self) -> dict[str, int]:
        """Endings that should not have been."""
        return {code: count for code, count in self.endings.items() if code not in KNOWN}

    def run(self, stop: Callable[[int], bool], at_once: int = 4) -> None:
        """Send clients, so many at a time, until `stop` says so of the next one's number."""
        numbers = iter(range(1 << 62))

        def work() -> None:
            with httpx.Client(base_url=self.url, timeout=SECONDS) as client:
                while True:
                    with self._lock:
                        number = next(numbers)
                    if stop(number):
                        return
                    self._one(client, number)

        threads = [threading.Thread(target=work) for _ in range(at_once)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _one(self, client: httpx.Client, number: int) -> None:
        rng = random.Random(f"{self.seed}-{number}")
        (kind,) = rng.choices(list(self.weights), list(self.weights.values()))
        try:
            ending = ACTIONS[kind](Visit(client, self.goods, rng))
        except (httpx.TransportError, OSError) as error:
            ending = f"broken {type(error).__name__}"
        with self._lock:
            self.kinds[kind] += 1
            self.endings[ending] += 1


@dataclass(frozen=True, slots=True)
class Visit:
    """One client's visit."""

    client: httpx.Client
    goods: Goods
    rng: random.Random

    def ended(self, answer: httpx.Response) -> str:
        """An answer's code; one that says less than the contract is a fault."""
        if answer.status_code == 200:
            return "ok"
        code = str(answer.json()["error"]["code"])
        return code if answer.headers.get("x-request-id") else f"{code} without an id"

    def post(self, data: bytes, **options: str) -> str:
        """Send a file as a form."""
        form = {"profile": self.rng.choice(["fast", "balanced"])} | options
        return self.ended(self.client.post("/api/ocr", files={"image": ("a", data)}, data=form))


def _picture(visit: Visit) -> str:
    return visit.post(visit.rng.choice(visit.goods.pictures))


def _scan(visit: Visit) -> str:
    return visit.post(visit.rng.choice(visit.goods.scans))


def _paper(visit: Visit) -> str:
    return visit.post(
        visit.rng.choice(visit.goods.papers), format=visit.rng.choice(["json", "pdf", "alto"])
    )


def _damaged(visit: Visit) -> str:
    return visit.post(visit.goods.damaged(visit.rng))


def _json_body(visit: Visit) -> str:
    image = base64.b64encode(visit.rng.choice(visit.goods.pictures)).decode()
    return visit.ended(visit.client.post("/api/ocr", json={"image": image, "profile": "fast"}))


def _asks(visit: Visit) -> str:
    path = visit.rng.choice(["/", "/api/options", "/api/health", "/api/ready", "/metrics"])
    return visit.ended(visit.client.get(path))


def _leaves(visit: Visit) -> str:
    """Send a whole picture and hang up before the answer."""
    data = visit.rng.choice(visit.goods.pictures + visit.goods.scans)
    return _hang_up(visit, len(data), data)


def _half_upload(visit: Visit) -> str:
    """Send a part of what was announced, and hang up."""
    data = visit.rng.choice(visit.goods.pictures)
    return _hang_up(visit, len(data), data[: visit.rng.randrange(len(data))])


def _hang_up(visit: Visit, announced: int, sent: bytes) -> str:
    place = urlsplit(str(visit.client.base_url))
    head = f"POST /api/ocr HTTP/1.1\r\nHost: x\r\nContent-Length: {announced}\r\n\r\n"
    with socket.create_connection((place.hostname or "", place.port or 80), SECONDS) as line:
        line.sendall(head.encode() + sent)
        time.sleep(visit.rng.uniform(0, 0.3))
    return "left"


def _job(visit: Visit) -> str:
    """Send a document as a job, wait for it and fetch everything that came of it."""
    job_id = _sent(visit)
    if len(job_id) != 32:
        return job_id
    end = time.monotonic() + 10 * SECONDS
    while time.monotonic() < end:
        job = visit.client.get(f"/api/jobs/{job_id}").json()
        if job["state"] in ("succeeded", "failed"):
            fetched = [visit.client.get(url).status_code for url in job["results"].values()]
            good = job["state"] == "succeeded" and set(fetched) == {200}
            visit.client.delete(f"/api/jobs/{job_id}")
            return "job_ok" if good else f"job_{job['state']}"
        time.sleep(0.5)
    return "job never ended"


def _job_deleted(visit: Visit) -> str:
    job_id = _sent(visit)
    if len(job_id) != 32:
        return job_id
    gone = visit.client.delete(f"/api/jobs/{job_id}").status_code
    return "job_deleted" if gone == 204 else f"delete answered {gone}"


def _sent(visit: Visit) -> str:
    """The id of a job that was accepted, or the code that it was refused with."""
    data = visit.rng.choice(visit.goods.papers)
    answer = visit.client.post("/api/jobs", files={"image": ("a.pdf", data)})
    return str(answer.json()["job_id"]) if answer.status_code == 202 else visit.ended(answer)


ACTIONS: Mapping[str, Callable[[Visit], str]] = {
    "picture": _picture,
    "scan": _scan,
    "paper": _paper,
    "damaged": _damaged,
    "json_body": _json_body,
    "leaves": _leaves,
    "half_upload": _half_upload,
    "asks": _asks,
    "job": _job,
    "job_deleted": _job_deleted,
}
