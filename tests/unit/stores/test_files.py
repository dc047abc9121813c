"""Blobs as files: whole or not at all, and nowhere else."""

import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from wenyun.stores.blobs import BlobMissingError
from wenyun.stores.files import Files
from wenyun.stores.objects import StoreFaultError, StoreFullError


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "jobs")


def failing(number: int) -> Any:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def test_put_get_replace_delete(files: Files) -> None:
    files.put("ab/results/json", b"one")
    files.put("ab/results/json", b"two")
    files.put("ab/pages/1", b"page")
    assert files.get("ab/results/json") == b"two"
    assert files.has("ab/pages/1")
    files.delete("ab/pages")
    files.delete("ab/pages")
    assert not files.has("ab/pages/1")
    with pytest.raises(BlobMissingError):
        files.get("ab/pages/1")
    files.delete("ab/results/json")
    files.delete("ab")
    assert files.homes(float("inf")) == []


def test_of_two_files_the_first_stays(files: Files) -> None:
    kept = []
    for data in (b"first", b"second"):
        with files.spool() as (path, file):
            file.write(data)
            file.flush()
            kept.append(files.put_file("ab/upload", path))
            assert not path.exists()
    assert kept == [True, False]
    assert files.get("ab/upload") == b"first"


def test_where_a_file_cannot_have_two_names(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", failing(errno.EPERM))
    test_of_two_files_the_first_stays(files)


@pytest.mark.parametrize(
    "key", ["", "..", "../x", "a/../b", "/a", "a/", "a//b", "A", "a.b", "a\0b", "a b", ".spool"]
)
def test_odd_keys_reach_no_file(files: Files, key: str) -> None:
    for work in (files.get, files.has, files.delete, lambda one: files.put(one, b"")):
        with pytest.raises(ValueError, match="not a key"):
            work(key)


def test_others_of_the_machine_cannot_read_it(files: Files, tmp_path: Path) -> None:
    files.put("ab/upload", b"x")
    for path in (tmp_path / "jobs").rglob("*"):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path


def test_nothing_half_written_is_seen_or_left(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.put("ab/pages/1", b"old")
    monkeypatch.setattr(os, "fsync", failing(errno.EIO))
    with pytest.raises(StoreFaultError):
        files.put("ab/pages/1", b"new")
    assert files.get("ab/pages/1") == b"old"
    assert list((tmp_path / "jobs" / ".spool").iterdir()) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_has_its_own_name(
    files: Files, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(os, "fsync", failing(number))
    with pytest.raises(StoreFullError):
        files.put("ab/pages/1", b"new")
    with pytest.raises(StoreFullError), files.spool():
        raise OSError(number, "full")


def test_a_place_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreFaultError):
        Files(tmp_path / "file" / "jobs")


def test_bytes_are_on_the_disk_before_they_have_their_name(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def sync(descriptor: int) -> None:
        done.append("directory" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    def rename(self: Path, target: Path) -> Path:
        done.append("name")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", rename)
    files.put("ab/pages/1", b"x")
    assert done[0] == "file"
    assert done[-2:] == ["name", "directory"]


def test_homes_and_room(files: Files) -> None:
    files.put("ab/upload", b"x")
    files.put("cd/upload", b"x")
    assert sorted(files.homes(float("inf"))) == ["ab", "cd"]
    assert files.homes(0) == []
    assert files.room() > 0
