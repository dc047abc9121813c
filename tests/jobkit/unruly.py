"""A thousand pages through a queue that delivers twice and processes that end in the middle."""

import json
import random
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.jobkit.breaking import Breaker, CrashError
from tests.jobkit.house import LEASES, House, house
from tests.jobkit.reader import OrderReader, line_of, order
from wenyun.jobs.ports import Ports
from wenyun.jobs.runner import Runner
from wenyun.jobs.steps import Steps
from wenyun.stores.jobs import Job
from wenyun.stores.sqlite_tasks import SqliteTasks
from wenyun.stores.tasks import Message, Task

TWICE = 20
"""One task in so many is delivered a second time."""

ENDED = 50
"""One task in so many ends its process, once."""


@dataclass
class Fate:
    """What befalls which message: the same at every run, whichever worker takes it and when."""

    seed: int
    chance: random.Random = field(default_factory=lambda: random.Random(0))
    lock: threading.Lock = field(default_factory=threading.Lock)
    drawn: set[Message] = field(default_factory=set)
    again: list[Task] = field(default_factory=list)
    doubled: int = 0
    crashes: int = 0

    def meet(self, task: Task) -> int:
        """The call of the stores at which the process ends, 0 for none; may double the task."""
        with self.lock:
            if task.message in self.drawn:
                return 0
            self.drawn.add(task.message)
            # Threads race, so a common sequence of draws would fall otherwise at every run.
            own = random.Random(f"{self.seed}/{task.message.step}/{task.message.page}")
            if own.randrange(TWICE) == 0:
                self.doubled += 1
                self.again.append(task)
            return own.randint(1, 6) if own.randrange(ENDED) == 0 else 0

    def late(self) -> Task | None:
        """A second delivery, some time after the first."""
        with self.lock:
            return self.again.pop(0) if self.again and self.chance.randrange(3) == 0 else None


@dataclass(frozen=True)
class Pages:
    """What came of it."""

    state: str
    counted: int
    results: int
    right: int
    twice: int
    reads: int
    doubled: int
    crashes: int
    left: int

    @property
    def exact(self) -> bool:
        return self.state == "succeeded" and self.counted == self.results == self.right


def run_pages(root: Path, pages: int, seed: int, workers: int = 4) -> Pages:
    """Read a document of so many pages on the embedded stores."""
    fate, reader = Fate(seed), OrderReader()
    with house(root) as home:
        job = home.submit(order(pages=pages, seed="p"), format="json")
        threads = [
            threading.Thread(target=_work, args=(home, reader, fate, f"w{number}"))
            for number in range(workers)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        ended = home.job(job.id)
        return tally(ended, home.ports, len(home.left()) - len(ended.results), reader, fate)


def _work(home: House, reader: OrderReader, fate: Fate, owner: str) -> None:
    queue = SqliteTasks(home.database, owner, LEASES, home.clock)
    ports = Ports(home.ports.jobs, home.ports.blobs, queue)
    while home.waiting() or fate.again:
        task = fate.late() or queue.receive()
        if task is None:
            home.clock.now += 0.01
            continue
        at = fate.meet(task)
        broken = Breaker(at, after=at % 2 == 0).ports(ports) if at else ports
        try:
            Runner(Steps(broken, reader, home.clock)).attend(task)
        except CrashError:
            with fate.lock:
                fate.crashes += 1
            queue.abandon(owner, "internal")


def tally(job: Job, ports: Ports, left: int, reader: OrderReader, fate: Fate) -> Pages:
    """What came of a job.

    Args:
        job: As it ended.
        ports: Where its results are.
        left: What is there beside them and should not be.
        reader: Read its pages.
        fate: What befell its tasks.

    """
    found: list[dict[str, Any]] = []
    if "json" in job.results:
        found = json.loads(ports.blobs.get(job.results["json"].key))["text"]
    numbers = Counter(line["page"] for line in found)
    return Pages(
        state=job.state,
        counted=job.pages_done,
        results=len(found),
        right=sum(line["text"] == line_of("p", line["page"]) for line in found),
        twice=sum(count > 1 for count in numbers.values()),
        reads=len(reader.read_pages),
        doubled=fate.doubled,
        crashes=fate.crashes,
        left=left,
    )
