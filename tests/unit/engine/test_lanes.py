"""Threads that several pages share: each gets its turn, and nothing is kept."""

import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from wenyun.engine.lanes import FairThreads


@pytest.mark.parametrize("threads", [1, 3])
def test_the_answers_stand_in_the_order_of_the_items(threads: int) -> None:
    lanes = FairThreads(threads)
    assert lanes.map(lambda x: x * x, range(100)) == [x * x for x in range(100)]
    assert lanes.map(str, []) == []
    lanes.shutdown()


def test_a_short_page_does_not_wait_for_a_long_one() -> None:
    """With one thread, the second caller's only item runs after one of the first's, not all."""
    lanes, done = FairThreads(1), []
    begun, go = threading.Event(), threading.Event()

    def item(name: str) -> None:
        begun.set()
        assert go.wait(30)
        done.append(name)

    with ThreadPoolExecutor(2) as callers:
        long = callers.submit(lanes.map, item, ["long"] * 50)
        assert begun.wait(30)
        short = callers.submit(lanes.map, item, ["short"])
        while len(lanes._lanes) < 2:
            pass
        go.set()
        short.result(30)
        long.result(30)
    lanes.shutdown()
    assert done.index("short") <= 2
    assert done.count("long") == 50


def test_at_most_so_many_items_run_side_by_side() -> None:
    lanes, running, most = FairThreads(3), 0, 0
    lock, gate = threading.Lock(), threading.Barrier(3)

    def item(_: int) -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        gate.wait(30)
        with lock:
            running -= 1

    with ThreadPoolExecutor(4) as callers:
        for future in [callers.submit(lanes.map, item, range(9)) for _ in range(4)]:
            future.result(60)
    lanes.shutdown()
    assert most == 3


def test_the_first_failure_is_raised_and_what_has_not_begun_is_dropped() -> None:
    lanes, ran = FairThreads(1), []

    def item(number: int) -> None:
        ran.append(number)
        if number == 2:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        lanes.map(item, range(1000))
    assert ran == [0, 1, 2]
    assert lanes.map(abs, [-1]) == [1]
    lanes.shutdown()


def test_many_callers_with_failures_among_them() -> None:
    lanes = FairThreads(4)

    def item(number: int) -> int:
        if number % 97 == 96:
            raise KeyError(number)
        return number

    def page(start: int) -> bool:
        wanted = range(start, start + 40)
        try:
            return lanes.map(item, wanted) == list(wanted)
        except KeyError:
            return any(number % 97 == 96 for number in wanted)

    with ThreadPoolExecutor(16) as callers:
        assert all(callers.map(page, range(0, 4000, 20)))
    assert not lanes._lanes
    lanes.shutdown()


def test_idle_threads_keep_no_page() -> None:
    lanes = FairThreads(2)
    page = np.zeros(1000)
    gone = weakref.ref(page)
    lanes.map(page.item, range(10))
    del page
    # The threads put their last item down a moment after the answer is out.
    for _ in range(100):
        if gone() is None:
            break
        threading.Event().wait(0.01)
    assert gone() is None
    lanes.shutdown()
