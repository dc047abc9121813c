"""Sees to it that tasks have workers, on a thread of the server."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from wenyun.jobs.lock import ProcessLock
from wenyun.jobs.workers import Workers
from wenyun.stores.objects import StoreFaultError
from wenyun.stores.tasks import LocalQueue

log = logging.getLogger(__name__)

TICK = 0.5
"""Seconds between two looks at the queue; a job that arrives here is seen at once."""

SWEEP_SECONDS = 600.0

STOP_SECONDS = 30.0

KILL_MARGIN = 15.0
"""Seconds before the end of its lease at which a worker is ended."""


@dataclass(slots=True, eq=False)
class Supervisor:
    """Several servers may share a place; the one with the lock has the workers.

    Args:
        queue: What is to be done.
        workers: Who does it.
        lock: Held by whoever has the workers.
        sweep: Called at the beginning with True, and then every ten minutes.
        patience: Seconds that the tasks at hand have at the end.

    """

    queue: LocalQueue
    workers: Workers
    lock: ProcessLock
    sweep: Callable[[bool], None]
    patience: float = STOP_SECONDS
    _woken: threading.Event = field(default_factory=threading.Event)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _start: threading.Lock = field(default_factory=threading.Lock)
    _thread: threading.Thread | None = None
    _leads: bool = False
    _next_sweep: float = 0.0

    def wake(self) -> None:
        """There is work; the first call starts it all."""
        with self._start:
            if self._thread is None and not self._stopping.is_set():
                self._thread = threading.Thread(
                    target=self._run, name="wenyun-supervisor", daemon=True
                )
                self._thread.start()
        self._woken.set()

    def close(self) -> None:
        """Begin to stop: no task is begun any more."""
        self._stopping.set()
        self._woken.set()

    def stop(self) -> None:
        """Wait until the tasks at hand are done, or their patience is over; repeatable."""
        self.close()
        with self._start:
            thread = self._thread
        if thread:
            thread.join(self.patience + 5)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._turn()
            except StoreFaultError as error:
                log.error("%s", error)
            except Exception:
                log.exception("The supervisor stumbled")
            self._woken.wait(TICK)
            if self._woken.is_set():
                self._woken.clear()
                self.workers.wake()
        self.workers.stop(self.patience)
        self.lock.give()

    def _turn(self) -> None:
        if not self._lead():
            return
        for worker in self.workers.ended():
            if self.queue.abandon(worker.name, worker.fault):
                log.error("A worker ended with its task unfinished")
        for owner in self.queue.overdue(KILL_MARGIN):
            if not self.workers.kill(owner, "time_limit"):
                self.queue.abandon(owner, "internal")
        self.workers.start(self.queue.pending())
        if time.monotonic() >= self._next_sweep:
            self._next_sweep = time.monotonic() + SWEEP_SECONDS
            self.sweep(False)

    def _lead(self) -> bool:
        if not self._leads and self.lock.take():
            # Nobody else has workers now: whatever is lent belongs to those of a server that ended.
            self.queue.recover()
            self.sweep(True)
            self._leads = True
            self._next_sweep = time.monotonic() + SWEEP_SECONDS
        return self._leads
