"""A job as clients see it."""

from datetime import UTC, datetime
from typing import Any, Protocol
from urllib.parse import quote

from wenyun.stores.jobs import Job, ResultFile


class Door(Protocol):
    """Addresses that a client may use without a key."""

    def upload(self, job: Job) -> dict[str, Any]:
        """Where the job's file goes: `url` and `fields`."""

    def result(self, job: Job, name: str) -> str:
        """Where one form of the result is."""


def announced(job: Job, door: Door, until: float) -> dict[str, Any]:
    """The answer to a job whose file is to come."""
    return {"job_id": job.id, "upload": door.upload(job), "expires_at": moment(until)}


def shown(job: Job, door: Door) -> dict[str, Any]:
    """How far a job has come, and where its results are."""
    error = job.error
    return {
        "job_id": job.id,
        "state": job.state,
        "pages_done": job.pages_done,
        "pages_total": job.pages_total,
        "error": error
        and {"code": error.code, "message": error.message, "message_zh": error.message_zh},
        "results": {name: door.result(job, name) for name in job.results},
        "expires_at": moment(job.expires),
    }


def moment(seconds: float) -> str:
    """A time in ISO 8601, in UTC, to the second."""
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def disposition(job: Job, result: ResultFile) -> str:
    """A Content-Disposition that saves a result beside the file that it is of."""
    name = f"{job.name}{result.extension}"
    plain = "".join(letter if letter.isascii() and letter not in '"\\%' else "_" for letter in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
