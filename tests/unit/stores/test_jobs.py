"""Jobs: every change by its condition, once, in every store."""

from dataclasses import replace

import pytest

from tests.jobkit.home import Home
from wenyun.stores.jobs import Failure, Job, ResultFile

JOB = Job("a1", "发票.pdf", "application/pdf", 10, {"ignore": ["1,2,3,4"]}, 100.0, 200.0)
RESULTS = {"json": ResultFile("a1/results/json", "application/json", ".json")}


def test_a_job_is_kept_as_it_is(anywhere: Home) -> None:
    jobs = anywhere.ports.jobs
    jobs.create(JOB)
    assert jobs.get("a1") == JOB
    assert jobs.get("b2") is None


def test_its_life(anywhere: Home) -> None:
    jobs = anywhere.ports.jobs
    jobs.create(JOB)
    begun = jobs.begin("a1")
    assert begun
    assert begun.state == "running"
    counted = jobs.set_total("a1", 2)
    assert counted
    assert counted.pages_total == 2
    assert not counted.complete
    jobs.page_done("a1", 1)
    last = jobs.page_done("a1", 2)
    assert last
    assert (last.pages_done, last.complete) == (2, True)
    done = jobs.finish("a1", RESULTS)
    assert done
    assert (done.state, done.results, done.ended) == ("succeeded", RESULTS, True)


def test_a_page_counts_once(anywhere: Home) -> None:
    jobs = anywhere.ports.jobs
    jobs.create(JOB)
    found = [jobs.page_done("a1", page) for page in (1, 1, 2, 1)]
    assert [one.pages_done for one in found if one] == [1, 1, 2, 2]
    assert jobs.pages_done("a1") == {1, 2}


def test_the_first_total_is_believed(anywhere: Home) -> None:
    jobs = anywhere.ports.jobs
    jobs.create(JOB)
    assert [one.pages_total for one in (jobs.set_total("a1", n) for n in (3, 4)) if one] == [3, 3]


def test_nothing_changes_after_the_end(anywhere: Home) -> None:
    jobs = anywhere.ports.jobs
    jobs.create(JOB)
    jobs.fail("a1", Failure("time_limit", "Why.", "为什么。"))
    kept = jobs.get("a1")
    changes = [
        jobs.begin("a1"),
        jobs.set_total("a1", 5),
        jobs.page_done("a1", 1),
        jobs.finish("a1", RESULTS),
        jobs.fail("a1", Failure("internal", "No.", "否。")),
    ]
    assert changes == [None] * 5
    assert jobs.get("a1") == kept
    assert kept
    assert kept.error == Failure("time_limit", "Why.", "为什么。")
    assert jobs.pages_done("a1") == set()


def test_nothing_changes_where_there_is_none(anywhere: Home) -> None:
    jobs = anywhere.ports.jobs
    assert jobs.begin("a1") is None
    assert jobs.page_done("a1", 1) is None
    assert jobs.pages_done("a1") == set()
    jobs.delete("a1")


def test_a_job_that_is_forgotten(anywhere: Home) -> None:
    jobs = anywhere.ports.jobs
    jobs.create(JOB)
    jobs.page_done("a1", 1)
    for _ in range(2):
        jobs.delete("a1")
        assert jobs.get("a1") is None
    assert jobs.page_done("a1", 2) is None
    assert jobs.finish("a1", RESULTS) is None
    assert jobs.idle(float(2**40)) == []


def test_jobs_that_stand_still(anywhere: Home) -> None:
    jobs = anywhere.ports.jobs
    for number in range(4):
        jobs.create(replace(JOB, id=f"a{number}", updated=anywhere.clock.now - 1))
    jobs.finish("a2", {})
    jobs.fail("a3", Failure("internal", "No.", "否。"))
    anywhere.clock.now += 10
    jobs.begin("a1")
    assert [job.id for job in jobs.idle(anywhere.clock.now)] == ["a0"]
    assert {job.id for job in jobs.idle(anywhere.clock.now + 1)} == {"a0", "a1"}


@pytest.mark.parametrize("size", [10, 400, 90_000])
def test_options_of_any_length_and_script(anywhere: Home, size: int) -> None:
    jobs = anywhere.ports.jobs
    options = {"lexicon": ["文云" * (size // 10)] * 5, "expect": "half \ud800", "password": "口令"}
    jobs.create(replace(JOB, options=options))
    for found in (jobs.get("a1"), jobs.begin("a1"), jobs.page_done("a1", 1)):
        assert found
        assert found.options == options
    done = jobs.finish("a1", {})
    assert done
    del options["password"]
    assert done.options == options
