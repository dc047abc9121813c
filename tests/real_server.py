"""The product's own server in a process of its own, for tests that go through all of it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path

import httpx

Wait = Callable[[Callable[[], bool]], None]


@contextmanager
def real_server(
    port: int,
    path: str,
    wait: Wait,
    stop_seconds: float,
    settings: Mapping[str, str] | None = None,
    *,
    started: Callable[[int], object] = lambda _: None,
    log: Path | None = None,
) -> Iterator[str]:
    """Run `python -m wenyun.server`; it must end in order, with exit status 0.

    Args:
        port: Where it listens.
        path: It is up when this answers 200.
        wait: Waits until a condition holds, or fails.
        stop_seconds: How long it may take to stop.
        settings: More of its environment.
        started: Told of the process's number.
        log: Where all that it says goes; to this process's own output where not given.

    Yields:
        Its address.

    """
    address = f"http://127.0.0.1:{port}"
    env = os.environ | {"PORT": str(port)} | dict(settings or {})
    with log.open("wb") if log else nullcontext() as out:
        command = [sys.executable, "-m", "wenyun.server"]
        process = subprocess.Popen(command, env=env, stdout=out, stderr=out)
    started(process.pid)

    def up() -> bool:
        assert process.poll() is None
        try:
            return httpx.get(f"{address}{path}").status_code == 200
        except httpx.TransportError:
            return False

    wait(up)
    yield address
    process.send_signal(signal.SIGTERM)
    assert process.wait(stop_seconds) == 0
