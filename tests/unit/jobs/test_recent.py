"""Uploads that stay at hand: what is fetched, and what is forgotten."""

from collections import Counter
from pathlib import Path

import pytest

from tests.jobkit.house import House
from tests.jobkit.reader import order, text_of
from wenyun.jobs.ports import Ports
from wenyun.jobs.recent import RecentUploads
from wenyun.jobs.runner import Runner
from wenyun.jobs.steps import Steps
from wenyun.stores.blobs import BlobMissingError


class Counting:
    """Blobs in memory that count what they are asked for."""

    def __init__(self) -> None:
        self.blobs: dict[str, bytes] = {}
        self.asked: Counter[str] = Counter()

    def put(self, key: str, data: bytes) -> None:
        self.blobs[key] = data

    def put_file(self, key: str, path: Path) -> bool:
        first = key not in self.blobs
        self.blobs.setdefault(key, path.read_bytes())
        return first

    def get(self, key: str) -> bytes:
        self.asked[key] += 1
        if key not in self.blobs:
            raise BlobMissingError(key)
        return self.blobs[key]

    def has(self, key: str) -> bool:
        return key in self.blobs

    def delete(self, prefix: str) -> None:
        for key in [key for key in self.blobs if f"{key}/".startswith(f"{prefix}/")]:
            del self.blobs[key]


@pytest.fixture
def blobs() -> Counting:
    return Counting()


@pytest.mark.parametrize(("recent", "fetched"), [(False, 22), (True, 1)])
def test_a_document_of_twenty_pages_is_fetched_once(
    home: House, recent: bool, fetched: int
) -> None:
    """By a plan, twenty pages and an end: 22 times without."""
    counting = Counting()
    blobs = RecentUploads(counting) if recent else counting
    ports = Ports(home.ports.jobs, blobs, home.ports.tasks)
    job = home.submit(order(pages=20, seed="a"), ports)
    runner = Runner(Steps(ports, home.reader, home.clock))
    while runner.work():
        pass
    assert counting.asked[f"{job.id}/upload"] == fetched
    text = home.job(job.id).results["text"].key
    assert counting.blobs[text].decode() == text_of("a", *range(1, 21))


def test_other_blobs_are_always_fetched(blobs: Counting) -> None:
    recent = RecentUploads(blobs)
    recent.put("a/pages/1", b"1")
    recent.put("a/pages/1", b"2")
    assert recent.get("a/pages/1") == b"2"
    assert recent.get("a/pages/1") == b"2"
    assert blobs.asked["a/pages/1"] == 2


def test_what_is_written_or_removed_is_not_kept(blobs: Counting, tmp_path: Path) -> None:
    recent = RecentUploads(blobs)
    recent.put("a/upload", b"1")
    assert recent.get("a/upload") == b"1"
    recent.put("a/upload", b"2")
    assert recent.get("a/upload") == b"2"
    recent.delete("a")
    assert not recent.has("a/upload")
    with pytest.raises(BlobMissingError):
        recent.get("a/upload")
    (tmp_path / "file").write_bytes(b"3")
    assert recent.put_file("a/upload", tmp_path / "file")
    assert recent.get("a/upload") == b"3"


def test_removing_one_job_keeps_others_whose_names_begin_alike(blobs: Counting) -> None:
    recent = RecentUploads(blobs)
    for name in ("a", "ab"):
        recent.put(f"{name}/upload", name.encode())
        recent.get(f"{name}/upload")
    recent.delete("a/upload")
    assert recent.get("ab/upload") == b"ab"
    assert blobs.asked["ab/upload"] == 1


def test_the_oldest_goes_when_there_is_too_much(blobs: Counting) -> None:
    recent = RecentUploads(blobs, most=20)
    for name in "abc":
        recent.put(f"{name}/upload", bytes(10))
    for name in "abacbb":
        recent.get(f"{name}/upload")
    assert blobs.asked == {"a/upload": 1, "b/upload": 2, "c/upload": 1}


def test_one_that_is_larger_than_all_that_is_kept(blobs: Counting) -> None:
    recent = RecentUploads(blobs, most=20)
    recent.put("a/upload", bytes(21))
    assert len(recent.get("a/upload")) == len(recent.get("a/upload")) == 21
    assert blobs.asked["a/upload"] == 2
