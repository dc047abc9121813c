"""A job, and where jobs are kept: every change is one conditional write that may be repeated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

State = Literal["waiting", "running", "succeeded", "failed"]

UNFINISHED: tuple[State, ...] = ("waiting", "running")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a job failed: a code of the contract and a sentence in both languages."""

    code: str
    message: str
    message_zh: str


@dataclass(frozen=True, slots=True)
class ResultFile:
    """One form of the result: its key in the blob store, what it is, how its name ends."""

    key: str
    media_type: str
    extension: str


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be read, and how far that has come.

    Attributes:
        id: 128 random bits in hex; keys and addresses are made of it.
        name: The file's name as the client gave it; for showing alone.
        type: The media type as the client gave it.
        size: Bytes of the file.
        options: What was asked for, as it was written; the password goes when the job ends.
        created: When it was accepted, in seconds since 1970.
        expires: When it and its results go.
        updated: When it last came further.
        pages_total: Pages to read; None until they are counted.
        pages_done: Pages read.

    """

    id: str
    name: str
    type: str
    size: int
    options: Mapping[str, Any]
    created: float
    expires: float
    state: State = "waiting"
    updated: float = 0.0
    pages_total: int | None = None
    pages_done: int = 0
    error: Failure | None = None
    results: Mapping[str, ResultFile] = field(default_factory=dict)

    @property
    def ended(self) -> bool:
        """Whether nothing will change any more."""
        return self.state not in UNFINISHED

    @property
    def complete(self) -> bool:
        """Whether every page is read."""
        return self.pages_total is not None and self.pages_done >= self.pages_total


@dataclass(frozen=True, slots=True)
class Load:
    """What is unfinished: how many jobs, and how many bytes their files have."""

    jobs: int
    bytes: int


class JobStore(Protocol):
    """Jobs.

    A method that returns a job returns it as it is after the change, or None where there is no
    such job or it has ended, and then nothing was changed. Each may be called again with the same
    arguments, and by several at once. All raise StoreFaultError where nothing can be stored now.
    """

    def create(self, job: Job) -> None:
        """Keep a new job; durable when this returns."""

    def get(self, job_id: str) -> Job | None:
        """A job, ended or not."""

    def begin(self, job_id: str) -> Job | None:
        """Say that work has begun."""

    def set_total(self, job_id: str, total: int) -> Job | None:
        """Say how many pages there are; the first to say so is believed."""

    def page_done(self, job_id: str, page: int) -> Job | None:
        """Count a page, once however often this is called."""

    def pages_done(self, job_id: str) -> set[int]:
        """The numbers of the pages that are counted."""

    def finish(self, job_id: str, results: Mapping[str, ResultFile]) -> Job | None:
        """Say that it succeeded, and forget its password."""

    def fail(self, job_id: str, failure: Failure) -> Job | None:
        """Say that it failed, and forget its password."""

    def delete(self, job_id: str) -> None:
        """Forget it; one that is not there is no error."""

    def load(self) -> Load:
        """What is waiting or running."""

    def idle(self, before: float) -> Sequence[Job]:
        """Unfinished jobs that have not come further since some time."""

    def expired(self, now: float) -> Sequence[str]:
        """Ids of jobs whose time is over."""
