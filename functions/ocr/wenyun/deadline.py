"""A point in time after which work on a request is pointless, and what is stopped then.

Work looks at its deadline between steps. A step that cannot look, such as a run of a model or a
child process at work, says how it is stopped (`ending`), and one thread of the process does that
when the time has come, or at once when nobody waits for the result any more (`cancel`).
"""

import heapq
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from math import inf

from wenyun.errors import WenyunError


class _End:
    """What is to be stopped when a deadline comes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stops: dict[int, Callable[[], None]] = {}
        self.over = False
        self.watched = False

    def come(self) -> None:
        """Stop everything, and whatever would still begin."""
        with self._lock:
            self.over = True
            stops = list(self._stops.values())
        for stop in stops:
            stop()

    def add(self, stop: Callable[[], None]) -> int:
        """Remember what is to be stopped; raises `time_limit` where it is too late to begin."""
        with self._lock:
            if self.over:
                raise WenyunError("time_limit")
            self._stops[id(stop)] = stop
        return id(stop)

    def forget(self, key: int) -> None:
        """It has ended by itself."""
        with self._lock:
            del self._stops[key]


@dataclass(frozen=True, slots=True)
class Deadline:
    """`at` is on the monotonic clock, in seconds; infinity never passes."""

    at: float = inf
    _end: _End = field(default_factory=_End, init=False, repr=False, compare=False)

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        """A deadline so many seconds from now."""
        return cls(time.monotonic() + seconds)

    def left(self) -> float:
        """Seconds until then, never less than none."""
        return max(0.0, self.at - time.monotonic())

    def check(self) -> None:
        """Raise `time_limit` once the deadline has passed, or nobody waits any more."""
        if self._end.over or time.monotonic() > self.at:
            raise WenyunError("time_limit")

    def cancel(self) -> None:
        """Nobody waits for the result any more: stop what is at work; repeatable."""
        self._end.come()

    @contextmanager
    def ending(self, stop: Callable[[], None]) -> Iterator[None]:
        """Call `stop`, on another thread, if the time is up while the block runs.

        Args:
            stop: Ends what the block does, so that it leaves soon; it must not wait itself.

        Raises:
            WenyunError: `time_limit` where it is too late to begin.

        """
        if self.at < inf and not self._end.watched:
            self._end.watched = True
            _WATCH.add(self.at, self._end)
        key = self._end.add(stop)
        try:
            yield
        finally:
            self._end.forget(key)


NEVER = Deadline()
"""For work that may take as long as it takes."""


class _Watch:
    """One thread that sleeps until the next deadline; it starts with the first one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._heap: list[tuple[float, int, weakref.ref[_End]]] = []
        self._numbers = count()
        self._begun = False

    def add(self, at: float, end: _End) -> None:
        """See to it that `end` comes at its time, if anyone still knows of it then."""
        with self._changed:
            entry = (at, next(self._numbers), weakref.ref(end))
            heapq.heappush(self._heap, entry)
            if not self._begun:
                self._begun = True
                threading.Thread(target=self._serve, name="wenyun-deadlines", daemon=True).start()
            elif self._heap[0] is entry:
                self._changed.notify()

    def _serve(self) -> None:
        while True:
            for reference in self._due():
                if (end := reference()) is not None:
                    end.come()
                del end

    def _due(self) -> list[weakref.ref[_End]]:
        with self._changed:
            while not self._heap or self._heap[0][0] > time.monotonic():
                self._changed.wait(self._patience())
            now, due = time.monotonic(), []
            while self._heap and self._heap[0][0] <= now:
                due.append(heapq.heappop(self._heap)[2])
            return due

    def _patience(self) -> float | None:
        if not self._heap:
            return None
        # Longer waits overflow on some systems.
        return min(3600.0, max(0.0, self._heap[0][0] - time.monotonic()))


_WATCH = _Watch()
