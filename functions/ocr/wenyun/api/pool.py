"""A few threads that do the heavy work, and a short line in front of them."""

import math
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from wenyun.errors import WenyunError

T = TypeVar("T")

WAITING_PER_WORKER = 4
"""A picture takes about a second, so the last in line waits a few: well within the 28 s that a
request has, and no longer than people wait before they press the button again."""

MIN_WAITING = 8
"""One page opened in a browser may send several pictures at once."""

MAX_RETRY_AFTER = 30


@dataclass(slots=True, eq=False)
class _Job:
    work: Callable[[], Any]
    future: Future[Any] = field(default_factory=Future)


class Pool:
    """Runs work on at most `workers` threads, with at most `waiting` jobs in line.

    Threads start with the first jobs, so a pool that is made but not used costs nothing.
    """

    def __init__(self, workers: int, waiting: int | None = None) -> None:
        self._workers = workers
        in_line = max(MIN_WAITING, WAITING_PER_WORKER * workers) if waiting is None else waiting
        self.capacity = workers + in_line
        self._changed = threading.Condition()
        self._line: deque[_Job] = deque()
        self._running = 0
        self._threads = 0
        self._mean_seconds = 1.0

    def check(self) -> None:
        """Raise `busy` while the line is full."""
        with self._changed:
            self._check()

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Put work in line; cancelling the future takes it out again if it has not begun.

        Raises:
            WenyunError: `busy` when the line is full.

        """
        job = _Job(work)
        with self._changed:
            self._check()
            self._line.append(job)
            if self._threads < min(self._workers, len(self._line) + self._running):
                self._threads += 1
                threading.Thread(target=self._serve, name="wenyun-worker", daemon=True).start()
            self._changed.notify()
        job.future.add_done_callback(lambda _: self._leave(job))
        return job.future

    def _check(self) -> None:
        if len(self._line) + self._running >= self.capacity:
            wait = self._mean_seconds * len(self._line) / self._workers
            raise WenyunError("busy", retry_after=min(MAX_RETRY_AFTER, max(1, math.ceil(wait))))

    def _leave(self, job: _Job) -> None:
        # A job that was cancelled must not keep its picture in memory until its turn comes.
        with self._changed:
            if job in self._line:
                self._line.remove(job)
                job.future.set_running_or_notify_cancel()

    def _serve(self) -> None:
        while True:
            self._run(self._next())

    def _next(self) -> _Job:
        with self._changed:
            while not self._line:
                self._changed.wait()
            self._running += 1
            return self._line.popleft()

    def _run(self, job: _Job) -> None:
        if not job.future.set_running_or_notify_cancel():
            self._done(None)
            return
        begun = time.monotonic()
        try:
            result = job.work()
        except BaseException as error:  # noqa: BLE001 - the future carries it to who asked
            self._done(time.monotonic() - begun)
            job.future.set_exception(error)
        else:
            # Before the result is out, or who sees it may still find the line full.
            self._done(time.monotonic() - begun)
            job.future.set_result(result)

    def _done(self, seconds: float | None) -> None:
        with self._changed:
            self._running -= 1
            if seconds is not None:
                self._mean_seconds += 0.2 * (seconds - self._mean_seconds)
