"""What time brings: jobs expire, stalled ones are put in line again, leftovers are removed."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from wenyun.errors import WenyunError
from wenyun.jobs.desk import UPLOAD_SECONDS
from wenyun.jobs.ending import fail
from wenyun.jobs.ports import Ports, upload_key
from wenyun.stores.tasks import Message

log = logging.getLogger(__name__)

STALLED_SECONDS = 300.0
"""An unfinished job that came no further for so long may have lost its message."""

LEFTOVER_SECONDS = 3600.0
"""Files that belong to no job are left alone for so long: theirs may be about to be written."""


class Leftovers(Protocol):
    """A blob store that can be searched for what nobody misses."""

    def homes(self, before: float) -> list[str]:
        """The first parts of all keys that have not changed since some time."""

    def forget_spools(self, before: float) -> None:
        """Remove half-written files of that age."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """Goes through the stores; to be run now and then, and by several at once without harm."""

    ports: Ports
    leftovers: Leftovers | None = None
    clock: Callable[[], float] = time.time

    def run(self, stalled_seconds: float = STALLED_SECONDS) -> None:
        """All of it; raises StoreFaultError."""
        now = self.clock()
        self.remove_expired(now)
        self.restart_stalled(now, now - stalled_seconds)
        self.remove_leftovers(now - LEFTOVER_SECONDS)

    def remove_expired(self, now: float) -> None:
        """Jobs whose time is over, with all that they left."""
        ports = self.ports
        for job_id in ports.jobs.expired(now):
            ports.jobs.delete(job_id)
            ports.blobs.delete(job_id)

    def restart_stalled(self, now: float, before: float) -> None:
        """Plan anew what has not moved; a job whose file never came has failed."""
        ports = self.ports
        for job in ports.jobs.idle(before):
            if job.pages_total is not None or ports.blobs.has(upload_key(job.id)):
                ports.tasks.send([Message(job.id, "plan")])
            elif job.created + UPLOAD_SECONDS < now:
                self._never_came(job.id)

    def fail_forgotten(self, now: float) -> None:
        """The second half of `restart_stalled` alone."""
        for job in self.ports.jobs.idle(now - UPLOAD_SECONDS):
            if job.pages_total is None and not self.ports.blobs.has(upload_key(job.id)):
                self._never_came(job.id)

    def _never_came(self, job_id: str) -> None:
        if self.ports.herald.listened:
            # No message is left of it. Should this break off before its end is told, that one
            # finds it ended and tells.
            self.ports.tasks.send([Message(job_id, "plan")])
        fail(self.ports, job_id, never_came())

    def remove_leftovers(self, before: float) -> None:
        """Files of jobs that are gone, and files that were never finished."""
        ports = self.ports
        if self.leftovers is None:
            return
        for job_id in self.leftovers.homes(before):
            if ports.jobs.get(job_id) is None:
                log.info("Removing what is left of job %s", job_id)
                ports.blobs.delete(job_id)
        self.leftovers.forget_spools(before)


def never_came() -> WenyunError:
    """What is said of a job whose file was not sent."""
    return WenyunError(
        "missing_image", "The file was not sent in time.", "未在规定时间内上传文件。"
    )
