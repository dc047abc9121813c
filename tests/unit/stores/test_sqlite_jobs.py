"""Jobs in SQLite: every change by its condition, once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from tests.jobkit.house import House
from wenyun.stores.jobs import Failure, Job, Load, ResultFile
from wenyun.stores.sqlite import Database
from wenyun.stores.sqlite_jobs import SqliteJobs

JOB = Job("a1", "发票.pdf", "application/pdf", 10, {"ignore": ["1,2,3,4"]}, 100.0, 200.0)
RESULTS = {"json": ResultFile("a1/results/json", "application/json", ".json")}


def test_a_job_is_kept_as_it_is(home: House) -> None:
    jobs = home.ports.jobs
    jobs.create(JOB)
    assert jobs.get("a1") == JOB
    assert jobs.get("b2") is None


def test_its_life(home: House) -> None:
    jobs = home.ports.jobs
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


def test_a_page_counts_once(home: House) -> None:
    jobs = home.ports.jobs
    jobs.create(JOB)
    found = [jobs.page_done("a1", page) for page in (1, 1, 2, 1)]
    assert [one.pages_done for one in found if one] == [1, 1, 2, 2]
    assert jobs.pages_done("a1") == {1, 2}


def test_the_first_total_is_believed(home: House) -> None:
    jobs = home.ports.jobs
    jobs.create(JOB)
    assert [one.pages_total for one in (jobs.set_total("a1", n) for n in (3, 4)) if one] == [3, 3]


def test_nothing_changes_after_the_end(home: House) -> None:
    jobs = home.ports.jobs
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


def test_nothing_changes_where_there_is_none(home: House) -> None:
    jobs = home.ports.jobs
    assert jobs.begin("a1") is None
    assert jobs.page_done("a1", 1) is None
    assert jobs.pages_done("a1") == set()
    jobs.delete("a1")


def test_what_is_forgotten_can_begin_anew(home: House) -> None:
    jobs = home.ports.jobs
    jobs.create(JOB)
    jobs.page_done("a1", 1)
    jobs.delete("a1")
    jobs.create(JOB)
    assert jobs.pages_done("a1") == set()


def test_load_idle_and_expired(home: House) -> None:
    jobs = home.ports.jobs
    for number in range(3):
        jobs.create(replace(JOB, id=f"a{number}", size=10 + number))
    jobs.finish("a2", {})
    assert jobs.load() == Load(2, 21)
    home.clock.now += 10
    jobs.begin("a1")
    assert [job.id for job in jobs.idle(home.clock.now)] == ["a0"]
    assert jobs.expired(199.9) == []
    assert set(jobs.expired(200.0)) == {"a0", "a1", "a2"}


def test_many_at_once_count_each_page_once(home: House) -> None:
    """Two connections as two processes would have them, eight threads."""
    home.ports.jobs.create(JOB)
    other = Database(home.root / "jobs.sqlite3")
    stores = [home.ports.jobs, SqliteJobs(other)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: stores[n % 2].page_done("a1", n // 4), range(160)))
    other.close()
    assert home.job("a1").pages_done == 40
