"""The sums of the queue, by hand."""

import pytest

from tests.bench.queue.__main__ import ages_at, main
from tests.bench.queue.course import Load, ceilings, run
from tests.bench.queue.limits import PICTURE, RETENTION_SECONDS, Limits, page_of


def test_ten_workers_read_ten_pages_a_second_of_one_second_each() -> None:
    course = run(Load(36_000, 1.0, PICTURE), Limits(), 10)
    assert course.rate == pytest.approx(10)
    assert course.seconds == pytest.approx(3600, abs=20)
    assert course.first_limit == "WorkersAtOnce"
    assert course.oldest == pytest.approx(3600, abs=20)
    assert course.lost == 0


def test_workers_come_by_and_by() -> None:
    """Five at first, 300 more a minute: after three minutes 905, and about 1,365 worker minutes."""
    course = run(Load(10**6, 1.0, PICTURE), Limits(), 1000)
    assert course.workers == pytest.approx(1000)
    ideal = 10**6 / 1000
    lag = 995 / 300 * 60 / 2
    assert course.seconds == pytest.approx(ideal + lag, abs=30)


def test_a_small_queue_is_over_before_they_have_come() -> None:
    course = run(Load(300, 1.0, PICTURE), Limits(), 1000)
    assert course.workers < 100
    assert course.seconds < 60


def test_pages_that_come_slower_than_they_are_read_do_not_wait() -> None:
    course = run(Load(36_000, 1.0, PICTURE, arrival=7200), Limits(), 10)
    assert course.rate == pytest.approx(5)
    assert course.oldest == pytest.approx(0, abs=15)


def test_pages_that_come_faster_wait_for_the_difference() -> None:
    """Twice as fast as they are read: the last waits for half of the time that reading takes."""
    course = run(Load(36_000, 1.0, PICTURE, arrival=1800), Limits(), 10)
    assert course.oldest == pytest.approx(1800, abs=30)
    assert ages_at(course, (0.0, 0.5, 1.0)) == pytest.approx([0, 900, 1800], abs=30)


def test_what_waits_for_longer_than_seven_days_is_lost() -> None:
    course = run(Load(6_000_000, 1.25, PICTURE), Limits(), 10)
    kept = RETENTION_SECONDS * 10 / 1.25
    assert course.lost == pytest.approx(6_000_000 - kept, rel=0.01)


def test_limits_are_those_of_the_tightest() -> None:
    found = ceilings(Load(10**6, 1.0, PICTURE), Limits(account=10), 1000)
    assert next(iter(found.items())) == ("concurrency of the account", 10)
    many = ceilings(Load(10**6, 0.1, page_of(100, 100), documents=100), Limits(), 1000)
    assert next(iter(many)) == "writes of a new table"
    one = ceilings(Load(10**6, 0.1, page_of(5000, 1000), documents=1), Limits(), 1000)
    assert next(iter(one)).startswith("writes of a partition")


def test_a_page_of_a_long_document_bears_little_of_what_is_done_once() -> None:
    short, long = page_of(6, 6), page_of(1000, 10)
    assert short.puts > long.puts
    assert long.gets < 2.1
    assert short.gets > 3


def test_the_tables_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--pages", "10000"]) == 0
    said = capsys.readouterr().out
    assert "10,000 pages at 1.25 s" in said
    assert said.count("documents of 100") == 6
