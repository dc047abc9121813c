"""A few threads that do the heavy work, and two short lines in front of them.

Pictures stand in one line, documents in the other, and a thread that comes free serves the lines
in turn. A document that has read a page gives way to a picture that waits and goes on after it
(`give_way`), so nobody waits for more than the page at hand. One place more than there are threads
is kept for small pictures: even a page that takes its whole half minute does not hold them up.
"""

import math
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from wenyun.api.freeing import freed
from wenyun.api.pace import KINDS, Kind, Pace
from wenyun.deadline import NEVER, Deadline
from wenyun.errors import WenyunError

T = TypeVar("T")
Clock = Callable[[], float]

NAME = "wenyun-worker"

WAITING_PER_WORKER = 4
"""A picture takes about a second, so the last in line waits a few: well within the 28 s that a
request has, and no longer than people wait before they press the button again."""

MIN_WAITING = 8
"""One page opened in a browser may send several pictures at once."""

SMALL_SHARE = 4
"""One in so many places in line is for small pictures alone."""

LONGEST_WAIT = 20.0
"""Seconds in line, as far as can be told, beyond which a request is refused: of its 28 s too few
would be left to read it."""

MAX_RETRY_AFTER = 30


@dataclass(slots=True, eq=False)
class _Job:
    work: Callable[[], Any]
    kind: Kind
    future: Future[Any] = field(default_factory=Future)
    resumed: threading.Event | None = None
    """Set when a job that gave way has its turn again; None for one that has not begun."""
    place: Literal["", "common", "kept"] = ""
    seconds: float = 0.0
    since: float = 0.0


class Pool:
    """Runs work on at most `workers` threads, and one more for small pictures.

    A document that gave way keeps what it has open: there are never more of them than workers.

    Args:
        workers: Jobs that run at the same time.
        waiting: Jobs that may wait.
        clock: Seconds; for tests.

    """

    def __init__(
        self, workers: int, waiting: int | None = None, clock: Clock = time.monotonic
    ) -> None:
        self.workers = workers
        in_line = max(MIN_WAITING, WAITING_PER_WORKER * workers) if waiting is None else waiting
        self.capacity = workers + in_line
        self._for_small = in_line // SMALL_SHARE
        self._clock = clock
        self._lock = threading.Lock()
        self._lines: dict[str, deque[_Job]] = {"pictures": deque(), "documents": deque()}
        self._turn = "pictures"
        self._running: Counter[Kind] = Counter()
        self._places: Counter[str] = Counter()
        self._own = threading.local()
        self._pace = Pace()

    def check(self) -> None:
        """Raise `busy` while there is no room."""
        with self._lock:
            self._check()

    def submit(self, work: Callable[[], T], kind: Kind = "large") -> Future[T]:
        """Put work in line; cancelling the future takes it out again if it has not begun.

        Raises:
            WenyunError: `busy` when there is no room.

        """
        job = _Job(work, kind)
        with self._lock:
            self._check(kind)
            self._line(job).append(job)
            begun = self._admit()
        self._start(begun)
        job.future.add_done_callback(lambda _: self._leave(job))
        return job.future

    def give_way(self, deadline: Deadline = NEVER) -> None:
        """Between two pages: let a picture go first; at the latest the deadline ends the wait."""
        job: _Job = self._own.job
        with self._lock:
            if not self._lines["pictures"] or job.place != "common":
                return
            job.resumed = resumed = threading.Event()
            self._vacate(job)
            self._lines["documents"].appendleft(job)
            self._turn = "pictures"
            begun = self._admit()
        self._start(begun)
        try:
            with deadline.ending(lambda: self._recall(job)):
                resumed.wait()
        finally:
            self._recall(job)  # where it was too late to wait

    def figures(self) -> Mapping[str, int]:
        """How many jobs run and wait now, by kind."""
        with self._lock:
            waiting = Counter(job.kind for line in self._lines.values() for job in line)
            return {f"running_{kind}": self._running[kind] for kind in KINDS} | {
                f"waiting_{kind}": waiting[kind] for kind in KINDS
            }

    def _line(self, job: _Job) -> deque[_Job]:
        return self._lines["documents" if job.kind == "document" else "pictures"]

    def _check(self, kind: Kind = "small") -> None:
        wait = self._wait(kind)
        if self._full(kind) or wait > LONGEST_WAIT:
            raise WenyunError("busy", retry_after=min(MAX_RETRY_AFTER, max(1, math.ceil(wait))))

    def _full(self, kind: Kind) -> bool:
        present = self._running + Counter(job.kind for line in self._lines.values() for job in line)
        others = present.total() - present["small"]
        full = present.total() >= self.capacity
        return full or (kind != "small" and others >= self.capacity - self._for_small)

    def _wait(self, kind: Kind) -> float:
        """Seconds until a job that comes now has its turn."""
        pictures, documents = ([job.kind for job in line] for line in self._lines.values())
        own, other = (documents, pictures) if kind == "document" else (pictures, documents)
        return self._pace.wait(own, other, self._running, self.workers)

    def _admit(self) -> list[_Job]:
        """Give every free place to who is next; those that have not begun are to be started."""
        begun = []
        while (job := self._next()) is not None:
            if not _goes_on(job):
                begun.append(job)
        return begun

    def _next(self) -> _Job | None:
        if self._places["common"] < self.workers:
            for _ in self._lines:
                line = self._lines[self._turn]
                self._turn = "documents" if self._turn == "pictures" else "pictures"
                if line:
                    return self._placed(line.popleft(), "common")
            return None
        small = next((job for job in self._lines["pictures"] if job.kind == "small"), None)
        if small is None or self._places["kept"]:
            return None
        self._lines["pictures"].remove(small)
        return self._placed(small, "kept")

    def _placed(self, job: _Job, place: Literal["common", "kept"]) -> _Job:
        self._places[place] += 1
        self._running[job.kind] += 1
        job.place = place
        job.since = self._clock()
        return job

    def _vacate(self, job: _Job) -> None:
        self._places[job.place] -= 1
        self._running[job.kind] -= 1
        job.seconds += self._clock() - job.since

    def _recall(self, job: _Job) -> None:
        """The time of a job that gave way is up: it goes on at once, to end at its next look."""
        with self._lock:
            if job.resumed and job in self._lines["documents"]:
                self._lines["documents"].remove(job)
                _goes_on(self._placed(job, "common"))

    def _leave(self, job: _Job) -> None:
        # A job that was cancelled must not keep its picture in memory until its turn comes.
        with self._lock:
            if job in self._line(job):
                self._line(job).remove(job)
                job.future.set_running_or_notify_cancel()

    def _start(self, jobs: list[_Job]) -> None:
        for job in jobs:
            try:
                threading.Thread(target=self._serve, args=(job,), name=NAME, daemon=True).start()
            except RuntimeError:
                # The system gives no more threads.
                self._start(self._ended(job, counts=False))
                job.future.set_exception(WenyunError("busy", retry_after=2))

    def _serve(self, job: _Job) -> None:
        """See a job through, and then whoever is next."""
        waiting = deque([job])
        del job
        while waiting:
            waiting.extend(self._run(waiting.popleft()))

    def _run(self, job: _Job) -> list[_Job]:
        if not job.future.set_running_or_notify_cancel():
            return self._ended(job, counts=False)
        self._own.job = job
        result = failure = None
        try:
            result = job.work()
        except BaseException as error:  # noqa: BLE001 - the future carries it to who asked
            failure = freed(error)
        del self._own.job
        # Before the result is out, or who sees it may still find the line full.
        following = self._ended(job, counts=True)
        if failure is None:
            job.future.set_result(result)
        else:
            job.future.set_exception(failure)
        return following

    def _ended(self, job: _Job, *, counts: bool) -> list[_Job]:
        """A job's place is free: who takes it. All but the first get threads of their own."""
        with self._lock:
            self._vacate(job)
            if counts:
                self._pace.learn(job.kind, job.seconds)
            begun = self._admit()
        self._start(begun[1:])
        return begun[:1]


def _goes_on(job: _Job) -> bool:
    """Wake a job that gave way; False for one that has not begun."""
    if job.resumed is None:
        return False
    job.resumed.set()
    job.resumed = None
    return True
