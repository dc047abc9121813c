import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]


@dataclass
class Served:
    """A server process and where it listens."""

    process: subprocess.Popen[str]
    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def begun(self) -> int:
        """How many files the fake reader has begun."""
        return int(httpx.get(f"{self.url}/api/health").json()["models"]["begun"])

    def until_begun(self, count: int) -> None:
        patiently(lambda: self.begun() >= count)

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)


def patiently(done: Callable[[], bool]) -> None:
    """Wait until something holds; fails after half a minute."""
    end = time.monotonic() + 30
    while not done():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def listening(served: Served) -> bool:
    assert served.process.poll() is None, served.log.read_text("utf-8")
    try:
        served.connect().close()
    except OSError:
        return False
    return True


@pytest.fixture(scope="session")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Served]]:
    """Starts servers of the fake reader; settings as keywords; all are stopped at the end."""
    started: list[Served] = []

    def start(idle: int | None = None, **settings: Any) -> Served:
        port = settings.setdefault("port", free_port())
        command = [sys.executable, str(HERE / "serve_fake.py")]
        command += [json.dumps(settings), *([str(idle)] if idle else [])]
        env = os.environ | {"PYTHONPATH": str(ROOT)}
        # A file, for a pipe that nobody empties holds up a server that has much to log.
        log = tmp_path_factory.mktemp("server") / "log"
        with log.open("w") as out:
            process = subprocess.Popen(command, stdout=out, stderr=out, text=True, env=env)
        served = Served(process, port, log)
        started.append(served)
        patiently(lambda: listening(served))
        return served

    yield start
    for served in started:
        served.process.kill()
        served.process.communicate()


@pytest.fixture(scope="module")
def open_port() -> int:
    """A port that nobody listens on."""
    return free_port()


@pytest.fixture(scope="session")
def wait_until() -> Callable[[Callable[[], bool]], None]:
    """Waits until a condition holds; fails after half a minute."""
    return patiently
