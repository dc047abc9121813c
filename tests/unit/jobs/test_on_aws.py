"""Some lives of jobs on AWS's services, by an emulator inside this process.

All that holds on one machine is tried with ministack by `make test-serverless`
(tests/serverless/test_job_stores.py).
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jobkit.breaking import Breaker, Kind, crash, fault
from tests.jobkit.cloud import CloudHome, cloud_home
from tests.jobkit.reader import order, text_of
from wenyun.stores.blobs import BlobMissingError
from wenyun.stores.objects import StoreFaultError


@pytest.fixture
def cloud(emulator: str, tmp_path: Path) -> Iterator[CloudHome]:
    with cloud_home(emulator, tmp_path) as opened:
        yield opened


def test_a_file_whose_arrival_starts_it(cloud: CloudHome) -> None:
    job = cloud.submit(order(pages=2, seed="a"), lang="en")
    assert cloud.waiting() == 1, "it is started once"
    cloud.run()
    assert cloud.text(job.id) == text_of("a", 1, 2)
    assert cloud.left() == {f"{job.id}/results/json", f"{job.id}/results/text"}
    assert sorted(cloud.reader.read_pages) == [1, 2]


def test_a_second_upload_after_the_end_changes_nothing_and_is_removed(cloud: CloudHome) -> None:
    data = order(pages=1, seed="first")
    job = cloud.desk().announce("a.png", "image/png", len(data), {})
    cloud.put(job.id, data)
    cloud.run()
    kept = cloud.job(job.id)
    cloud.put(job.id, order(pages=1, seed="other"))
    cloud.run()
    assert cloud.job(job.id) == kept
    assert cloud.text(job.id) == text_of("first", 1)
    assert f"{job.id}/upload" not in cloud.left()


def test_the_event_of_a_file_comes_twice(cloud: CloudHome) -> None:
    data = order(pages=2, seed="b")
    job = cloud.desk().announce("a.png", "image/png", len(data), {})
    for _ in range(2):
        cloud.put(job.id, data)
    cloud.run()
    assert cloud.job(job.id).pages_done == 2
    assert cloud.text(job.id) == text_of("b", 1, 2)


def test_a_file_that_is_too_large_is_not_fetched(cloud: CloudHome) -> None:
    """The form's limits let none through, but whoever owns the bucket may put one."""
    job = cloud.desk().announce("a.png", "image/png", 10, {})
    cloud.put(job.id, b"x")
    cloud.ports.blobs._max_bytes = 0  # type: ignore[attr-defined]
    cloud.run()
    failed = cloud.job(job.id)
    assert (failed.state, failed.error and failed.error.code) == ("failed", "file_too_large")


def test_a_file_that_cannot_be_kept_leaves_no_job(cloud: CloudHome) -> None:
    breaker = Breaker(2, after=False, error=fault)
    with pytest.raises(StoreFaultError):
        cloud.submit(order(pages=1), breaker.ports(cloud.ports))
    assert breaker.calls[1:] == ["blobs.put_file", "jobs.delete"]
    assert cloud.ports.jobs.idle(cloud.clock.now + 1) == []


def test_a_file_that_was_kept_though_its_store_failed(cloud: CloudHome) -> None:
    """The client was told that its job is not kept, and so nothing of it stays."""
    with pytest.raises(StoreFaultError):
        cloud.submit(order(pages=1), Breaker(2, after=True, error=fault).ports(cloud.ports))
    cloud.run()
    assert cloud.left() == set()
    assert cloud.reader.read_pages == []


@pytest.mark.parametrize("kind", [crash, fault])
@pytest.mark.parametrize("at", range(1, 40, 13))
def test_some_points_of_breaking(cloud: CloudHome, kind: Kind, at: int) -> None:
    job = cloud.submit(order(pages=2, seed="c"))
    cloud.run(Breaker(at, at % 2 == 0, kind).ports(cloud.ports))
    assert cloud.text(job.id) == text_of("c", 1, 2)
    assert cloud.job(job.id).pages_done == 2


def test_a_page_that_ends_its_process_each_time(cloud: CloudHome) -> None:
    """Before the queue puts its message aside, the job says that it failed."""
    job = cloud.submit(order(pages=1))
    cloud.runner().work()
    for _ in range(3):
        assert cloud.tasks.receive()
        cloud.recover()
    cloud.run()
    failed = cloud.job(job.id)
    assert (failed.state, failed.error and failed.error.code) == ("failed", "internal")
    assert cloud.reader.read_pages == []


def test_withdrawn(cloud: CloudHome) -> None:
    job = cloud.submit(order(pages=1))
    cloud.desk().delete(job.id)
    cloud.run()
    assert cloud.left() == set()
    with pytest.raises(BlobMissingError):
        cloud.ports.blobs.get(f"{job.id}/upload")
