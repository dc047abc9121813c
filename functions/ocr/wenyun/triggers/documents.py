"""A long document of the inbox becomes a job: many functions read its pages at once."""

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wenyun.jobs.desk import KEEP_SECONDS
from wenyun.jobs.origin import inbox_job, object_name
from wenyun.jobs.ports import Ports, upload_key
from wenyun.observe.facts import note
from wenyun.stores.jobs import Job
from wenyun.stores.objects import StoredObject
from wenyun.stores.register import stamp_of
from wenyun.triggers.events import Arrival


@dataclass(frozen=True, slots=True)
class Documents:
    """Accepts documents; who hears of one twice accepts it once.

    The file is copied to where jobs have theirs, so that all pages are read from the same bytes
    whatever is written to the inbox meanwhile; the copy's arrival begins the work.

    Args:
        ports: Where jobs live.
        profile: The profile of documents that name none.
        clock: Seconds since 1970.

    """

    ports: Ports
    profile: str = "balanced"
    clock: Callable[[], float] = time.time

    def accept(self, arrival: Arrival, stored: StoredObject, options: Mapping[str, str]) -> None:
        """Make its job, unless there is one; raises StoreFaultError."""
        stamp = stamp_of(arrival.sequencer) or hashlib.sha256(stored.data).hexdigest()
        job_id = inbox_job(arrival.bucket, arrival.key, stamp)
        job = self.ports.jobs.get(job_id)
        if job and job.ended:
            self.ports.herald.ended(job)
        elif not job or job.state == "waiting":
            if not job:
                self.ports.jobs.create(self._new(job_id, arrival, stored, options))
            self.ports.blobs.put(upload_key(job_id), stored.data)
            note(job_id=job_id, code="job")

    def _new(
        self, job_id: str, arrival: Arrival, stored: StoredObject, options: Mapping[str, str]
    ) -> Job:
        now = self.clock()
        return Job(
            id=job_id,
            name=object_name(arrival.bucket, arrival.key),
            type="",
            size=len(stored.data),
            options={"profile": self.profile, **options},
            created=now,
            expires=now + KEEP_SECONDS,
            updated=now,
        )
