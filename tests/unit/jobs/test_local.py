"""The jobs of a server, and a worker's loop."""

import threading
from pathlib import Path
from typing import Any

import pytest

from tests.jobkit.house import House
from tests.jobkit.reader import order, text_of
from wenyun import wiring, worker
from wenyun.jobs.local import LocalJobs
from wenyun.settings import Settings
from wenyun.stores.objects import StoreFaultError


def test_the_place_is_made_once(tmp_path: Path) -> None:
    made: list[Any] = [StoreFaultError("first"), object()]

    def make() -> Any:
        one = made.pop(0)
        if isinstance(one, Exception):
            raise one
        return one

    jobs = LocalJobs(tmp_path / "a", make)
    with pytest.raises(StoreFaultError):
        jobs.open()
    assert jobs.open() is jobs.open()


def test_usable(tmp_path: Path) -> None:
    def usable(path: Path) -> bool:
        return LocalJobs(path, lambda: pytest.fail("opened")).usable()

    assert usable(tmp_path / "jobs.sqlite3")
    assert usable(tmp_path / "not" / "there" / "yet" / "jobs.sqlite3")
    (tmp_path / "file").touch()
    assert not usable(tmp_path / "file" / "jobs.sqlite3")


def test_a_server_without_earlier_jobs_opens_nothing(tmp_path: Path) -> None:
    jobs = LocalJobs(tmp_path / "a", lambda: pytest.fail("opened"))
    jobs.resume()
    jobs.stop()
    assert jobs.closing.is_set()


def test_what_the_wiring_makes(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", max_bytes=10, threads=4, workers=2)
    jobs = wiring.make_jobs(settings)
    assert not settings.data_dir.exists()
    place = jobs.open()
    assert place.desk.limits.bytes == 50
    assert place.desk.room() > 0
    job = place.desk.announce("a", "", 10, {})
    jobs.stop()
    again = wiring.make_jobs(settings).open()
    assert again.desk.get(job.id) == job
    assert again.signer.sign("a") == place.signer.sign("a")
    again.close()
    assert wiring.worker_env(settings)["OCR_THREADS"] == "2"


def test_a_worker_works_until_there_is_nothing(home: House) -> None:
    job = home.submit(order(pages=2, seed="a"))
    worker.work(home.runner(), threading.Event(), threading.Event(), idle=0.5)
    assert home.text(job.id) == text_of("a", 1, 2)


def test_a_worker_that_is_to_stop_begins_nothing(home: House) -> None:
    home.submit(order(pages=1))
    stopping = threading.Event()
    stopping.set()
    worker.work(home.runner(), stopping, threading.Event())
    assert home.reader.read_pages == []
