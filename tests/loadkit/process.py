"""A server in a process of its own, and what it takes of the machine."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from wenyun.observe.process import resident

PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Taken:
    """What a process and its children have: bytes of memory, open files, threads."""

    memory: int
    children: int
    files: int
    threads: int


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers."""

    process: "subprocess.Popen[bytes]"
    url: str

    def taken(self) -> Taken:
        """What it takes now."""
        pid = self.process.pid
        base = Path(f"/proc/{pid}")
        return Taken(
            resident(pid),
            sum(_memory(child) for child in _descendants(pid)),
            len(list((base / "fd").iterdir())),
            len(list((base / "task").iterdir())),
        )


@contextmanager
def running(
    command: Sequence[str],
    url: str,
    ready: str,
    env: Mapping[str, str],
    log: Path,
    *,
    in_order: bool = False,
) -> Iterator[Running]:
    """Start a server, wait until it answers 200 at `ready`, and end it afterwards.

    Args:
        command: What starts it.
        url: Where it will answer.
        ready: The path that is asked.
        env: More of its environment.
        log: Gets what it says.
        in_order: Whether it must end with status 0.

    """
    with log.open("ab") as out:
        process = subprocess.Popen(command, env=os.environ | env, stdout=out, stderr=out)
    try:
        _patiently(lambda: _answers(process, f"{url}{ready}"), log)
        yield Running(process, url)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            status = process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
    assert not in_order or status == 0, log.read_text("utf-8", "replace")[-2000:]


def _answers(process: "subprocess.Popen[bytes]", address: str) -> bool:
    if process.poll() is not None:
        raise RuntimeError(f"the server ended with {process.returncode}")
    with suppress(httpx.TransportError):
        return httpx.get(address, timeout=30).status_code == 200
    return False


def _patiently(done: Callable[[], bool], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > end:
            raise RuntimeError(log.read_text("utf-8", "replace")[-2000:])
        time.sleep(0.1)


def _descendants(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, task.read_text("ascii").split()):
                yield child
                yield from _descendants(child)


def _memory(pid: int) -> int:
    try:
        return resident(pid)
    except OSError:
        return 0
