"""Jobs sent to a server that is killed again and again while it works."""

import random
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.jobkit.reader import order, text_of
from tests.jobkit.service import Service, patiently
from wenyun.stores.sqlite import Database

_AUDIT = """
CREATE TABLE audit (job_id TEXT, state TEXT);
CREATE TRIGGER audit_end AFTER UPDATE OF state ON jobs
WHEN NEW.state IN ('succeeded', 'failed') BEGIN
  INSERT INTO audit VALUES (NEW.id, NEW.state);
END;
"""
"""Written by SQLite itself, in the transaction that ends a job."""


@dataclass(frozen=True)
class Killed:
    """What came of the jobs."""

    accepted: int
    succeeded: int
    failed_with_reason: int
    wrong: int
    ended_twice: int
    unfinished: int
    kills: int
    pages_begun: int
    pages: int

    @property
    def accounted(self) -> int:
        return self.succeeded + self.failed_with_reason


@dataclass
class Client:
    """Sends jobs one after the other and asks again where it got no answer."""

    service: Service
    chance: random.Random
    jobs: dict[str, tuple[str, int]] = field(default_factory=dict)
    allowed: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def send(self, count: int) -> None:
        for number in range(count):
            self.allowed.acquire()
            pages, seconds = self.chance.randint(1, 5), self.chance.uniform(0, 0.1)
            data = order(pages=pages, seed=f"job {number}", seconds=seconds)
            job_id = self._until_answered(data, announced=number % 2 == 0)
            self.jobs[job_id] = (f"job {number}", pages)

    def _until_answered(self, data: bytes, *, announced: bool) -> str:
        while True:
            try:
                return self._announce(data) if announced else self.service.submit(data)
            except (httpx.TransportError, AssertionError):
                time.sleep(0.05)

    def _announce(self, data: bytes) -> str:
        said = {"name": "a.png", "type": "image/png", "size": len(data), "options": {}}
        accepted = httpx.post(f"{self.service.url}/api/jobs", json=said, timeout=30).json()
        upload, file = accepted["upload"], {"file": ("a.png", data)}
        while True:
            try:
                sent = httpx.post(upload["url"], data=upload["fields"], files=file, timeout=30)
            except httpx.TransportError:
                time.sleep(0.05)
                continue
            assert sent.status_code == 204, sent.text
            return str(accepted["job_id"])


def run_killed(
    root: Path, jobs: int, kills: int, seed: int, say: Callable[[str], None] = lambda _: None
) -> Killed:
    """Send so many jobs while the server is killed so often, both at random."""
    chance = random.Random(seed)
    service = Service(root / "data")
    _prepare(service.data_dir)
    client = Client(service, random.Random(seed + 1))
    sender = threading.Thread(target=client.send, args=(jobs,), daemon=True)
    sender.start()
    service.start()
    for number in range(kills):
        # The jobs are spread over the lives of the server.
        client.allowed.release((number + 1) * jobs // (kills + 1) - number * jobs // (kills + 1))
        time.sleep(chance.uniform(0.0, 2.0))
        service.kill()
        service.start()
        say(f"killed {number + 1} times, {len(client.jobs)} jobs accepted")
    client.allowed.release(jobs)
    sender.join()
    patiently(lambda: _unfinished(service.data_dir) == 0, "jobs stay unfinished")
    try:
        return _tally(service, client, kills)
    finally:
        service.stop()


def _prepare(data_dir: Path) -> None:
    data_dir.mkdir(parents=True)
    Database(data_dir / "jobs.sqlite3").close()
    with sqlite3.connect(data_dir / "jobs.sqlite3") as database:
        database.executescript(_AUDIT)
    database.close()


def _ask(data_dir: Path, question: str) -> list[tuple[str, ...]]:
    database = sqlite3.connect(data_dir / "jobs.sqlite3", timeout=30)
    try:
        return database.execute(question).fetchall()
    finally:
        database.close()


def _unfinished(data_dir: Path) -> int:
    """Of those that got an answer and those that did not; what was only announced may wait."""
    question = (
        "SELECT id FROM jobs WHERE state = 'running' OR id IN (SELECT job_id FROM tasks) "
        "AND state IN ('waiting', 'running')"
    )
    return len(_ask(data_dir, question))


def _tally(service: Service, client: Client, kills: int) -> Killed:
    found = {job_id: service.job(job_id) for job_id in client.jobs}
    succeeded = wrong = failed = 0
    for job_id, job in found.items():
        seed, pages = client.jobs[job_id]
        if job["state"] == "failed" and job["error"]["message"]:
            failed += 1
        elif job["state"] == "succeeded" and service.text(job) == text_of(
            seed, *range(1, pages + 1)
        ):
            succeeded += 1
        else:
            wrong += 1
    ends = Counter(job_id for (job_id,) in _ask(service.data_dir, "SELECT job_id FROM audit"))
    return Killed(
        accepted=len(found),
        succeeded=succeeded,
        failed_with_reason=failed,
        wrong=wrong,
        ended_twice=sum(count > 1 for count in ends.values()),
        unfinished=_unfinished(service.data_dir),
        kills=kills,
        pages_begun=len(service.pages_begun()),
        pages=sum(pages for _, pages in client.jobs.values()),
    )
