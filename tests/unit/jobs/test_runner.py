"""What is tried again, and what is said when that does not help."""

import logging

import pytest

from tests.jobkit.breaking import Breaker, fault
from tests.jobkit.home import Home
from tests.jobkit.house import House
from tests.jobkit.reader import order, text_of
from wenyun.deadline import Deadline
from wenyun.jobs.ending import fail
from wenyun.jobs.runner import MOST_ATTEMPTS, MOST_INTERRUPTIONS, STEP_SECONDS, Runner, given_up
from wenyun.jobs.steps import Steps
from wenyun.options import Options
from wenyun.stores.objects import ObjectTooLargeError
from wenyun.stores.tasks import Message


def test_nothing_to_do(home: House) -> None:
    assert home.runner().work() is False


@pytest.mark.parametrize(("what", "code"), [("slow", "time_limit"), ("fail", "internal")])
def test_a_page_has_three_attempts(anywhere: Home, what: str, code: str) -> None:
    job = anywhere.submit(order(pages=2, **{what: [2]}))
    anywhere.run()
    failed = anywhere.job(job.id)
    assert failed.state == "failed"
    assert failed.error
    assert failed.error.code == code
    assert "page 2" in failed.error.message
    assert "第 2 页" in failed.error.message_zh
    assert "/srv/secret" not in failed.error.message
    assert anywhere.reader.read_pages.count(2) == MOST_ATTEMPTS
    assert anywhere.left() == set()


def test_attempts_are_not_made_at_once(home: House) -> None:
    home.submit(order(pages=1, fail=[1]))
    work = home.runner()
    assert [work.work() for _ in range(3)] == [True, True, False]
    home.clock.now += 1.1
    assert [work.work() for _ in range(2)] == [True, False]
    home.clock.now += 2.1
    assert work.work()
    assert home.reader.read_pages == [1, 1, 1]


def test_a_page_that_ends_its_process_is_not_begun_a_fourth_time(home: House) -> None:
    job = home.submit(order(pages=1, seed="a"))
    home.runner().work()
    for _ in range(MOST_ATTEMPTS):
        assert home.tasks.receive()
        assert home.tasks.abandon("me", "time_limit") == 1
    home.run()
    failed = home.job(job.id)
    assert (failed.state, failed.error and failed.error.code) == ("failed", "time_limit")
    assert home.reader.read_pages == []


def test_stops_of_the_server_do_not_count_as_attempts(home: House) -> None:
    job = home.submit(order(pages=1, seed="a"))
    home.runner().work()
    for _ in range(MOST_INTERRUPTIONS):
        assert home.tasks.receive()
        assert home.tasks.recover() == 1
    home.run()
    assert home.text(job.id) == text_of("a", 1)


def test_but_a_page_may_not_stop_the_machine_for_ever(home: House) -> None:
    job = home.submit(order(pages=1, seed="a"))
    home.runner().work()
    for _ in range(MOST_INTERRUPTIONS + 1):
        assert home.tasks.receive()
        home.tasks.recover()
    home.run()
    assert home.job(job.id).state == "failed"
    assert home.reader.read_pages == []


def test_a_store_out_of_order_is_not_the_page_s_fault(
    anywhere: Home, caplog: pytest.LogCaptureFixture
) -> None:
    job = anywhere.submit(order(pages=1, seed="a"))
    anywhere.runner().work()
    for _ in range(MOST_ATTEMPTS + 2):
        breaker = Breaker(3, after=False, error=fault)
        with caplog.at_level(logging.ERROR):
            anywhere.runner(breaker.ports(anywhere.ports)).work()
        assert breaker.calls[2] == "blobs.has"
        assert "waits" in caplog.text
        anywhere.clock.now += 61
    anywhere.run()
    assert anywhere.text(job.id) == text_of("a", 1)


def test_a_lost_upload_is_said(anywhere: Home) -> None:
    job = anywhere.submit(order(pages=1))
    anywhere.ports.blobs.delete(f"{job.id}/upload")
    anywhere.run()
    failed = anywhere.job(job.id)
    assert failed.error
    assert failed.error.code == "internal"
    assert failed.error.message.startswith("Opening the file failed")


def test_a_later_failure_does_not_undo_success(home: House) -> None:
    job = home.submit(order(pages=1, seed="a"))
    home.runner().work()
    late = home.tasks.receive()
    assert late
    home.tasks.recover()
    home.run()
    fail(home.ports, job.id, given_up(late.message, "time_limit"))
    assert home.job(job.id).state == "succeeded"
    assert home.text(job.id) == text_of("a", 1)


def test_words_for_every_step() -> None:
    for step in STEP_SECONDS:
        error = given_up(Message("0", step, 3), "busy")
        assert error.code == "busy"
        assert error.message
        assert error.message_zh


def test_who_has_less_time_than_a_step_may_take(home: House) -> None:
    job = home.submit(order(pages=1))
    times: list[float] = []

    def count(data: bytes, options: Options, deadline: Deadline) -> int:
        times.append(deadline.left())
        return 1

    home.reader.count = count  # type: ignore[method-assign]
    task = home.tasks.receive()
    assert task
    home.runner().attend(task, seconds=5.0)
    assert 0 < times[0] <= 5
    assert home.job(job.id).pages_total == 1


def test_fewer_attempts_where_the_queue_has_fewer(home: House) -> None:
    job = home.submit(order(pages=1, fail=[1]))
    runner = Runner(Steps(home.ports, home.reader, home.clock), most_attempts=1)
    while runner.work():
        pass
    assert home.job(job.id).state == "failed"
    assert home.reader.read_pages == [1]


def test_a_file_that_a_store_does_not_fetch(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    job = home.submit(order(pages=1))

    def refuse(*_: object) -> bytes:
        raise ObjectTooLargeError(12_345)

    monkeypatch.setattr(home.files, "get", refuse)
    home.run()
    failed = home.job(job.id)
    assert failed.error
    assert (failed.error.code, failed.error.message) == (
        *("file_too_large", "The file has 12,345 bytes."),
    )
