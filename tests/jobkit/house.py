"""The real embedded stores in a directory, on a clock that only moves when told to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from tests.jobkit.breaking import CrashError
from tests.jobkit.reader import OrderReader
from wenyun.jobs.desk import Desk, Limits
from wenyun.jobs.ports import Ports
from wenyun.jobs.runner import Runner
from wenyun.jobs.steps import Steps
from wenyun.jobs.sweep import Sweep
from wenyun.stores.files import Files
from wenyun.stores.jobs import Job
from wenyun.stores.objects import StoreFaultError
from wenyun.stores.sqlite import Database
from wenyun.stores.sqlite_jobs import SqliteJobs
from wenyun.stores.sqlite_tasks import SqliteTasks
from wenyun.stores.tasks import Step

LEASES: dict[Step, float] = {"plan": 90.0, "page": 150.0, "assemble": 630.0}


@dataclass
class Clock:
    """Seconds since 1970."""

    now: float = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class House:
    """Stores, a desk in front of them, a runner behind them."""

    root: Path
    database: Database
    ports: Ports
    tasks: SqliteTasks
    files: Files
    clock: Clock
    reader: OrderReader = field(default_factory=OrderReader)

    def desk(self, ports: Ports | None = None, **limits: int) -> Desk:
        return Desk(ports or self.ports, Limits(**({"bytes": 10_000} | limits)), clock=self.clock)

    def submit(self, data: bytes, ports: Ports | None = None, **options: object) -> Job:
        path = self.root / "incoming"
        path.write_bytes(data)
        return self.desk(ports).submit("report.png", "image/png", path, options)

    def runner(self, ports: Ports | None = None) -> Runner:
        return Runner(Steps(ports or self.ports, self.reader, self.clock))

    def sweep(self) -> Sweep:
        return Sweep(self.ports, self.files, self.clock)

    def run(self, ports: Ports | None = None, most: int = 500) -> int:
        """Work until nothing is left, starting anew after crashes; returns how many there were."""
        crashes = 0
        for _ in range(most):
            runner = self.runner(ports)
            try:
                if not runner.work():
                    if not self.waiting():
                        return crashes
                    self.clock.now += 700
            except CrashError:
                crashes += 1
                self.tasks.recover()
            except StoreFaultError:
                self.clock.now += 700
        raise AssertionError("it never ended")

    def waiting(self) -> int:
        with self.database.read() as run:
            return int(run.execute("SELECT COUNT(*) FROM tasks").fetchone()[0])

    def job(self, job_id: str) -> Job:
        found = self.ports.jobs.get(job_id)
        assert found is not None
        return found

    def text(self, job_id: str) -> str:
        return self.ports.blobs.get(self.job(job_id).results["text"].key).decode()

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
            yield House(root, database, ports, tasks, files, clock)
    finally:
        database.close()
