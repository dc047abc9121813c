"""Jobs in SQLite; see `JobStore`."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from sqlite3 import Connection
from typing import Any

from wenyun.stores.jobs import Failure, Job, Load, ResultFile
from wenyun.stores.sqlite import Database

_COLUMNS = (
    "id, name, type, size, options, created, expires, state, updated, pages_total, pages_done, "
    "error, results"
)
_OPEN = "state IN ('waiting', 'running')"


class SqliteJobs:
    """Jobs in a database; the clock is in seconds since 1970."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    def create(self, job: Job) -> None:
        """Keep a new job."""
        with self._database.write() as run:
            run.execute(
                f"INSERT INTO jobs ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
                (
                    *(job.id, job.name, job.type, job.size, json.dumps(dict(job.options))),
                    *(job.created, job.expires, job.state, job.updated),
                    *(job.pages_total, job.pages_done, None, "{}"),
                ),
            )

    def counts(self) -> dict[str, int]:
        """How many jobs there are in each state."""
        with self._database.read() as run:
            return dict(run.execute("SELECT state, COUNT(*) FROM jobs GROUP BY state").fetchall())

    def oldest(self) -> float:
        """Seconds since the unfinished job that came no further for longest last did; 0: none."""
        with self._database.read() as run:
            question = f"SELECT MIN(updated) FROM jobs WHERE {_OPEN}"  # noqa: S608
            found = run.execute(question).fetchone()[0]
        return max(0.0, self._clock() - found) if found is not None else 0.0

    def get(self, job_id: str) -> Job | None:
        """A job, ended or not."""
        with self._database.read() as run:
            return _get(run, job_id)

    def begin(self, job_id: str) -> Job | None:
        """Say that work has begun."""
        return self._change(job_id, "state = 'running'")

    def set_total(self, job_id: str, total: int) -> Job | None:
        """Say how many pages there are; the first to say so is believed."""
        return self._change(job_id, "pages_total = COALESCE(pages_total, ?)", total)

    def page_done(self, job_id: str, page: int) -> Job | None:
        """Count a page, once."""
        with self._database.write() as run:
            if not _is_open(run, job_id):
                return None
            added = run.execute("INSERT OR IGNORE INTO pages VALUES (?, ?)", (job_id, page))
            if added.rowcount:
                run.execute(
                    "UPDATE jobs SET pages_done = pages_done + 1, updated = ? WHERE id = ?",
                    (self._clock(), job_id),
                )
            return _get(run, job_id)

    def pages_done(self, job_id: str) -> set[int]:
        """The numbers of the pages that are counted."""
        with self._database.read() as run:
            found = run.execute("SELECT page FROM pages WHERE job_id = ?", (job_id,))
            return {page for (page,) in found}

    def finish(self, job_id: str, results: Mapping[str, ResultFile]) -> Job | None:
        """Say that it succeeded."""
        text = json.dumps({name: asdict(result) for name, result in results.items()})
        return self._end(job_id, "state = 'succeeded', results = ?", text)

    def fail(self, job_id: str, failure: Failure) -> Job | None:
        """Say that it failed."""
        text = json.dumps(asdict(failure), ensure_ascii=False)
        return self._end(job_id, "state = 'failed', error = ?", text)

    def delete(self, job_id: str) -> None:
        """Forget it."""
        with self._database.write() as run:
            for table, column in (("jobs", "id"), ("pages", "job_id")):
                run.execute(f"DELETE FROM {table} WHERE {column} = ?", (job_id,))  # noqa: S608

    def load(self) -> Load:
        """What is waiting or running."""
        with self._database.read() as run:
            question = f"SELECT COUNT(*), COALESCE(SUM(size), 0) FROM jobs WHERE {_OPEN}"  # noqa: S608
            return Load(*run.execute(question).fetchone())

    def idle(self, before: float) -> Sequence[Job]:
        """Unfinished jobs that have not come further since some time."""
        with self._database.read() as run:
            question = f"SELECT {_COLUMNS} FROM jobs WHERE {_OPEN} AND updated < ?"  # noqa: S608
            return [_job(row) for row in run.execute(question, (before,))]

    def expired(self, now: float) -> Sequence[str]:
        """Ids of jobs whose time is over."""
        with self._database.read() as run:
            found = run.execute("SELECT id FROM jobs WHERE expires <= ?", (now,))
            return [job_id for (job_id,) in found]

    def _change(self, job_id: str, change: str, *values: object) -> Job | None:
        with self._database.write() as run:
            changed = run.execute(
                f"UPDATE jobs SET {change}, updated = ? WHERE id = ? AND {_OPEN}",  # noqa: S608
                (*values, self._clock(), job_id),
            )
            return _get(run, job_id) if changed.rowcount else None

    def _end(self, job_id: str, change: str, *values: object) -> Job | None:
        return self._change(
            job_id, change + ", options = json_remove(options, '$.password')", *values
        )


def _is_open(run: Connection, job_id: str) -> bool:
    question = f"SELECT 1 FROM jobs WHERE id = ? AND {_OPEN}"  # noqa: S608
    return run.execute(question, (job_id,)).fetchone() is not None


def _get(run: Connection, job_id: str) -> Job | None:
    question = f"SELECT {_COLUMNS} FROM jobs WHERE id = ?"  # noqa: S608
    row = run.execute(question, (job_id,)).fetchone()
    return _job(row) if row else None


def _job(row: Sequence[Any]) -> Job:
    found = dict(zip(_COLUMNS.split(", "), row, strict=True))
    found["options"] = json.loads(found["options"])
    found["error"] = Failure(**json.loads(found["error"])) if found["error"] else None
    results = json.loads(found["results"])
    found["results"] = {name: ResultFile(**one) for name, one in results.items()}
    return Job(**found)
