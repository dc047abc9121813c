"""The engine's models, opened through the session cache, and the threads that lines are read on."""

import threading

from wenyun.engine.charset import Charset, load_charset
from wenyun.engine.classify import LineAngle
from wenyun.engine.ctc import Decoder
from wenyun.engine.detect import Detector, DetectorSettings
from wenyun.engine.lanes import FairThreads
from wenyun.engine.recognise import Recogniser
from wenyun.models.manifest import LayerError
from wenyun.models.sessions import SessionCache

FIRST, SECOND = "recogniser", "second"


class Toolbox:
    """Hands out detectors and recognisers; safe to use from several threads.

    Args:
        sessions: The session cache.
        threads: How many lines are read side by side, on threads that start at first need.
    """

    def __init__(self, sessions: SessionCache, threads: int) -> None:
        self.sessions = sessions
        self.executor = FairThreads(threads)
        self._lock = threading.Lock()
        self._charsets: dict[str, Charset] = {}
        self._decoders: dict[tuple[str, str], Decoder] = {}

    def warm(self) -> None:
        """Open what every request needs: the CRNN and the detector."""
        for role in (FIRST, "detector"):
            self.sessions.get(role)
        self._decoder(FIRST, "zh")

    def detector(self, role: str) -> Detector:
        """The detector of a role."""
        entry = self.sessions.manifest.entry(role)
        return Detector(entry, self.sessions.get(role), DetectorSettings())

    def recogniser(self, role: str, lang: str) -> Recogniser:
        """The recogniser of a role for a language."""
        entry = self.sessions.manifest.entry(role)
        return Recogniser(entry, self.sessions.get(role), self._decoder(role, lang))

    def line_angle(self) -> LineAngle | None:
        """The classifier of lines that stand on their head, if the layer has one."""
        if "line_angle" not in self.sessions.manifest.models:
            return None
        entry = self.sessions.manifest.entry("line_angle")
        return LineAngle(entry, self.sessions.get("line_angle"))

    def has_second(self) -> bool:
        """Whether the layer has a second recogniser."""
        return SECOND in self.sessions.manifest.models

    def _decoder(self, role: str, lang: str) -> Decoder:
        with self._lock:
            if (role, lang) not in self._decoders:
                self._decoders[role, lang] = Decoder(self._charset(role), lang)
            return self._decoders[role, lang]

    def _charset(self, role: str) -> Charset:
        if role not in self._charsets:
            entry = self.sessions.manifest.entry(role)
            if entry.charset is None:
                raise LayerError(f"the recogniser '{role}' names no charset")
            self._charsets[role] = load_charset(entry.charset, entry.blank)
        return self._charsets[role]
