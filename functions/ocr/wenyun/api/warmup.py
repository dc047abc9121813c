"""Opening the models before the first picture comes, without holding up the port."""

import logging
import threading
import time

from wenyun.documents.reader import Reader
from wenyun.observe.facts import milliseconds, tell

log = logging.getLogger("wenyun.api")


class Warmup:
    """Warms the reader once; a failure is logged and the next question tries again."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._done = threading.Event()
        self.seconds: float | None = None
        """What opening the models took; None while they are not open."""

    def start(self) -> None:
        """Begin on a thread of its own, unless that has happened."""
        with self._lock:
            if self._done.is_set() or (self._thread and self._thread.is_alive()):
                return
            self._thread = threading.Thread(target=self._run, name="wenyun-warmup", daemon=True)
            self._thread.start()

    def ready(self, patience: float) -> bool:
        """Whether the models are open; waits up to `patience` seconds for them."""
        self.start()
        return self._done.wait(patience)

    def _run(self) -> None:
        begun = time.monotonic()
        try:
            self._reader.warm()
        except Exception:
            log.exception("The models could not be opened")
        else:
            self.seconds = time.monotonic() - begun
            self._done.set()
            tell(log, "start", "The models are open", {"models_ms": milliseconds(self.seconds)})
