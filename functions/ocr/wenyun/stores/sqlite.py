"""One SQLite file that several processes share, with short transactions."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wenyun.stores.objects import StoreFaultError, StoreFullError

VERSION = 1
"""Of the tables; a file of another version is refused rather than guessed at."""

BUSY_SECONDS = 15.0
"""Transactions take milliseconds, so that who waits longer waits for something broken."""

_SCHEMA = """
CREATE TABLE jobs (
  id TEXT PRIMARY KEY, state TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,
  size INTEGER NOT NULL, options TEXT NOT NULL, created REAL NOT NULL, expires REAL NOT NULL,
  updated REAL NOT NULL, pages_total INTEGER, pages_done INTEGER NOT NULL DEFAULT 0,
  error TEXT, results TEXT NOT NULL DEFAULT '{}'
) WITHOUT ROWID;
CREATE INDEX jobs_open ON jobs (updated) WHERE state IN ('waiting', 'running');
CREATE INDEX jobs_expire ON jobs (expires);
CREATE TABLE pages (
  job_id TEXT NOT NULL, page INTEGER NOT NULL, PRIMARY KEY (job_id, page)
) WITHOUT ROWID;
CREATE TABLE tasks (
  id INTEGER PRIMARY KEY AUTOINCREMENT, job_id TEXT NOT NULL, step TEXT NOT NULL,
  page INTEGER NOT NULL, visible REAL NOT NULL, owner TEXT,
  attempts INTEGER NOT NULL DEFAULT 0, interruptions INTEGER NOT NULL DEFAULT 0,
  fault TEXT NOT NULL DEFAULT '', UNIQUE (job_id, step, page)
);
CREATE INDEX tasks_line ON tasks (job_id, id);
CREATE INDEX tasks_owned ON tasks (owner) WHERE owner IS NOT NULL;
CREATE TABLE lines (
  job_id TEXT PRIMARY KEY, turn INTEGER NOT NULL, served INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX lines_turn ON lines (turn);
"""


class Database:
    """A connection that threads take turns with.

    Args:
        path: The file; made, with its tables, where it is not there.

    Raises:
        StoreFaultError: It cannot be opened or is not ours.

    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._closed = False
        with _faults():
            self._connection = sqlite3.connect(
                path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is durable when the block ends, and undone where it raises."""
        with self._lock, _faults():
            self._check()
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """For single statements that change nothing."""
        with self._lock, _faults():
            self._check()
            yield self._connection

    def close(self) -> None:
        """Let go of the file; repeatable."""
        with self._lock:
            self._closed = True
            self._connection.close()

    def _check(self) -> None:
        if self._closed:
            raise StoreFaultError("The job store is closed.")

    def _prepare(self) -> None:
        run = self._connection.execute
        run("PRAGMA journal_mode = WAL")
        # A commit is on the disk when it returns; WAL alone would lose the last at a power cut.
        run("PRAGMA synchronous = FULL")
        run("BEGIN IMMEDIATE")
        version = run("PRAGMA user_version").fetchone()[0]
        if version == 0:
            for statement in _SCHEMA.split(";"):
                run(statement)
            run(f"PRAGMA user_version = {VERSION}")
        elif version != VERSION:
            raise StoreFaultError(
                f"The job store has version {version}, this program knows {VERSION}: move "
                "OCR_DATA_DIR away, or use the program that made it."
            )
        run("COMMIT")


@contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        full = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        kind = StoreFullError if full else StoreFaultError
        raise kind(f"The job store: {error}") from error
