"""What every home of jobs has: a desk, a runner, and a clock that only moves when told to."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from pathlib import Path

from tests.jobkit.breaking import CrashError
from tests.jobkit.reader import OrderReader
from wenyun.jobs.desk import Desk, Limits
from wenyun.jobs.ports import Ports
from wenyun.jobs.runner import Runner
from wenyun.jobs.steps import Steps
from wenyun.jobs.sweep import Sweep
from wenyun.stores.jobs import Job
from wenyun.stores.objects import StoreFaultError


@dataclass
class Clock:
    """Seconds since 1970."""

    now: float = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Home(ABC):
    """Stores, a desk in front of them, a runner behind them."""

    root: Path
    ports: Ports
    clock: Clock
    reader: OrderReader = field(default_factory=OrderReader)
    heard: bool = False

    def desk(self, ports: Ports | None = None, **limits: int) -> Desk:
        within = Limits(**({"bytes": 10_000} | limits))
        return Desk(ports or self.ports, within, clock=self.clock, heard=self.heard)

    def submit(self, data: bytes, ports: Ports | None = None, **options: object) -> Job:
        path = self.root / "incoming"
        path.write_bytes(data)
        return self.desk(ports).submit("report.png", "image/png", path, options)

    def runner(self, ports: Ports | None = None) -> Runner:
        return Runner(Steps(ports or self.ports, self.reader, self.clock))

    def run(self, ports: Ports | None = None, most: int = 500) -> int:
        """Work until nothing is left, starting anew after crashes; returns how many there were."""
        crashes = 0
        for _ in range(most):
            runner = self.runner(ports)
            try:
                if not runner.work():
                    if not self.waiting():
                        return crashes
                    self.end_leases()
            except CrashError:
                crashes += 1
                self.recover()
            except StoreFaultError:
                self.end_leases()
        raise AssertionError("it never ended")

    def end_leases(self) -> None:
        """Let time pass until whatever was handed out is handed out again."""
        self.clock.now += 700

    @abstractmethod
    def recover(self) -> object:
        """Whoever had tasks has ended."""

    @abstractmethod
    def waiting(self) -> int:
        """Tasks that are not done."""

    @abstractmethod
    def left(self) -> set[str]:
        """The keys of all blobs."""

    @abstractmethod
    def sweep(self) -> Sweep:
        """Goes through the stores."""

    def job(self, job_id: str) -> Job:
        found = self.ports.jobs.get(job_id)
        assert found is not None
        return found

    def text(self, job_id: str) -> str:
        return self.ports.blobs.get(self.job(job_id).results["text"].key).decode()
