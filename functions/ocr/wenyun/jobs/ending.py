"""How a job ends, and what it leaves."""

from wenyun.errors import WenyunError
from wenyun.jobs.ports import Ports, pages_key, upload_key
from wenyun.stores.jobs import Failure


def fail(ports: Ports, job_id: str, error: WenyunError) -> None:
    """Say why a job failed, unless it ended otherwise before; raises StoreFaultError."""
    ports.jobs.fail(job_id, Failure(error.code, error.message, error.message_zh))
    clear(ports, job_id)


def clear(ports: Ports, job_id: str) -> None:
    """Remove what a job that has ended needs no more, and all of one that is gone; tell its end.

    Raises:
        StoreFaultError: To be called again.

    """
    job = ports.jobs.get(job_id)
    if job is None:
        ports.blobs.delete(job_id)
        return
    ports.blobs.delete(pages_key(job_id))
    ports.blobs.delete(upload_key(job_id))
    if job.ended:
        ports.herald.ended(job)
