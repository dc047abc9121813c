"""What jobs in SQLite do beyond what every store does."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from tests.jobkit.house import House
from tests.unit.stores.test_jobs import JOB
from wenyun.stores.jobs import Load
from wenyun.stores.sqlite import Database
from wenyun.stores.sqlite_jobs import SqliteJobs


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
