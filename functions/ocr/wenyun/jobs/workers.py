"""Worker processes: started, watched, woken, ended."""

import contextlib
import logging
import secrets
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

LONGEST_PAUSE = 10.0
"""Seconds before a worker is started again, after several ended soon one after the other."""

HEALTHY_SECONDS = 10.0
"""A worker that lived so long had started well."""


@dataclass(slots=True, eq=False)
class Worker:
    """One process. Its standard input wakes it, and ends it when the server is gone."""

    process: subprocess.Popen[bytes]
    name: str
    began: float = field(default_factory=time.monotonic)
    fault: str = "internal"

    def wake(self) -> None:
        """Tell it that there is work."""
        assert self.process.stdin
        with contextlib.suppress(OSError):
            self.process.stdin.write(b"\n")
            self.process.stdin.flush()

    def close(self) -> None:
        """Let go of a process that has ended."""
        assert self.process.stdin
        with contextlib.suppress(OSError):
            self.process.stdin.close()


class Workers:
    """At most `most` processes of one command, each with a name of its own as last argument."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str], most: int) -> None:
        self._command = command
        self._env = env
        self._most = most
        self._living: list[Worker] = []
        self._failures = 0
        self._not_before = 0.0

    def start(self, wanted: int) -> None:
        """See to it that so many work, within the limit and unless it is too soon."""
        missing = min(wanted, self._most) - len(self._living)
        if missing > 0 and time.monotonic() >= self._not_before:
            for _ in range(missing):
                self._living.append(self._spawn())

    def ended(self) -> list[Worker]:
        """Those that have ended since this was last asked."""
        gone = [worker for worker in self._living if worker.process.poll() is not None]
        for worker in gone:
            self._living.remove(worker)
            worker.close()
            self._judge(worker)
        return gone

    def wake(self) -> None:
        """Tell all that there is work."""
        for worker in self._living:
            worker.wake()

    def kill(self, name: str, fault: str) -> bool:
        """End one that takes too long; whether it is ours."""
        for worker in self._living:
            if worker.name == name:
                worker.fault = fault
                worker.process.kill()
                return True
        return False

    def stop(self, patience: float) -> None:
        """Let each finish what it has at hand, and end those that do not."""
        end = time.monotonic() + patience
        for worker in self._living:
            worker.process.terminate()
        for worker in self._living:
            try:
                worker.process.wait(max(0.0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                worker.process.kill()
                worker.process.wait()
            worker.close()
        self._living.clear()

    def _spawn(self) -> Worker:
        name = secrets.token_hex(8)
        # A session of its own: Ctrl+C in the terminal is for the server to hear.
        process = subprocess.Popen(  # noqa: S603 - our own command
            [*self._command, name],
            stdin=subprocess.PIPE,
            env=dict(self._env),
            start_new_session=True,
        )
        return Worker(process, name)

    def _judge(self, worker: Worker) -> None:
        """Pause before the next start when workers end badly, longer each time."""
        if worker.process.returncode == 0:
            self._failures = 0
            return
        lived = time.monotonic() - worker.began
        self._failures = 1 if lived > HEALTHY_SECONDS else self._failures + 1
        pause = min(LONGEST_PAUSE, 0.25 * 2.0 ** min(self._failures, 10))
        self._not_before = time.monotonic() + pause
        log.error("A worker ended with %s", worker.process.returncode)


def worker_command() -> list[str]:
    """How a worker is started."""
    return [sys.executable, "-m", "wenyun.worker"]
