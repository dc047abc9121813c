"""Who starts workers, who ends them, and what becomes of their tasks."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from wenyun.jobs.lock import ProcessLock
from wenyun.jobs.supervisor import Supervisor
from wenyun.jobs.workers import Workers, worker_command
from wenyun.stores.objects import StoreFaultError

SLEEP = [sys.executable, "-c", "import sys; sys.stdin.read()"]
FAIL = [sys.executable, "-c", "raise SystemExit(3)"]
DONE = [sys.executable, "-c", ""]
DEAF = [
    *(sys.executable, "-c"),
    "import signal, sys; signal.signal(15, signal.SIG_IGN); print(1, flush=True); sys.stdin.read()",
]


def patiently(done: Any) -> None:
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.fixture
def pools() -> Iterator[list[Workers]]:
    made: list[Workers] = []
    yield made
    for workers in made:
        workers.stop(0)


def pool(pools: list[Workers], command: list[str], most: int = 2) -> Workers:
    workers = Workers(command, dict(os.environ), most)
    pools.append(workers)
    return workers


def living(workers: Workers) -> list[Any]:
    return workers._living


@dataclass
class Queue:
    """Tells what it is told to, and remembers what it was asked."""

    waiting: int = 0
    late: list[str] = field(default_factory=list)
    asked: list[Any] = field(default_factory=list)
    fault: bool = False

    def pending(self) -> int:
        if self.fault:
            raise StoreFaultError("told to")
        return self.waiting

    def overdue(self, margin: float) -> list[str]:
        return self.late

    def abandon(self, owner: str, fault: str) -> int:
        self.asked.append((owner, fault))
        return 1

    def recover(self) -> int:
        self.asked.append("recover")
        return 0


@dataclass
class Boss:
    """A supervisor and what it works with."""

    supervisor: Supervisor
    queue: Queue
    workers: Workers
    swept: list[bool]

    def turn(self) -> None:
        self.supervisor._turn()


def boss(root: Path, workers: Workers) -> Boss:
    queue, swept = Queue(), list[bool]()
    given: Any = queue
    lock = ProcessLock(root / "lock")
    return Boss(Supervisor(given, workers, lock, swept.append, 5.0), queue, workers, swept)


def test_no_more_workers_than_tasks_and_than_the_limit(pools: list[Workers]) -> None:
    workers = pool(pools, SLEEP)
    for wanted, there in ((0, 0), (1, 1), (5, 2), (0, 2)):
        workers.start(wanted)
        assert len(living(workers)) == there
    assert len({one.name for one in living(workers)}) == 2


def test_workers_that_end_badly_are_started_ever_more_slowly(pools: list[Workers]) -> None:
    workers = pool(pools, FAIL, 1)
    pauses = []
    for _ in range(4):
        workers._not_before = 0.0
        workers.start(1)
        patiently(workers.ended)
        pauses.append(workers._not_before - time.monotonic())
    assert pauses == sorted(pauses)
    assert pauses[-1] > 2
    workers.start(1)
    assert living(workers) == []


def test_workers_that_had_nothing_to_do_are_no_failure(pools: list[Workers]) -> None:
    workers = pool(pools, DONE, 1)
    workers.start(1)
    patiently(workers.ended)
    workers.start(1)
    assert len(living(workers)) == 1


def test_a_worker_that_does_not_listen_is_ended_all_the_same(pools: list[Workers]) -> None:
    workers = pool(pools, DEAF, 1)
    workers.start(1)
    (one,) = living(workers)
    workers.stop(0.2)
    assert one.process.returncode in (-signal.SIGKILL, -signal.SIGTERM)
    assert living(workers) == []


def test_waking_one_that_has_just_ended(pools: list[Workers]) -> None:
    workers = pool(pools, DONE, 1)
    workers.start(1)
    living(workers)[0].process.wait()
    workers.wake()
    assert [one.process.returncode for one in workers.ended()] == [0]


def test_it_goes_on_with_what_an_earlier_server_left(tmp_path: Path, pools: list[Workers]) -> None:
    at = boss(tmp_path, pool(pools, SLEEP))
    at.queue.waiting = 1
    at.turn()
    at.turn()
    assert at.queue.asked == ["recover"]
    assert at.swept == [True]
    assert len(living(at.workers)) == 1


def test_two_servers_on_one_directory(tmp_path: Path, pools: list[Workers]) -> None:
    first, second = (boss(tmp_path, pool(pools, SLEEP)) for _ in range(2))
    for one in (first, second):
        one.queue.waiting = 1
        one.turn()
    assert (len(living(first.workers)), len(living(second.workers))) == (1, 0)
    assert second.queue.asked == []
    first.supervisor.lock.give()
    second.turn()
    assert len(living(second.workers)) == 1
    second.supervisor.lock.give()


def test_a_worker_that_ended_gives_back_its_task(tmp_path: Path, pools: list[Workers]) -> None:
    at = boss(tmp_path, pool(pools, SLEEP, 1))
    at.queue.waiting = 1
    at.turn()
    (one,) = living(at.workers)
    one.process.kill()
    one.process.wait()
    at.turn()
    assert (one.name, "internal") in at.queue.asked


def test_a_task_that_takes_too_long(tmp_path: Path, pools: list[Workers]) -> None:
    at = boss(tmp_path, pool(pools, SLEEP, 1))
    at.queue.waiting = 1
    at.turn()
    (one,) = living(at.workers)
    at.queue.late = [one.name, "nobody"]
    at.turn()
    at.queue.late = []
    assert one.process.wait(30) == -signal.SIGKILL
    at.turn()
    assert at.queue.asked == ["recover", ("nobody", "internal"), (one.name, "time_limit")]


def test_it_goes_on_when_the_store_fails(tmp_path: Path, pools: list[Workers]) -> None:
    at = boss(tmp_path, pool(pools, SLEEP, 1))
    at.queue.fault = True
    at.supervisor.wake()
    patiently(lambda: at.queue.asked)
    at.queue.fault = False
    at.queue.waiting = 1
    at.supervisor.wake()
    patiently(lambda: living(at.workers))
    at.supervisor.stop()
    assert living(at.workers) == []
    lock = ProcessLock(tmp_path / "lock")
    assert lock.take()
    lock.give()


def test_stopping_before_anything_began(tmp_path: Path, pools: list[Workers]) -> None:
    at = boss(tmp_path, pool(pools, SLEEP))
    at.supervisor.stop()
    at.supervisor.wake()
    assert at.supervisor._thread is None


def test_a_lock_is_held_by_one(tmp_path: Path) -> None:
    one, other = ProcessLock(tmp_path / "a"), ProcessLock(tmp_path / "a")
    assert one.take()
    assert one.take()
    assert not other.take()
    one.give()
    one.give()
    assert other.take()
    other.give()


def test_the_command_of_a_worker() -> None:
    assert worker_command() == [sys.executable, "-m", "wenyun.worker"]
