"""What the HTTP edge needs of jobs, wherever they live."""

import threading
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO, Protocol

from wenyun.jobs.desk import Desk


class JobPlace(Protocol):
    """Where jobs are accepted."""

    @property
    def desk(self) -> Desk:
        """Accepts them."""

    def spool(self) -> AbstractContextManager[tuple[Path, BinaryIO]]:
        """A new file to fill; gone when the block ends, unless it was given a place."""


class JobService(Protocol):
    """The jobs of a deployment.

    Attributes:
        files: Whether files go in and results come out through routes of ours; otherwise the
            store's own addresses are given.
        streams: Whether a connection may stay open to tell of progress.
        closing: Set when the server stops.

    """

    files: bool
    streams: bool
    closing: threading.Event

    def open(self) -> JobPlace:
        """The place, made by the first who asks; raises StoreFaultError."""

    def usable(self) -> bool:
        """Whether jobs can be taken."""
