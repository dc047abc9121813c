"""The database file: durable, ours, and honest about what is wrong with it."""

import sqlite3
from pathlib import Path

import pytest

from wenyun.stores.objects import StoreFaultError, StoreFullError
from wenyun.stores.secret import shared_secret
from wenyun.stores.sqlite import Database


def setting(database: Database, name: str) -> object:
    with database.read() as run:
        return run.execute(f"PRAGMA {name}").fetchone()[0]


def test_commits_survive_a_power_cut(tmp_path: Path) -> None:
    database = Database(tmp_path / "a")
    assert setting(database, "journal_mode") == "wal"
    assert setting(database, "synchronous") == 2
    database.close()


def test_it_is_opened_again_as_it_was(tmp_path: Path) -> None:
    for _ in range(2):
        database = Database(tmp_path / "a")
        with database.write() as run:
            run.execute("INSERT INTO pages VALUES ('a', (SELECT COUNT(*) FROM pages))")
        database.close()
    database = Database(tmp_path / "a")
    with database.read() as run:
        assert run.execute("SELECT COUNT(*) FROM pages").fetchone() == (2,)
    database.close()


def test_what_raises_is_undone(tmp_path: Path) -> None:
    database = Database(tmp_path / "a")
    twice = [("a", 1), ("a", 1)]
    with pytest.raises(StoreFaultError, match="UNIQUE"), database.write() as run:
        run.executemany("INSERT INTO pages VALUES (?, ?)", twice)
    with database.read() as run:
        assert run.execute("SELECT COUNT(*) FROM pages").fetchone() == (0,)
    database.close()


def test_a_file_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"this is no database, and long enough to be seen as none " * 99)
    with pytest.raises(StoreFaultError, match="not a database"):
        Database(tmp_path / "a")


def test_a_file_of_another_version(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a") as other:
        other.execute("PRAGMA user_version = 99")
    other.close()
    with pytest.raises(StoreFaultError, match="version 99"):
        Database(tmp_path / "a")


def test_a_place_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreFaultError, match="unable to open"):
        Database(tmp_path / "none" / "a")


def test_a_full_disk(tmp_path: Path) -> None:
    database = Database(tmp_path / "a")
    with database.read() as run:
        run.execute("PRAGMA max_page_count = 1")
    with pytest.raises(StoreFullError), database.write() as run:
        run.executemany(
            "INSERT INTO pages VALUES (?, 1)", [("x" * 900 + str(n),) for n in range(99)]
        )
    database.close()


def test_closed(tmp_path: Path) -> None:
    database = Database(tmp_path / "a")
    database.close()
    database.close()
    with pytest.raises(StoreFaultError, match="closed"), database.read():
        pass


def test_the_secret_is_made_once(tmp_path: Path) -> None:
    first = shared_secret(tmp_path / "secret")
    assert len(first) == 32
    assert shared_secret(tmp_path / "secret") == first
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]
    assert shared_secret(tmp_path / "other") != first


def test_a_secret_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"")
    with pytest.raises(StoreFaultError, match="0 bytes"):
        shared_secret(tmp_path / "secret")
    with pytest.raises(StoreFaultError):
        shared_secret(tmp_path / "none" / "secret")
