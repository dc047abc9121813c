"""Tasks in SQLite, fair between jobs; see `LocalQueue`.

Jobs stand in one line. The first in it that has a task ready is served; after `QUANTUM` tasks it
goes to the end, so that small jobs are served in the order in which they came, and a long
document neither holds up the others nor is held up by them for ever.
"""

import time
from collections.abc import Callable, Mapping
from sqlite3 import Connection

from wenyun.stores.sqlite import Database
from wenyun.stores.tasks import Message, Step, Task

QUANTUM = 8
"""Tasks that a job may take before others have their turn: a plan, five pages and an end."""

_NEXT = """
SELECT tasks.id, tasks.job_id, step, page FROM lines
JOIN tasks ON tasks.job_id = lines.job_id AND tasks.visible <= ?
ORDER BY lines.turn, tasks.id LIMIT 1
"""
_LEND = """
UPDATE tasks SET visible = ?, owner = ?, attempts = attempts + 1 WHERE id = ?
RETURNING attempts, interruptions, fault
"""


class SqliteTasks:
    """Tasks in a database.

    Args:
        database: Where they are kept.
        owner: Who receives with this object; a worker's name.
        leases: Seconds that a step may take, with some room.
        clock: Seconds since 1970.

    """

    def __init__(
        self,
        database: Database,
        owner: str,
        leases: Mapping[Step, float],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._owner = owner
        self._leases = leases
        self._clock = clock

    def send(self, messages: list[Message]) -> None:
        """Put messages in line, all or none; one that is in line already is not doubled."""
        now = self._clock()
        with self._database.write() as run:
            for job_id in dict.fromkeys(message.job_id for message in messages):
                run.execute(
                    "INSERT OR IGNORE INTO lines (job_id, turn) "
                    "VALUES (?, (SELECT COALESCE(MAX(turn), 0) + 1 FROM lines))",
                    (job_id,),
                )
            run.executemany(
                "INSERT OR IGNORE INTO tasks (job_id, step, page, visible) VALUES (?, ?, ?, ?)",
                [(one.job_id, one.step, one.page, now) for one in messages],
            )

    def receive(self) -> Task | None:
        """The next task in the line of jobs."""
        if not self._any_ready():
            return None
        now = self._clock()
        with self._database.write() as run:
            row = run.execute(_NEXT, (now,)).fetchone()
            if row is None:
                return None
            number, job_id, step, page = row
            until = now + self._leases[step]
            told = run.execute(_LEND, (until, self._owner, number)).fetchone()
            _serve(run, job_id)
        return Task(Message(job_id, step, page), str(number), *told)

    def done(self, task: Task) -> None:
        """Never hand it out again."""
        with self._database.write() as run:
            run.execute("DELETE FROM tasks WHERE id = ?", (task.receipt,))
            run.execute(
                "DELETE FROM lines WHERE job_id = ?1 "
                "AND NOT EXISTS (SELECT 1 FROM tasks WHERE job_id = ?1)",
                (task.message.job_id,),
            )

    def release(self, task: Task, delay: float, fault: str, *, blame: bool) -> None:
        """Hand it out again after so many seconds, if it is still ours."""
        with self._database.write() as run:
            run.execute(
                "UPDATE tasks SET visible = ?, owner = NULL, fault = ?, attempts = attempts - ?, "
                "interruptions = interruptions + ? WHERE id = ? AND owner = ?",
                (self._clock() + delay, fault, not blame, not blame, task.receipt, self._owner),
            )

    def pending(self) -> int:
        """How many tasks are being worked on or could be now."""
        with self._database.read() as run:
            question = "SELECT COUNT(*) FROM tasks WHERE owner IS NOT NULL OR visible <= ?"
            return int(run.execute(question, (self._clock(),)).fetchone()[0])

    def counts(self) -> dict[str, int]:
        """How many tasks are ready, at work, and waiting for another attempt."""
        with self._database.read() as run:
            question = (
                "SELECT COALESCE(SUM(owner IS NULL AND visible <= ?1), 0), "
                "COALESCE(SUM(owner IS NOT NULL), 0), "
                "COALESCE(SUM(owner IS NULL AND visible > ?1), 0) FROM tasks"
            )
            found = run.execute(question, (self._clock(),)).fetchone()
        return dict(zip(("ready", "running", "again"), found, strict=True))

    def overdue(self, margin: float) -> list[str]:
        """Owners whose lease ends within so many seconds."""
        with self._database.read() as run:
            question = "SELECT DISTINCT owner FROM tasks WHERE owner IS NOT NULL AND visible < ?"
            return [owner for (owner,) in run.execute(question, (self._clock() + margin,))]

    def abandon(self, owner: str, fault: str) -> int:
        """Hand out again what a worker had when it ended."""
        with self._database.write() as run:
            change = "UPDATE tasks SET visible = ?, owner = NULL, fault = ? WHERE owner = ?"
            return run.execute(change, (self._clock(), fault, owner)).rowcount

    def recover(self) -> int:
        """Hand out again what all had when the server ended."""
        with self._database.write() as run:
            change = (
                "UPDATE tasks SET visible = ?, owner = NULL, attempts = attempts - 1, "
                "interruptions = interruptions + 1 WHERE owner IS NOT NULL"
            )
            return run.execute(change, (self._clock(),)).rowcount

    def _any_ready(self) -> bool:
        """Asked without a lock first: an idle worker disturbs nobody."""
        with self._database.read() as run:
            question = "SELECT 1 FROM tasks WHERE visible <= ? LIMIT 1"
            return run.execute(question, (self._clock(),)).fetchone() is not None


def _serve(run: Connection, job_id: str) -> None:
    """Count a task of a job, and send the job to the end of the line when it had its share."""
    run.execute("UPDATE lines SET served = served + 1 WHERE job_id = ?", (job_id,))
    run.execute(
        "UPDATE lines SET turn = (SELECT MAX(turn) + 1 FROM lines) "
        "WHERE job_id = ? AND served % ? = 0",
        (job_id, QUANTUM),
    )
