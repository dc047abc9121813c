"""The places that a job lives in, and the keys of its blobs."""

from dataclasses import dataclass

from wenyun.stores.blobs import BlobStore
from wenyun.stores.jobs import JobStore
from wenyun.stores.tasks import TaskQueue


@dataclass(frozen=True, slots=True)
class Ports:
    """Where jobs, their bytes and their tasks are kept."""

    jobs: JobStore
    blobs: BlobStore
    tasks: TaskQueue


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
