"""Where jobs are accepted, asked for and withdrawn."""

import secrets
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wenyun.errors import WenyunError
from wenyun.jobs.ports import Ports, upload_key
from wenyun.options import parse_options
from wenyun.stores.jobs import Job
from wenyun.stores.objects import StoreFaultError
from wenyun.stores.tasks import Message

KEEP_SECONDS = 7 * 24 * 3600.0
"""After so long a job and its results are removed."""

UPLOAD_SECONDS = 15 * 60.0
"""For so long after a job was announced its file may be sent."""

RESERVE = 256 * 1024 * 1024
"""Bytes of the disk that stay free, for results and for everybody else."""

MAX_NAME_CHARS = 200


@dataclass(frozen=True, slots=True)
class Limits:
    """What is accepted: bytes of one file, unfinished jobs, and bytes that they have together."""

    bytes: int
    jobs: int = 1000
    total_bytes: int = 4_000_000_000


@dataclass(frozen=True, slots=True)
class Desk:
    """Accepts jobs; what it has accepted is kept durably.

    Args:
        ports: Where jobs live.
        limits: What is accepted.
        profile: The profile of jobs that name none.
        room: Tells how many bytes can still be stored.
        heard: Whether what works on jobs hears by itself of a file that comes, as by an event of
            its bucket. Then the file is kept last, for the job must be there by then.
        wake: Called when there is work.
        clock: Seconds since 1970.

    """

    ports: Ports
    limits: Limits
    profile: str = "balanced"
    room: Callable[[], int] = lambda: RESERVE * 1000
    wake: Callable[[], None] = lambda: None
    heard: bool = False
    clock: Callable[[], float] = time.time

    def announce(self, name: str, media_type: str, size: int, raw: Mapping[str, Any]) -> Job:
        """Accept a job whose file is to come.

        Args:
            name: The file's name.
            media_type: Its type.
            size: Its bytes.
            raw: Option name to value, as the client wrote them.

        Raises:
            WenyunError: `unknown_option`, `invalid_option`, `file_too_large` or `busy`.
            StoreFaultError: It cannot be kept.

        """
        self.check(size)
        job = self._new(name, media_type, size, raw)
        self.ports.jobs.create(job)
        return job

    def submit(self, name: str, media_type: str, path: Path, raw: Mapping[str, Any]) -> Job:
        """Accept a job with its file, which is taken from its path; raises as `announce`."""
        job = self._new(name, media_type, path.stat().st_size, raw)
        if self.heard:
            self._create_with(job, path)
            return job
        self.ports.blobs.put_file(upload_key(job.id), path)
        self.ports.jobs.create(job)
        self._start(job.id)
        return job

    def arrived(self, job_id: str, path: Path) -> None:
        """Take the file of a job that was announced; of several the first is read.

        Raises:
            WenyunError: `job_not_found`.
            StoreFaultError: It cannot be kept.

        """
        if self.get(job_id).state != "waiting":
            return
        self.ports.blobs.put_file(upload_key(job_id), path)
        if self.ports.jobs.get(job_id) is None:
            self.ports.blobs.delete(job_id)
            raise WenyunError("job_not_found")
        self._start(job_id)

    def get(self, job_id: str) -> Job:
        """A job; raises `job_not_found`, also when its time is over."""
        job = self.ports.jobs.get(job_id)
        if job is None or job.expires <= self.clock():
            raise WenyunError("job_not_found")
        return job

    def delete(self, job_id: str) -> None:
        """Forget a job; what has begun is finished, and its result is dropped."""
        self.ports.jobs.delete(job_id)
        self.ports.blobs.delete(job_id)

    def check(self, size: int) -> None:
        """Refuse what there is no room for; raises `file_too_large` or `busy`."""
        if size > self.limits.bytes:
            raise too_large(self.limits.bytes)
        load = self.ports.jobs.load()
        if load.jobs >= self.limits.jobs or load.bytes + size > self.limits.total_bytes:
            raise WenyunError(
                "busy",
                f"{load.jobs} jobs are waiting, and no more are accepted for now.",
                f"已有 {load.jobs} 个任务在等待，请稍后再提交。",
                retry_after=30,
            )
        if self.room() < size + RESERVE:
            raise full()

    def _new(self, name: str, media_type: str, size: int, raw: Mapping[str, Any]) -> Job:
        parse_options(raw)
        now = self.clock()
        return Job(
            id=secrets.token_hex(16),
            name=clean_name(name),
            type=_printable(media_type)[:MAX_NAME_CHARS],
            size=size,
            options={"profile": self.profile, **raw},
            created=now,
            expires=now + KEEP_SECONDS,
            updated=now,
        )

    def _create_with(self, job: Job, path: Path) -> None:
        self.ports.jobs.create(job)
        try:
            self.ports.blobs.put_file(upload_key(job.id), path)
        except StoreFaultError:
            # Otherwise it would wait for a file until the sweep finds it.
            with suppress(StoreFaultError):
                self.ports.jobs.delete(job.id)
            raise

    def _start(self, job_id: str) -> None:
        self.ports.tasks.send([Message(job_id, "plan")])
        self.wake()


def clean_name(name: str) -> str:
    """A file's name for showing: its last part, on one line, of bounded length."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = _printable(last).strip(" .")
    return shown[:MAX_NAME_CHARS] or "document"


def _printable(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable())


def too_large(limit: int) -> WenyunError:
    """`file_too_large`, saying the limit of jobs."""
    return WenyunError(
        "file_too_large",
        f"The file is larger than {limit:,} bytes, the limit of a job. Split the document, or "
        "raise OCR_MAX_BYTES on a server of your own.",
        f"文件超过了任务的上限 {limit:,} 字节。请拆分文档；自建服务器可调大 OCR_MAX_BYTES。",
    )


def full() -> WenyunError:
    """`busy`, because the disk is full."""
    return WenyunError(
        "busy",
        "There is no room left to store jobs.",
        "存储空间不足，暂时无法接收任务。",
        retry_after=60,
    )
