"""Answers a second and how long they take, as more clients come: `python -m tests.bench.load`.

Our server with two profiles, the API server that RapidOCR's makers publish, and one around
tesseract; the same drawn pictures, the same CPUs, one server at a time. Each client sends its next
picture when it has its answer; one that is told to come back later does, and its time goes on.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.bench.cold import pinned
from tests.bench.peers import ensure
from tests.bench.samples import drawn
from tests.bench.subjects import PEERS, ROOT
from tests.bench.table import table
from tests.jobkit.service import free_port
from tests.loadkit.process import running

LEVELS = (1, 2, 4, 8, 16)

SCENES = ("card", "invoice", "sign", "menu", "english", "book")

PATIENCE = 120.0

Request = Callable[[bytes], Mapping[str, Any]]
"""A picture to the arguments of httpx's `post`."""


@dataclass(frozen=True, slots=True)
class Server:
    """Who is measured: what starts it, where it answers, and how it is asked."""

    name: str
    command: Callable[[int], Sequence[str]]
    path: str
    ready: str
    request: Request
    env: Callable[[int], Mapping[str, str]] = lambda _: {}
    missing: Callable[[], str | None] = lambda: None


@dataclass(slots=True)
class Level:
    """What so many clients at once saw."""

    clients: int
    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    put_off: int = 0
    failures: int = 0

    def percentile(self, part: int) -> float:
        """The time within which so many of a hundred had their answer."""
        if len(self.times) < 2:
            return self.times[0] if self.times else float("nan")
        return statistics.quantiles(self.times, n=100, method="inclusive")[part - 1]


def ours(profile: str) -> Server:
    """Our server with a profile."""
    return Server(
        f"wenyun {profile}",
        lambda _: (sys.executable, "-m", "wenyun.server"),
        "/api/ocr",
        "/api/ready",
        lambda data: {"files": {"image": ("a.png", data)}, "data": {"profile": profile}},
        lambda port: {"PORT": str(port)},
    )


def servers(cpus: int) -> list[Server]:
    """Everyone."""
    rapid = PEERS / "rapidocr-api/bin/rapidocr_api"
    return [
        ours("balanced"),
        ours("fast"),
        Server(
            "rapidocr-api",
            lambda port: (str(rapid), "-ip", "127.0.0.1", "-p", str(port)),
            "/ocr",
            "/",
            lambda data: {"files": {"image_file": ("a.png", data)}},
            missing=lambda: ensure("rapidocr-api"),
        ),
        Server(
            "tesseract",
            lambda port: (
                *(sys.executable, "-m", "tests.bench.servers.tesseract"),
                *(str(port), str(cpus)),
            ),
            "/",
            "/",
            lambda data: {"content": data},
            missing=lambda: None if shutil.which("tesseract") else "tesseract is not installed",
        ),
    ]


def main(argv: list[str] | None = None) -> None:
    """Measure every server at every level and print the table."""
    given = _parser().parse_args(argv)
    rows: list[list[str]] = []
    with tempfile.TemporaryDirectory(prefix="wenyun-load-") as name:
        folder = Path(name)
        samples = drawn(folder / "pages", given.scenes, given.seed, given.pages, "natural")
        pictures = [sample.path.read_bytes() for sample in samples]
        for server in servers(given.cpus):
            if given.only and not server.name.startswith(tuple(given.only)):
                continue
            if why := server.missing():
                sys.stdout.write(f"{server.name}: skipped, {why}\n")
                continue
            with pinned(given.cpus):
                for level in measure(server, pictures, given.levels, given.requests, folder):
                    rows.append(row(server.name, level))
                    sys.stderr.write("  ".join(rows[-1]) + "\n")
    sys.stdout.write(report(rows) + "\n")


def measure(
    server: Server, pictures: Sequence[bytes], levels: Sequence[int], requests: int, folder: Path
) -> list[Level]:
    """One server at every level; the first pictures open its models and do not count."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    env = {"OCR_DATA_DIR": str(folder / "data"), "PYTHONPATH": str(ROOT)} | dict(server.env(port))
    with running(server.command(port), url, server.ready, env, folder / "log"):
        at_level(server, url, pictures, 1, len(pictures))
        return [at_level(server, url, pictures, clients, requests) for clients in levels]


def at_level(
    server: Server, url: str, pictures: Sequence[bytes], clients: int, requests: int
) -> Level:
    """So many clients at once, until so many requests are answered."""
    level, lock, numbers = Level(clients), threading.Lock(), iter(range(requests))

    def work() -> None:
        with httpx.Client(base_url=url, timeout=PATIENCE) as client:
            while True:
                with lock:
                    number = next(numbers, None)
                if number is None:
                    return
                _one(client, server, pictures[number % len(pictures)], level, lock)

    threads = [threading.Thread(target=work) for _ in range(clients)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    level.seconds = time.monotonic() - begun
    return level


def _one(
    client: httpx.Client, server: Server, picture: bytes, level: Level, lock: threading.Lock
) -> None:
    begun, put_off, good = time.monotonic(), 0, False
    while time.monotonic() < begun + PATIENCE:
        answer = client.post(server.path, **server.request(picture))
        good = answer.status_code == 200
        if "retry-after" not in answer.headers:
            break
        put_off += 1
        time.sleep(float(answer.headers["retry-after"]))
    with lock:
        level.put_off += put_off
        if good:
            level.times.append(time.monotonic() - begun)
        else:
            level.failures += 1


def row(name: str, level: Level) -> list[str]:
    """A level's figures."""
    return [
        *(name, str(level.clients)),
        *(f"{1000 * level.percentile(part):.0f}" for part in (50, 90, 99)),
        f"{len(level.times) / level.seconds:.2f}",
        *(str(level.put_off), str(level.failures)),
    ]


def report(rows: list[list[str]]) -> str:
    """Every server at every level."""
    head = ["server", "clients", "p50 ms", "p90 ms", "p99 ms", "a second", "put off", "failed"]
    return table(head, rows)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load", description=__doc__)
    parser.add_argument("--levels", type=int, nargs="+", default=list(LEVELS))
    parser.add_argument("--requests", type=int, default=60, help="answers at each level")
    parser.add_argument("--cpus", type=int, default=2)
    parser.add_argument("--scenes", nargs="+", default=list(SCENES))
    parser.add_argument("--pages", type=int, default=2, help="pictures a scene")
    parser.add_argument("--seed", type=int, default=9_000)
    parser.add_argument("--only", nargs="+", help="servers whose names begin so")
    return parser


if __name__ == "__main__":
    main()
