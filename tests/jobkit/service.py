"""A server process that can be killed and started again, and a client of its jobs."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0


def patiently(done: Callable[[], bool], why: str = "waited in vain") -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, why
        time.sleep(0.02)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@dataclass
class Service:
    """One server after the other on the same directory and port."""

    data_dir: Path
    settings: dict[str, Any] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.data_dir.parent / "pages.log"

    def start(self) -> None:
        """Start a server and wait until it answers."""
        given = {"port": self.port, "data_dir": str(self.data_dir), "workers": 2} | self.settings
        command = [sys.executable, "-m", "tests.jobkit.serve", json.dumps(given)]
        env = os.environ | {"PYTHONPATH": str(ROOT), "WENYUN_TEST_LOG": str(self.log)}
        with (self.data_dir.parent / "server.log").open("ab") as log:
            self.process = subprocess.Popen(command, env=env, stdout=log, stderr=log)
        patiently(self._answers, "the server does not start")

    def kill(self) -> None:
        """As the machine would: at once, with no word to anyone."""
        assert self.process
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        assert self.process
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def workers(self) -> list[int]:
        """Process ids of the server's workers."""
        assert self.process
        children = Path(f"/proc/{self.process.pid}/task")
        found: list[int] = []
        for task in children.iterdir():
            with contextlib.suppress(OSError):
                found += [int(pid) for pid in (task / "children").read_text().split()]
        return found

    def submit(self, data: bytes, **options: str) -> str:
        """Send a file and its options as a form; returns the job's id."""
        answer = httpx.post(
            f"{self.url}/api/jobs", files={"image": ("a.png", data)}, data=options, timeout=30
        )
        assert answer.status_code == 202, answer.text
        return str(answer.json()["job_id"])

    def job(self, job_id: str) -> dict[str, Any]:
        answer = httpx.get(f"{self.url}/api/jobs/{job_id}", timeout=30)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def ended(self, job_id: str) -> dict[str, Any]:
        """The job once it has ended."""
        patiently(lambda: self.job(job_id)["state"] in ("succeeded", "failed"), "it never ended")
        return self.job(job_id)

    def text(self, job: dict[str, Any]) -> str:
        return httpx.get(job["results"]["text"], timeout=30).text

    def pages_begun(self) -> list[str]:
        """`SEED PAGE` for each time a worker began to read."""
        return self.log.read_text().splitlines() if self.log.exists() else []

    def _answers(self) -> bool:
        assert self.process
        assert self.process.poll() is None, "the server ended"
        try:
            return httpx.get(f"{self.url}/api/health").status_code == 200
        except httpx.TransportError:
            return False
