"""Memory that is given back when reading has come to rest, in processes that live on."""

import contextlib
import logging
import threading
import time
from collections.abc import Callable

from wenyun.deadline import Deadline
from wenyun.documents.reader import Progress, Reader
from wenyun.options import Options
from wenyun.result import Document

log = logging.getLogger("wenyun.documents")


class TidyReader:
    """A reader that tidies up after itself, at most once in so many seconds.

    What readings leave behind is free, but kept for the next: by the runtime and by the C library.
    What happens to be in use at the same time makes both grow over hours.

    Args:
        reader: Does the reading.
        tidy: Gives memory back; called on a thread of its own, also while others read.
        seconds: From the end of a reading.

    """

    def __init__(self, reader: Reader, tidy: Callable[[], object], seconds: float) -> None:
        self._reader = reader
        self._tidy = tidy
        self._seconds = seconds
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def read(
        self,
        data: bytes,
        options: Options,
        deadline: Deadline,
        *,
        max_pages: int | None = None,
        progress: Progress | None = None,
    ) -> Document:
        """Read the pages that are asked for; see `Reader`."""
        try:
            return self._reader.read(
                data, options, deadline, max_pages=max_pages, progress=progress
            )
        finally:
            self._soon()

    def count(self, data: bytes, options: Options, deadline: Deadline) -> int:
        """How many pages there are to read; see `Reader`."""
        return self._reader.count(data, options, deadline)

    def warm(self) -> None:
        """Open the models; see `Reader`."""
        self._reader.warm()

    def models(self) -> dict[str, str]:
        """Role to name of each model of the layer."""
        return self._reader.models()

    def _soon(self) -> None:
        self._ended.set()
        with self._lock, contextlib.suppress(RuntimeError):
            # Where the system gives no more threads, the next reading tries again.
            if self._thread is None:
                thread = threading.Thread(target=self._serve, name="wenyun-tidy", daemon=True)
                thread.start()
                self._thread = thread

    def _serve(self) -> None:
        while self._ended.wait():
            # First: a reading that ends from here on is tidied up after in the next round.
            self._ended.clear()
            time.sleep(self._seconds)
            try:
                self._tidy()
            except Exception:
                log.exception("Memory could not be given back")
