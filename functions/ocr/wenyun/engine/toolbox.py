"""The engine's models, opened through the session cache, and the threads that lines are read on."""

import threading

from wenyun.engine.charset import Charset, load_charset
from wenyun.engine.classify import LineAngle
from wenyun.engine.ctc import Decoder
from wenyun.engine.decoding.aids import NOTHING, Wishes, aids_of
from wenyun.engine.decoding.alphabet import Alphabet
from wenyun.engine.decoding.beam import Guide
from wenyun.engine.decoding.language import LanguageGuide, Ngrams
from wenyun.engine.detect import Detector, DetectorSettings
from wenyun.engine.lanes import FairThreads
from wenyun.engine.recognise import Recogniser
from wenyun.models.manifest import REQUIRED, LayerError
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
        self._alphabets: dict[tuple[str, str], Alphabet] = {}
        self._guides: dict[str, LanguageGuide] = {}
        self._ngrams: Ngrams | None = None

    def warm(self) -> None:
        """Open what every request needs: the CRNN and the detector."""
        for role in REQUIRED:
            self.sessions.get(role)
        self._decoder(FIRST, "zh")

    def detector(self, role: str) -> Detector:
        """The detector of a role."""
        entry = self.sessions.manifest.entry(role)
        return Detector(entry, self.sessions.get(role), DetectorSettings())

    def recogniser(self, role: str, lang: str, wishes: Wishes = NOTHING) -> Recogniser:
        """The recogniser of a role for a language, with what the request knows of its lines."""
        entry = self.sessions.manifest.entry(role)
        decoder = self._decoder(role, lang)
        if wishes:
            decoder = decoder.aided(aids_of(wishes, self._alphabet(role, lang)))
        return Recogniser(entry, self.sessions.get(role), decoder)

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
                charset = self._charset(role)
                self._decoders[role, lang] = Decoder(charset, lang, self._guide(role))
            return self._decoders[role, lang]

    def _alphabet(self, role: str, lang: str) -> Alphabet:
        with self._lock:
            if (role, lang) not in self._alphabets:
                charset = self._charset(role)
                mask = charset.mask(lang).tolist()
                self._alphabets[role, lang] = Alphabet(charset.characters, mask, charset.blank)
            return self._alphabets[role, lang]

    def _guide(self, role: str) -> Guide | None:
        """The layer's n-grams as they count for a reader, if they do."""
        entry, path = self.sessions.manifest.entry(role), self.sessions.manifest.language
        if path is None or not entry.language_weight:
            return None
        self._ngrams = self._ngrams or Ngrams(path)
        if role not in self._guides:
            characters = self._charset(role).characters
            self._guides[role] = LanguageGuide(
                self._ngrams, characters, entry.language_weight, entry.language_bonus
            )
        return self._guides[role]

    def _charset(self, role: str) -> Charset:
        if role not in self._charsets:
            entry = self.sessions.manifest.entry(role)
            if entry.charset is None:
                raise LayerError(f"the recogniser '{role}' names no charset")
            self._charsets[role] = load_charset(entry.charset, entry.blank)
        return self._charsets[role]
