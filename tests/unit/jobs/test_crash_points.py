"""Whatever breaks off between any two lines: the job ends as if nothing had happened.

The stores are wrapped and break at the n-th call, for every n until a run needs fewer calls:
before the call took effect or after it, as a process that is killed or as a store that fails.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.jobkit.breaking import Breaker, CrashError, Kind, crash, fault
from tests.jobkit.builds import Build
from tests.jobkit.home import Home
from tests.jobkit.house import house
from tests.jobkit.reader import order, text_of
from wenyun.jobs import steps
from wenyun.jobs.desk import UPLOAD_SECONDS
from wenyun.stores.objects import StoreFaultError

KINDS = {"killed": crash, "store fails": fault}
EFFECTS = {"before": False, "after": True}
MOST = 200


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]


@pytest.fixture(params=EFFECTS)
def after(request: pytest.FixtureRequest) -> bool:
    return EFFECTS[request.param]


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "CHUNK", 2)


def every_point(
    build: Build, root: Path, after: bool, kind: Kind, check: Callable[[Home, Breaker], None]
) -> None:
    """Run `check` with a breaker at each call."""
    for at in range(1, MOST, build.stride):
        breaker = Breaker(at, after, kind)
        with build.home(root / str(at)) as home:
            check(home, breaker)
        if not breaker.broke:
            assert at > 15
            return
    raise AssertionError("there is no end of calls")


def test_every_step(build: Build, tmp_path: Path, kind: Kind, after: bool) -> None:
    def check(home: Home, breaker: Breaker) -> None:
        job = home.submit(order(pages=3, seed="x"))
        home.run(breaker.ports(home.ports))
        done = home.job(job.id)
        where = breaker.calls[breaker.at - 1 : breaker.at]
        assert (done.state, done.error) == ("succeeded", None), where
        assert (done.pages_done, done.pages_total) == (3, 3), where
        assert home.text(job.id) == text_of("x", 1, 2, 3), where
        assert home.left() == {f"{job.id}/results/json", f"{job.id}/results/text"}, where

    every_point(build, tmp_path, after, kind, check)


def test_blobs_come_before_the_records_that_speak_of_them(tmp_path: Path) -> None:
    """And messages before the end of the one that sends them; at any n both would break."""
    watch = Breaker(10**6, after=False)
    with house(tmp_path) as home:
        home.submit(order(pages=1))
        home.run(watch.ports(home.ports))
    did = [name for name in watch.calls if name.partition(".")[2] not in ("get", "has", "receive")]
    assert did == [
        *("jobs.begin", "jobs.set_total", "jobs.pages_done", "tasks.send", "tasks.done"),
        *("blobs.put", "jobs.page_done", "tasks.send", "tasks.done"),
        *("blobs.put", "blobs.put", "jobs.finish", "blobs.delete", "blobs.delete", "tasks.done"),
    ]


def test_every_point_of_a_job_that_fails(
    build: Build, tmp_path: Path, kind: Kind, after: bool
) -> None:
    def check(home: Home, breaker: Breaker) -> None:
        job = home.submit(order(pages=2, bad=[1, 2]))
        home.run(breaker.ports(home.ports))
        failed = home.job(job.id)
        assert (failed.state, failed.error and failed.error.code) == ("failed", "corrupt_image")
        assert home.left() == set()

    every_point(build, tmp_path, after, kind, check)


def test_two_crashes_at_any_two_points(build: Build, tmp_path: Path) -> None:
    """The second while what the first broke is being mended."""
    for at in range(1, MOST, 2 + build.stride):
        first = Breaker(at, at % 2 == 0)
        second = Breaker(at + 1 + at % 5, at % 4 < 2)
        with build.home(tmp_path / str(at)) as home:
            job = home.submit(order(pages=3, seed="y"))
            home.run(second.ports(first.ports(home.ports)))
            assert home.job(job.id).state == "succeeded"
            assert home.text(job.id) == text_of("y", 1, 2, 3)
            assert home.job(job.id).pages_done == 3
        if not first.broke:
            return
    raise AssertionError("there is no end of calls")


def test_acceptance(build: Build, tmp_path: Path, kind: Kind, after: bool) -> None:
    """Whoever got no answer may ask again; what was written by then is finished or removed."""
    for at in range(1, 10):
        breaker = Breaker(at, after, kind)
        with build.home(tmp_path / str(at)) as home:
            try:
                job_id = home.submit(order(pages=1, seed="z"), breaker.ports(home.ports)).id
            except (CrashError, StoreFaultError):
                job_id = ""
            home.clock.now += UPLOAD_SECONDS + 1
            home.sweep().run()
            home.run()
            jobs = home.ports.jobs.idle(home.clock.now + 1)
            assert not jobs, "a job that is kept is finished"
            if job_id:
                assert home.text(job_id) == text_of("z", 1)
            in_files = {name.partition("/")[0] for name in home.left()}
            known = {name for name in in_files if home.ports.jobs.get(name)}
            home.sweep().remove_leftovers(float("inf"))
            assert {name.partition("/")[0] for name in home.left()} == known
        if not breaker.broke:
            assert at > 2
            return
    raise AssertionError("there is no end of calls")


def test_the_file_of_an_announced_job(tmp_path: Path, kind: Kind, after: bool) -> None:
    """A client that got no answer sends it again, and it is read once."""
    for at in range(1, 10):
        breaker = Breaker(at, after, kind)
        with house(tmp_path / str(at)) as home:
            data = order(pages=2, seed="w")
            job = home.desk().announce("w.png", "image/png", len(data), {})
            path = home.root / "incoming"
            for desk in (home.desk(breaker.ports(home.ports)), home.desk()):
                path.write_bytes(data)
                with suppress(CrashError, StoreFaultError):
                    desk.arrived(job.id, path)
            home.run()
            assert home.text(job.id) == text_of("w", 1, 2)
            assert sorted(home.reader.read_pages) == [1, 2]
        if not breaker.broke:
            assert at > 3
            return
    raise AssertionError("there is no end of calls")


def test_withdrawing(build: Build, tmp_path: Path, after: bool) -> None:
    for at in range(1, 4):
        breaker = Breaker(at, after)
        with build.home(tmp_path / str(at)) as home:
            job = home.submit(order(pages=1))
            with suppress(CrashError):
                home.desk(breaker.ports(home.ports)).delete(job.id)
            home.desk().delete(job.id)
            home.run()
            assert home.left() == set()
            assert home.reader.read_pages == []
