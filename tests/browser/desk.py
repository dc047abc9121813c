"""Jobs of the fake service: announced, uploaded, read page by page, withdrawn."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.browser.forms import Post
from tests.browser.forms_out import KINDS

PATIENCE = 20.0
"""Seconds: a watcher is let go after them, whatever the job does."""

ENDED = ("succeeded", "failed")


@dataclass(slots=True)
class Job:
    """One job and the file that came for it."""

    id: str
    told: dict[str, Any]
    post: Post | None = None
    state: str = "waiting"
    done: int = 0


@dataclass(slots=True)
class Desk:
    """Takes jobs of `pages` pages and ends each at once, unless told otherwise.

    Args:
        pages: How many pages each document has.
        stop_at: Pages after which a job goes no further; None lets it run to its end.
        error: What jobs fail with, as {code, message, message_zh}.
        bucket: Origin that files are uploaded to and results come from; "" for the service's own.
        streams: Whether progress is told as server-sent events where a client asks for them.

    """

    pages: int = 7
    stop_at: int | None = None
    error: dict[str, str] | None = None
    bucket: str = ""
    streams: bool = True
    jobs: dict[str, Job] = field(default_factory=dict)
    withdrawn: list[str] = field(default_factory=list)
    asked: int = 0
    _moved: threading.Condition = field(default_factory=threading.Condition)

    def let_run(self, stop_at: int | None = None) -> None:
        """Go on to that page, or to the end."""
        with self._moved:
            self.stop_at = stop_at
            self._moved.notify_all()

    def announce(self, told: dict[str, Any], origin: str) -> dict[str, Any]:
        """A new job whose file is to come."""
        job = self._new(told)
        url = f"{self.bucket or origin}/bucket/{job.id}"
        fields = {"key": f"uploads/{job.id}", "policy": "p", "x-amz-signature": "s"}
        moment = "2099-01-01T00:00:00Z"
        return {
            "job_id": job.id,
            "upload": {"url": url, "fields": fields},
            "expires_at": moment,
        }

    def submit(self, post: Post) -> dict[str, Any]:
        """A new job that came with its file."""
        job = self._new({"name": post.name, "options": dict(post.fields)})
        job.post = post
        return {"job_id": job.id}

    def upload(self, job_id: str, post: Post) -> bool:
        """Take an announced job's file; false where a bucket would refuse it."""
        job = self.jobs.get(job_id)
        # S3 reads a form up to the file and ignores what comes behind.
        signed = post.order[-1:] == ("file",) and {"key", "policy"} <= post.fields.keys()
        if job is None or not signed:
            return False
        job.post = post
        return True

    def withdraw(self, job_id: str) -> None:
        """Forget a job."""
        self.withdrawn.append(job_id)
        self.jobs.pop(job_id, None)

    def show(self, job_id: str, origin: str) -> dict[str, Any] | None:
        """The job as a client sees it, one step further than the last time."""
        self.asked += 1
        job = self.jobs.get(job_id)
        if job is None:
            return None
        self._step(job)
        ended = job.state == "succeeded"
        place = f"{self.bucket or origin}/bucket/{job.id}"
        return {
            "job_id": job.id,
            "state": job.state,
            "pages_done": job.done,
            "pages_total": None if job.state == "waiting" else self.pages,
            "error": self.error if job.state == "failed" else None,
            "results": {name: f"{place}/{name}" for name in _formats(job)} if ended else {},
            "expires_at": "2099-01-01T00:00:00Z",
        }

    def watch(self, job_id: str, origin: str) -> Iterator[bytes]:
        """The job's progress as server-sent events."""
        end = time.monotonic() + PATIENCE
        told = None
        while time.monotonic() < end:
            shown = self.show(job_id, origin)
            if shown is None:
                yield b'event: error\ndata: {"code": "job_not_found"}\n\n'
                return
            name = "end" if shown["state"] in ENDED else "progress"
            if shown != told:
                yield f"event: {name}\ndata: {json.dumps(shown)}\n\n".encode()
            told = shown
            if name == "end":
                return
            with self._moved:
                self._moved.wait(0.05)

    def _new(self, told: dict[str, Any]) -> Job:
        job = Job(f"{len(self.jobs) + len(self.withdrawn) + 1:032x}", told)
        self.jobs[job.id] = job
        return job

    def _step(self, job: Job) -> None:
        """Waiting, then a page a step, then its end."""
        if job.post is None or job.state in ENDED:
            return
        if job.state == "waiting":
            job.state = "running"
        elif job.done < (self.pages if self.stop_at is None else self.stop_at):
            job.done += 1
        elif self.stop_at is None:
            job.state = "failed" if self.error else "succeeded"


def _formats(job: Job) -> list[str]:
    """What the job was asked for; by default as the contract says."""
    asked = str(job.told.get("options", {}).get("format", ""))
    pdf = str(job.told.get("name", "")).lower().endswith(".pdf")
    names = asked.split(",") if asked else ["json", "text", *(["pdf"] if pdf else [])]
    return [name for name in names if name in KINDS]
