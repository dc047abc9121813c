"""Threads that several pages share fairly: each page's batches wait in a lane of their own."""

import threading
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar

S = TypeVar("S")
R = TypeVar("R")


class Lanes(Protocol):
    """What the recogniser needs of them; a pool of threads of the standard library will do."""

    def map(self, work: Callable[[S], R], items: Iterable[S], /) -> Iterable[R]:
        """Do work on every item, several side by side; the answers stand in the items' order."""


class _Lane:
    """One call of `map`: what is left to do, and what came of the rest."""

    def __init__(self, work: Callable[[Any], Any], items: Iterable[Any]) -> None:
        self.work = work
        self.left = deque(enumerate(items))
        self.under_way = 0
        self.found: dict[int, Any] = {}
        self.failure: BaseException | None = None
        self.over = threading.Event()

    def run(self, index: int, item: Any) -> None:
        """Do one item."""
        try:
            self.found[index] = self.work(item)
        except BaseException as error:  # noqa: BLE001 - who called `map` gets it
            self.failure = self.failure or error


class FairThreads:
    """At most so many threads; lanes take turns, an item each.

    With one line for all, a page of a thousand lines would hold up whoever comes after it until
    its last line is read. Threads start at first need.
    """

    def __init__(self, threads: int) -> None:
        self.threads = threads
        self._changed = threading.Condition()
        self._lanes: deque[_Lane] = deque()
        self._started = 0
        self._closed = False

    def map(self, work: Callable[[S], R], items: Iterable[S], /) -> list[R]:
        """Do work on every item; the answers stand in the items' order.

        Raises:
            Exception: The first that the work raised; items that had not begun then are dropped.

        """
        lane = _Lane(work, items)
        count = len(lane.left)
        if not count:
            return []
        with self._changed:
            self._lanes.append(lane)
            for _ in range(min(count, self.threads - self._started)):
                self._started += 1
                threading.Thread(target=self._serve, name="wenyun-line", daemon=True).start()
            self._changed.notify(count)
        lane.over.wait()
        if lane.failure is not None:
            try:
                raise lane.failure
            finally:
                # Or the failure would hold this frame, which holds the failure.
                del lane
        return [lane.found[index] for index in range(count)]

    def shutdown(self) -> None:
        """Let the threads end when nothing is left to do."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _serve(self) -> None:
        while (taken := self._take()) is not None:
            lane, index, item = taken
            lane.run(index, item)
            self._done(lane)
            # An idle thread must not keep the last page in memory.
            del taken, lane, item

    def _take(self) -> tuple[_Lane, int, Any] | None:
        with self._changed:
            while not self._lanes:
                if self._closed:
                    return None
                self._changed.wait()
            lane = self._lanes.popleft()
            index, item = lane.left.popleft()
            lane.under_way += 1
            if lane.left:
                self._lanes.append(lane)
            return lane, index, item

    def _done(self, lane: _Lane) -> None:
        with self._changed:
            lane.under_way -= 1
            if lane.failure is not None:
                # What has not begun is not begun any more.
                lane.left.clear()
                if lane in self._lanes:
                    self._lanes.remove(lane)
            if not lane.left and not lane.under_way:
                lane.over.set()
