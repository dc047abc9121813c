"""Where files go in and results come out on AWS: straight to the buckets and from them."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from wenyun.api.job_door import LINK_SECONDS
from wenyun.api.job_shapes import disposition
from wenyun.jobs.cloud import CloudPlace, Links
from wenyun.jobs.desk import UPLOAD_SECONDS
from wenyun.stores.jobs import Job

NO_TYPE = "application/octet-stream"
"""The type of what was announced without one that a form can send."""

_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]{1,100}")


@dataclass(frozen=True, slots=True)
class CloudDoor:
    """Addresses of the buckets.

    Args:
        links: Signs them.
        clock: Seconds since 1970.

    """

    links: Links
    clock: Callable[[], float] = time.time

    def upload(self, job: Job) -> dict[str, Any]:
        """Where the job's file goes, and the fields to send before it."""
        media_type = job.type if _TYPE.fullmatch(job.type) else NO_TYPE
        return self.links.upload(job.id, media_type, job.size, int(UPLOAD_SECONDS))

    def result(self, job: Job, name: str) -> str:
        """Where one form of the result is: for an hour, but no longer than the job."""
        result = job.results[name]
        seconds = max(1, int(min(LINK_SECONDS, job.expires - self.clock())))
        return self.links.result(result.key, result.media_type, disposition(job, result), seconds)


def cloud_door(_: Request, place: CloudPlace) -> CloudDoor:
    """The same for every client."""
    return CloudDoor(place.links)
