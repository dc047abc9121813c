"""What is told when a job has ended: results beside the inbox, or a file that others hear of."""

import json
import logging
from dataclasses import asdict, dataclass
from typing import Any

from wenyun.errors import WenyunError
from wenyun.exports.render import FORMS
from wenyun.jobs.origin import from_inbox, inbox_job, object_place
from wenyun.settings import Settings
from wenyun.stores.blobs import BlobMissingError, BlobStore
from wenyun.stores.jobs import Failure, Job
from wenyun.stores.letters import Post
from wenyun.stores.objects import ObjectStore
from wenyun.stores.register import Register
from wenyun.triggers.inbox import read_again
from wenyun.triggers.results import error_file, result_key

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BucketHerald:
    """Writes to the bucket of results, whose events others can listen to; see `Herald`.

    Args:
        objects: Where that is written.
        blobs: Where results lie.
        settings: The bucket's name.
        register: Which object of a name is the newest.
        post: Where an object is told of again.

    """

    objects: ObjectStore
    blobs: BlobStore
    settings: Settings
    register: Register
    post: Post

    @property
    def listened(self) -> bool:
        """Always."""
        return True

    def ended(self, job: Job) -> None:
        """Tell it; repeatable."""
        if from_inbox(job.id):
            self._publish(job)
        else:
            self._put(ended_key(job.id), _json(told(job)), "application/json")

    def _publish(self, job: Job) -> None:
        """Results under the names of the inbox, unless a newer object has that name."""
        bucket, key = object_place(job.name)
        newest = self.register.newest(bucket, key)
        if newest and inbox_job(bucket, key, newest) != job.id:
            log.info("Passed over job %s: a newer object arrived", job.id)
            return
        if newest and self.register.standing(bucket, key, newest) != "newest":
            return
        if job.error:
            self._failure(key, job.id, job.error)
        else:
            self._results(key, job)
        if newest and not self.register.finish(bucket, key, newest):
            read_again(self.register, self.post, bucket, key)

    def _results(self, key: str, job: Job) -> None:
        try:
            for file in job.results.values():
                data = self.blobs.get(file.key)
                self._put(result_key(key, file.extension.removeprefix(".")), data, file.media_type)
        except BlobMissingError:
            log.error("The results of job %s are gone", job.id)
            return
        self.objects.delete(self.settings.result_bucket, result_key(key, "error.json"))

    def _failure(self, key: str, job_id: str, failure: Failure) -> None:
        error = WenyunError(failure.code, failure.message, failure.message_zh)
        file = error_file(key, error, job_id)
        self._put(file.key, file.data, file.content_type)
        for form in FORMS.values():
            old = result_key(key, form.extension.removeprefix("."))
            self.objects.delete(self.settings.result_bucket, old)

    def _put(self, key: str, data: bytes, content_type: str) -> None:
        self.objects.put(self.settings.result_bucket, key, data, content_type)


def ended_key(job_id: str) -> str:
    """The file whose arrival says that a job has ended."""
    return f"jobs/{job_id}/ended"


def told(job: Job) -> dict[str, Any]:
    """What stands in it."""
    return {
        "job_id": job.id,
        "name": job.name,
        "state": job.state,
        "pages_total": job.pages_total,
        "error": asdict(job.error) if job.error else None,
        "formats": list(job.results),
    }


def _json(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
