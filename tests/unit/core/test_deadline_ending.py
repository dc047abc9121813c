"""What a deadline stops: on another thread when its time has come, at once when cancelled."""

import gc
import threading
import time
import weakref

import pytest

from wenyun.deadline import NEVER, Deadline
from wenyun.errors import WenyunError


def refused(deadline: Deadline) -> bool:
    try:
        deadline.check()
    except WenyunError as error:
        return error.code == "time_limit"
    return False


def test_what_is_under_way_is_stopped_when_the_time_is_up() -> None:
    stopped = threading.Event()
    deadline = Deadline.after(0.05)
    with deadline.ending(stopped.set):
        assert stopped.wait(30)
    assert refused(deadline)


def test_deadlines_come_in_their_order_whatever_order_they_were_made_in() -> None:
    order: list[str] = []
    last = threading.Event()
    late, soon = Deadline.after(0.3), Deadline.after(0.1)

    def end() -> None:
        order.append("late")
        last.set()

    with late.ending(end), soon.ending(lambda: order.append("soon")):
        assert last.wait(30)
    assert order == ["soon", "late"]


def test_what_has_ended_by_itself_is_not_stopped() -> None:
    stopped, other = threading.Event(), threading.Event()
    deadline = Deadline.after(0.05)
    with deadline.ending(stopped.set):
        pass
    with Deadline.after(0.1).ending(other.set):
        assert other.wait(30)
    assert not stopped.is_set()


def test_a_cancelled_deadline_stops_everything_at_once() -> None:
    first, second = threading.Event(), threading.Event()
    deadline = Deadline.after(1000)
    with deadline.ending(first.set), deadline.ending(second.set):
        assert not refused(deadline)
        deadline.cancel()
        assert first.is_set()
        assert second.is_set()
    assert refused(deadline)
    deadline.cancel()


def test_nothing_begins_after_the_end() -> None:
    deadline = Deadline()
    deadline.cancel()
    with pytest.raises(WenyunError) as late, deadline.ending(lambda: pytest.fail("stopped")):
        pytest.fail("began")
    assert late.value.code == "time_limit"


def test_no_deadline_needs_no_thread() -> None:
    names = {thread.name for thread in threading.enumerate()}
    with NEVER.ending(lambda: pytest.fail("stopped")):
        assert {thread.name for thread in threading.enumerate()} == names
    assert not refused(NEVER)


def test_a_thousand_deadlines_share_one_thread_and_are_not_kept() -> None:
    gone = []
    for _ in range(1000):
        deadline = Deadline.after(3600)
        with deadline.ending(lambda: None):
            pass
        gone.append(weakref.ref(deadline._end))
    del deadline
    gc.collect()
    assert not [reference for reference in gone if reference() is not None]
    names = [thread.name for thread in threading.enumerate()]
    assert names.count("wenyun-deadlines") == 1


def test_an_error_in_the_block_leaves_it_and_forgets_the_stop() -> None:
    deadline = Deadline.after(1000)
    with pytest.raises(ZeroDivisionError), deadline.ending(lambda: pytest.fail("stopped")):
        raise ZeroDivisionError
    deadline.cancel()


def test_a_passed_deadline_still_begins_nothing_long() -> None:
    """Its stop comes at once, so whatever asked without looking ends all the same."""
    stopped = threading.Event()
    begun = time.monotonic()
    with Deadline(begun - 1).ending(stopped.set):
        assert stopped.wait(30)
