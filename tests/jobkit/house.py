"""The real embedded stores in a directory."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from tests.jobkit.home import Clock, Home
from wenyun.jobs.ports import Ports
from wenyun.jobs.sweep import Sweep
from wenyun.stores.files import Files
from wenyun.stores.sqlite import Database
from wenyun.stores.sqlite_jobs import SqliteJobs
from wenyun.stores.sqlite_tasks import SqliteTasks
from wenyun.stores.tasks import Step

LEASES: dict[Step, float] = {"plan": 90.0, "page": 150.0, "assemble": 630.0}


@dataclass(kw_only=True)
class House(Home):
    """SQLite and files."""

    database: Database
    tasks: SqliteTasks
    files: Files

    def sweep(self) -> Sweep:
        return Sweep(self.ports, self.files, self.clock)

    def recover(self) -> int:
        return self.tasks.recover()

    def waiting(self) -> int:
        with self.database.read() as run:
            return int(run.execute("SELECT COUNT(*) FROM tasks").fetchone()[0])

    def left(self) -> set[str]:
        """Every file below the blobs' root."""
        root = self.root / "jobs"
        return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


@contextmanager
def house(root: Path) -> Iterator[House]:
    clock = Clock()
    files, database = Files(root / "jobs"), Database(root / "jobs.sqlite3")
    tasks = SqliteTasks(database, "me", LEASES, clock)
    ports = Ports(SqliteJobs(database, clock), files, tasks)
    with database.read() as run:
        # Nobody pulls the plug in these tests, and waiting for the disk takes most of their time.
        run.execute("PRAGMA synchronous = OFF")
    try:
        with patch("os.fsync"):
            yield House(root, ports, clock, database=database, tasks=tasks, files=files)
    finally:
        database.close()
