"""Jobs on one machine: opened at first need, resumed after a restart, ended with the server."""

import logging
import os
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from wenyun.stores.objects import StoreFaultError

if TYPE_CHECKING:
    from wenyun.jobs.desk import Desk
    from wenyun.jobs.signing import Signer
    from wenyun.jobs.supervisor import Supervisor

log = logging.getLogger(__name__)


Figures = Mapping[str, Mapping[str, float]]
"""`jobs` and `tasks` by state, and the age of the `oldest`."""


class Shelf(Protocol):
    """Blobs that are files here."""

    def path(self, key: str) -> Path:
        """Where a key's file is."""

    def spool(self) -> AbstractContextManager[tuple[Path, BinaryIO]]:
        """A new file to fill; gone when the block ends, unless it was given a place."""


@dataclass(frozen=True, slots=True)
class Place:
    """All that jobs need on one machine."""

    desk: "Desk"
    shelf: Shelf
    signer: "Signer"
    supervisor: "Supervisor"
    close: Callable[[], None] = lambda: None
    figures: Callable[[], Figures] = dict

    def spool(self) -> AbstractContextManager[tuple[Path, BinaryIO]]:
        """A new file to fill, on the disk where it will stay."""
        return self.shelf.spool()


class LocalJobs:
    """The jobs of a server; nothing is made on the disk before the first one comes.

    Args:
        database: The file whose presence says that there have been jobs.
        make: Opens everything; raises StoreFaultError.

    """

    files = True
    streams = True

    def __init__(self, database: Path, make: Callable[[], Place]) -> None:
        self._database = database
        self._make = make
        self._lock = threading.Lock()
        self._place: Place | None = None
        self.closing = threading.Event()

    def open(self) -> Place:
        """The place, made by the first who asks; a failure is not remembered.

        Raises:
            StoreFaultError: It cannot be opened.

        """
        with self._lock:
            if self._place is None:
                self._place = self._make()
            return self._place

    def usable(self) -> bool:
        """Whether there is, or could be made, a directory that can be written to."""
        homes = [self._database.parent.absolute(), *self._database.parent.absolute().parents]
        home = next(home for home in homes if home.exists())
        return home.is_dir() and os.access(home, os.W_OK | os.X_OK)

    def figures(self) -> Figures:
        """How many jobs and tasks there are; nothing where none came yet, or nobody can tell."""
        place = self._place
        try:
            return place.figures() if place else {}
        except StoreFaultError:
            return {}

    def resume(self) -> None:
        """Go on with what an earlier server left, without holding up this one's start."""
        if self._database.exists():
            threading.Thread(target=self._resume, name="wenyun-resume", daemon=True).start()

    def close(self) -> None:
        """Begin to stop; safe in a signal handler."""
        self.closing.set()
        if self._place:
            self._place.supervisor.close()

    def stop(self) -> None:
        """Wait for the pages at hand; the next start goes on with the rest."""
        self.close()
        with self._lock:
            if self._place:
                self._place.supervisor.stop()
                self._place.close()

    def _resume(self) -> None:
        try:
            self.open().supervisor.wake()
        except StoreFaultError as error:
            log.error("Jobs cannot go on: %s", error)
