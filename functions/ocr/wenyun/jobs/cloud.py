"""Jobs on AWS, where functions come and go and the stores stay."""

import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

if TYPE_CHECKING:
    from wenyun.jobs.desk import Desk

MOST_JOBS = 10_000
"""Unfinished jobs; at a hundred pages each, a day's work of fifty functions."""


class Links(Protocol):
    """Signs addresses of the stores."""

    def upload(self, job_id: str, media_type: str, size: int, seconds: int) -> dict[str, Any]:
        """Where a form puts the upload of a job: `url` and `fields`."""

    def result(self, key: str, media_type: str, disposition: str, seconds: int) -> str:
        """Where a blob can be fetched."""


@dataclass(frozen=True, slots=True)
class CloudPlace:
    """All that accepting jobs needs on AWS."""

    desk: "Desk"
    links: Links

    @contextmanager
    def spool(self) -> Iterator[tuple[Path, BinaryIO]]:
        """A new file on the function's own disk; gone when the block ends."""
        with tempfile.TemporaryDirectory(prefix="wenyun-") as folder:
            path = Path(folder) / "upload"
            with path.open("wb") as file:
                yield path, file


class CloudJobs:
    """The jobs of a function; nothing is loaded before the first one comes.

    Args:
        make: Opens the stores; raises StoreFaultError.

    """

    files = False
    streams = False

    def __init__(self, make: Callable[[], CloudPlace]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._place: CloudPlace | None = None
        self.closing = threading.Event()

    def open(self) -> CloudPlace:
        """The place, made by the first who asks; a failure is not remembered."""
        with self._lock:
            if self._place is None:
                self._place = self._make()
            return self._place

    def usable(self) -> bool:
        """The settings name every store; whether they answer shows when they are asked."""
        return True
