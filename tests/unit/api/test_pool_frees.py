"""What the pool gives back: places, and the memory of what failed."""

import asyncio
import gc
import threading
import weakref

import numpy as np
import pytest
from starlette.requests import ClientDisconnect

from tests.api_fakes import refusal
from tests.unit.api.test_work import request_whose_client
from wenyun.api.ocr import finish
from wenyun.api.pool import Pool
from wenyun.deadline import Deadline
from wenyun.errors import WenyunError


def test_no_thread_to_be_had_is_busy_and_frees_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = Pool(1)

    def none_left(self: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", none_left)
        assert refusal(lambda: pool.submit(lambda: None).result(30)) == "busy"
    assert pool.submit(lambda: "next").result(30) == "next"


@pytest.mark.parametrize("error", [WenyunError("corrupt_image"), ZeroDivisionError()])
def test_a_failure_keeps_no_page_in_memory(error: Exception) -> None:
    pool, pages = Pool(1), list[weakref.ref[np.ndarray]]()

    def work() -> None:
        page = np.zeros(1000)
        pages.append(weakref.ref(page))
        deeper(page)

    def deeper(page: np.ndarray) -> None:
        try:
            raise LookupError(page.shape)
        except LookupError as first:
            raise error from first

    gc.disable()
    try:
        with pytest.raises(type(error)):
            asyncio.run(finish(pool.submit(work), request_whose_client(), Deadline.after(30)))
        assert pages[0]() is None
    finally:
        gc.enable()


def test_a_client_that_leaves_stops_what_has_begun() -> None:
    """The work looks at its deadline, or a run of a model is ended by it, and the place is free."""
    pool, deadline = Pool(1), Deadline.after(1000)
    begun, stopped = threading.Event(), threading.Event()

    def work() -> None:
        with deadline.ending(stopped.set):
            begun.set()
            assert stopped.wait(30)
        deadline.check()

    future = pool.submit(work)
    assert begun.wait(30)
    with pytest.raises(ClientDisconnect):
        asyncio.run(finish(future, request_whose_client("http.disconnect"), deadline))
    assert refusal(lambda: future.result(30)) == "time_limit"
    assert set(pool.figures().values()) == {0}
