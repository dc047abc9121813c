"""A reader that gives memory back when a reading has ended."""

import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.api_fakes import FakeReader
from wenyun.deadline import Deadline
from wenyun.documents.tidy import TidyReader
from wenyun.errors import WenyunError
from wenyun.options import Options


@dataclass
class Tidying:
    """Counts, and holds each round up until it is let through."""

    rounds: int = 0
    failures: int = 0
    begun: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    go_on: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def __call__(self) -> None:
        self.begun.release()
        assert self.go_on.acquire(timeout=30)
        self.rounds += 1
        if self.failures:
            self.failures -= 1
            raise OSError("no memory to be given back")

    def until_begun(self) -> None:
        assert self.begun.acquire(timeout=30)

    def idle(self) -> bool:
        """Whether no round begins by itself."""
        return not self.begun.acquire(timeout=0.2)


@pytest.fixture
def tidying() -> Iterator[Tidying]:
    one = Tidying()
    yield one
    one.go_on.release(1000)


def reader_of(tidying: Tidying, inner: Any = None) -> TidyReader:
    return TidyReader(inner or FakeReader(), tidying, seconds=0.01)


def read(reader: TidyReader, data: bytes = b"a file") -> Any:
    return reader.read(data, Options(), Deadline.after(30))


def test_nothing_is_done_before_the_first_reading(tidying: Tidying) -> None:
    reader = reader_of(tidying)
    reader.warm()
    assert reader.models()
    assert tidying.idle()


def test_a_reading_is_tidied_up_after_once(tidying: Tidying) -> None:
    read(reader_of(tidying))
    tidying.until_begun()
    tidying.go_on.release()
    assert tidying.idle()
    assert tidying.rounds == 1


def test_a_failed_reading_too(tidying: Tidying) -> None:
    class Failing(FakeReader):
        def read(self, *args: Any, **more: Any) -> Any:
            raise WenyunError("corrupt_image")

    with pytest.raises(WenyunError):
        read(reader_of(tidying, Failing()))
    tidying.until_begun()


def test_readings_that_end_meanwhile_share_one_more_round(tidying: Tidying) -> None:
    reader = reader_of(tidying)
    read(reader)
    tidying.until_begun()
    for _ in range(20):
        read(reader)
    tidying.go_on.release()
    tidying.until_begun()
    tidying.go_on.release()
    assert tidying.idle()
    assert tidying.rounds == 2


def test_a_round_that_fails_is_logged_and_the_next_comes(
    tidying: Tidying, caplog: pytest.LogCaptureFixture
) -> None:
    tidying.failures = 1
    tidying.go_on.release(2)
    reader = reader_of(tidying)
    with caplog.at_level(logging.ERROR):
        read(reader)
        tidying.until_begun()
        assert tidying.idle()
        read(reader)
        tidying.until_begun()
    assert [record.message for record in caplog.records] == ["Memory could not be given back"]


def test_one_thread_for_all_readings(tidying: Tidying) -> None:
    before = threading.active_count()
    reader = reader_of(tidying)
    threads = [threading.Thread(target=read, args=(reader,)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert threading.active_count() == before + 1


def test_without_a_thread_to_be_had_the_file_is_read_all_the_same(
    tidying: Tidying, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_left(self: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    reader = reader_of(tidying)
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", none_left)
        assert read(reader).pages
    assert tidying.idle()
    read(reader)
    tidying.until_begun()


def test_what_is_asked_is_passed_on(tidying: Tidying) -> None:
    seen: dict[str, Any] = {}

    class Inner(FakeReader):
        def read(self, *args: Any, **more: Any) -> Any:
            seen["read"] = args, more
            return "document"

        def count(self, *args: Any) -> int:
            seen["count"] = args
            return 7

    reader, deadline = reader_of(tidying, Inner()), Deadline.after(30)
    options = Options(profile="fast")
    assert reader.read(b"x", options, deadline, max_pages=3, progress=print) == "document"  # type: ignore[comparison-overlap]
    assert reader.count(b"x", options, deadline) == 7
    assert seen == {
        "read": ((b"x", options, deadline), {"max_pages": 3, "progress": print}),
        "count": (b"x", options, deadline),
    }
