"""Who goes first: small pictures past large ones, pictures between a document's pages."""

import threading
from collections.abc import Callable
from concurrent.futures import Future

import pytest

from tests.api_fakes import refusal
from wenyun.api.pace import Kind
from wenyun.api.pool import LONGEST_WAIT, Pool
from wenyun.deadline import Deadline
from wenyun.errors import WenyunError


class Held:
    """Work that waits until it is let go, and says when it has begun."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.go = threading.Event()

    def __call__(self) -> None:
        self.begun.release()
        assert self.go.wait(30)


class Paper:
    """A document whose pages are read one by one, each when it is let go."""

    def __init__(self, pool: Pool, name: str, pages: int, told: list[str]) -> None:
        self.deadline = Deadline()
        self.page = threading.Semaphore(0)
        self.begun = threading.Semaphore(0)
        self._pool, self._name, self._pages, self._told = pool, name, pages, told

    def __call__(self) -> None:
        for number in range(1, self._pages + 1):
            self.begun.release()
            assert self.page.acquire(timeout=30)
            self._told.append(f"{self._name}{number}")
            if number < self._pages:
                self._pool.give_way(self.deadline)
                self.deadline.check()


def note(told: list[str], name: str) -> Callable[[], None]:
    return lambda: told.append(name)


def finished(futures: list[Future[None]]) -> None:
    for future in futures:
        future.result(30)


def test_a_picture_waits_for_one_page_and_not_for_the_document() -> None:
    pool, told = Pool(1), list[str]()
    paper = Paper(pool, "page", 3, told)
    futures = [pool.submit(paper, "document")]
    assert paper.begun.acquire(timeout=30)
    futures += [pool.submit(note(told, f"photo{i}"), "large") for i in (1, 2)]
    for _ in range(3):
        paper.page.release()
    finished(futures)
    assert told == ["page1", "photo1", "page2", "photo2", "page3"]


def test_pictures_do_not_keep_a_document_away_for_ever() -> None:
    """The lines take turns, so a document has every other turn however many pictures come."""
    pool, told = Pool(1, waiting=30), list[str]()
    held = Held()
    futures = [pool.submit(held, "large")]
    futures += [pool.submit(note(told, "photo"), "large") for _ in range(6)]
    paper = Paper(pool, "page", 3, told)
    futures.append(pool.submit(paper, "document"))
    for _ in range(3):
        paper.page.release()
    held.go.set()
    finished(futures)
    assert told.index("page3") <= 6


def test_documents_are_read_one_after_the_other() -> None:
    """What has begun goes on first, so no more files are open than there are workers."""
    pool, told = Pool(1), list[str]()
    first, second = Paper(pool, "a", 2, told), Paper(pool, "b", 2, told)
    futures = [pool.submit(first, "document"), pool.submit(second, "document")]
    assert first.begun.acquire(timeout=30)
    futures.append(pool.submit(note(told, "photo"), "large"))
    for paper in (first, second):
        paper.page.release(2)
    finished(futures)
    assert told == ["a1", "photo", "a2", "b1", "b2"]


def test_a_small_picture_has_a_place_beside_pages_that_never_end() -> None:
    pool, huge = Pool(2), Held()
    futures = [pool.submit(huge, kind) for kind in ("large", "document")]
    assert huge.begun.acquire(timeout=30)
    assert huge.begun.acquire(timeout=30)
    waiting = pool.submit(lambda: None, "large")
    for _ in range(20):
        pool.submit(lambda: None, "small").result(30)
    assert not waiting.done()
    huge.go.set()
    finished([*futures, waiting])


def test_the_kept_place_is_one_place() -> None:
    pool, held = Pool(1), Held()
    futures = [pool.submit(held, "large")]
    futures += [pool.submit(held, "small") for _ in range(3)]
    assert held.begun.acquire(timeout=30)
    assert held.begun.acquire(timeout=30)
    assert not held.begun.acquire(timeout=0.05)
    assert pool.figures()["running_small"] == 1
    assert pool.figures()["waiting_small"] == 2
    held.go.set()
    finished(futures)
    assert set(pool.figures().values()) == {0}


def test_a_document_that_gave_way_ends_when_its_time_is_up() -> None:
    pool, told, held = Pool(1), list[str](), Held()
    paper = Paper(pool, "page", 2, told)
    document = pool.submit(paper, "document")
    assert paper.begun.acquire(timeout=30)
    picture = pool.submit(held, "large")
    paper.page.release()
    assert held.begun.acquire(timeout=30)
    paper.deadline.cancel()
    with pytest.raises(WenyunError) as late:
        document.result(30)
    assert late.value.code == "time_limit"
    held.go.set()
    picture.result(30)
    assert told == ["page1"]
    assert set(pool.figures().values()) == set(pool._places.values()) == {0}


def test_a_deadline_that_is_over_already_does_not_keep_a_document_waiting() -> None:
    pool, told, held = Pool(1), list[str](), Held()
    paper = Paper(pool, "page", 2, told)
    document = pool.submit(paper, "document")
    assert paper.begun.acquire(timeout=30)
    picture = pool.submit(held, "large")
    paper.deadline.cancel()
    paper.page.release()
    with pytest.raises(WenyunError):
        document.result(30)
    assert {name for name, count in pool.figures().items() if count} == {"running_large"}
    assert pool._places["common"] == 1
    held.go.set()
    picture.result(30)
    assert set(pool.figures().values()) == set(pool._places.values()) == {0}


def test_documents_do_not_fill_the_places_of_small_pictures() -> None:
    pool, held = Pool(1, waiting=8), Held()
    futures = list[Future[None]]()
    while refusal(lambda: futures.append(pool.submit(held, "document"))) is None:
        assert len(futures) < 8
    assert len(futures) == 1 + 8 - 2
    assert refusal(lambda: pool.submit(held, "large")) == "busy"
    pool.check()
    futures += [pool.submit(held, "small") for _ in range(2)]
    assert refusal(lambda: pool.submit(held, "small")) == "busy"
    assert refusal(pool.check) == "busy"
    held.go.set()
    finished(futures)


@pytest.mark.parametrize(
    ("seconds", "waiting", "told"),
    # Four running, half done, and three before: (4 / 2 + 3) * mean / 4 workers, rounded up.
    [(2.0, 3, 3), (8.0, 3, 10), (0.1, 3, 1)],
)
def test_retry_after_is_the_time_that_the_line_takes(
    seconds: float, waiting: int, told: int
) -> None:
    pool = learned(4, waiting, seconds, "large")
    held = Held()
    futures = [pool.submit(held, "large") for _ in range(4 + waiting)]
    with pytest.raises(WenyunError) as busy:
        pool.submit(held, "large")
    assert (busy.value.code, busy.value.retry_after) == ("busy", told)
    held.go.set()
    finished(futures)


def test_who_would_wait_too_long_is_refused_at_once() -> None:
    """A request that cannot be read in its time is not worth a place in the line."""
    pool = learned(1, 50, 10.0, "document")
    held, futures = Held(), list[Future[None]]()
    while refusal(lambda: futures.append(pool.submit(held, "document"))) is None:
        assert len(futures) < 10
    assert refusal(lambda: pool.submit(held, "document")) == "busy"
    assert len(futures) == 1 + int((LONGEST_WAIT - 5) // 10) + 1
    # A picture has every other turn, so it does not wait for all of them.
    futures.append(pool.submit(held, "small"))
    held.go.set()
    finished(futures)


def learned(workers: int, waiting: int, seconds: float, kind: Kind) -> Pool:
    """A pool that has seen work of this kind take so long."""
    now = [0.0]
    pool = Pool(workers, waiting, lambda: now[0])

    def work() -> None:
        now[0] += seconds

    for _ in range(60):
        pool.submit(work, kind).result(30)
    return pool
