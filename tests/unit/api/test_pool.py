"""The line in front of the workers."""

import threading
from concurrent.futures import Future, wait

import pytest

from wenyun.api.pool import MAX_RETRY_AFTER, MIN_WAITING, WAITING_PER_WORKER, Pool
from wenyun.errors import WenyunError


class Held:
    """Work that waits until it is let go, and says when it has begun."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.go = threading.Event()

    def __call__(self) -> bytes:
        self.begun.release()
        assert self.go.wait(30)
        return b"held"


@pytest.mark.parametrize(("workers", "capacity"), [(1, 1 + MIN_WAITING), (4, 20)])
def test_the_line_grows_with_the_workers(workers: int, capacity: int) -> None:
    assert WAITING_PER_WORKER * 4 == 16
    assert Pool(workers).capacity == capacity


def test_a_pool_that_is_not_used_has_no_threads() -> None:
    before = threading.active_count()
    Pool(4)
    assert threading.active_count() == before


def test_work_is_done_by_at_most_so_many_threads() -> None:
    names: set[str] = set()
    idents: set[int] = set()
    held = Held()

    def work() -> bytes:
        names.add(threading.current_thread().name)
        idents.add(threading.get_ident())
        return held()

    pool = Pool(2, waiting=10)
    futures = [pool.submit(work) for _ in range(10)]
    held.begun.acquire()
    held.begun.acquire()
    assert not held.begun.acquire(timeout=0.05)
    held.go.set()
    assert [future.result(30) for future in futures] == [b"held"] * 10
    assert names == {"wenyun-worker"}
    assert len(idents) == 2


def test_a_full_line_is_busy_and_empties_again() -> None:
    pool, held = Pool(1, waiting=2), Held()
    futures = [pool.submit(held) for _ in range(3)]
    for refused in (pool.check, lambda: pool.submit(held)):
        with pytest.raises(WenyunError) as busy:
            refused()
        assert busy.value.code == "busy"
        assert 1 <= (busy.value.retry_after or 0) <= MAX_RETRY_AFTER
    held.go.set()
    for future in futures:
        future.result(30)
    pool.check()
    assert pool.submit(lambda: b"next").result(30) == b"next"


def test_cancelled_work_leaves_the_line_at_once() -> None:
    pool, held = Pool(1, waiting=1), Held()
    first = pool.submit(held)
    assert held.begun.acquire(timeout=30)
    dropped = pool.submit(lambda: pytest.fail("ran though it was cancelled"))
    assert dropped.cancel()
    second = pool.submit(lambda: b"second")
    held.go.set()
    assert (first.result(30), second.result(30)) == (b"held", b"second")


def test_work_that_has_begun_cannot_be_cancelled() -> None:
    pool, held = Pool(1), Held()
    future = pool.submit(held)
    assert held.begun.acquire(timeout=30)
    assert not future.cancel()
    held.go.set()
    assert future.result(30) == b"held"


def test_a_failure_reaches_who_asked_and_the_worker_lives_on() -> None:
    def fail() -> bytes:
        raise ZeroDivisionError

    pool = Pool(1)
    with pytest.raises(ZeroDivisionError):
        pool.submit(fail).result(30)
    assert pool.submit(lambda: b"alive").result(30) == b"alive"


def test_the_result_frees_the_place_before_it_is_seen() -> None:
    pool = Pool(1, waiting=0)
    for number in range(200):
        text = str(number)
        assert pool.submit(text.encode).result(30) == text.encode()


def test_many_threads_submit_and_cancel_without_losing_a_place() -> None:
    pool = Pool(3, waiting=5)
    futures: list[Future[bytes]] = []
    lock = threading.Lock()

    def client() -> None:
        for number in range(200):
            try:
                future = pool.submit(lambda: b"x")
            except WenyunError:
                continue
            if number % 3 == 0:
                future.cancel()
            with lock:
                futures.append(future)

    clients = [threading.Thread(target=client) for _ in range(8)]
    for thread in clients:
        thread.start()
    for thread in clients:
        thread.join(60)
    done, waiting = wait(futures, 30)
    assert not waiting
    assert len(done) == len(futures) > 0
    held = Held()
    last = [pool.submit(held, "small") for _ in range(pool.capacity)]
    with pytest.raises(WenyunError):
        pool.submit(held, "small")
    held.go.set()
    assert {future.result(30) for future in last} == {b"held"}
