"""The places that a job lives in, and the keys of its blobs."""

from dataclasses import dataclass
from typing import Protocol

from wenyun.stores.blobs import BlobStore
from wenyun.stores.jobs import Job, JobStore
from wenyun.stores.tasks import TaskQueue


class Herald(Protocol):
    """Tells of jobs that have ended."""

    @property
    def listened(self) -> bool:
        """Whether anybody is told anything."""

    def ended(self, job: Job) -> None:
        """Tell it; called at least once a job, by everyone who finds that it has ended.

        Raises:
            StoreFaultError: It could not be told now.

        """


class Silence:
    """Nobody is told: who wants to know asks."""

    listened = False

    def ended(self, job: Job) -> None:
        """Nothing."""


SILENCE = Silence()


@dataclass(frozen=True, slots=True)
class Ports:
    """Where jobs, their bytes and their tasks are kept, and who hears of their end."""

    jobs: JobStore
    blobs: BlobStore
    tasks: TaskQueue
    herald: Herald = SILENCE


def upload_key(job_id: str) -> str:
    """The file that is read."""
    return f"{job_id}/upload"


def pages_key(job_id: str) -> str:
    """Above the results of all pages."""
    return f"{job_id}/pages"


def page_key(job_id: str, page: int) -> str:
    """What was read of one page."""
    return f"{job_id}/pages/{page}"


def result_key(job_id: str, name: str) -> str:
    """One form of the result."""
    return f"{job_id}/results/{name}"


def is_upload(key: str) -> bool:
    """Whether a key is that of a file that is read."""
    return key.endswith("/upload")
