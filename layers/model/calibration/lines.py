"""Drawn lines as the engine reads them, with nothing known of them and with something known."""

import unicodedata
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.shards import Shard, shards
from wenyun.deadline import NEVER, Deadline
from wenyun.engine.ctc import Reading
from wenyun.engine.decoding.aids import NOTHING, Wishes
from wenyun.engine.recognise import LineCrop, Recogniser
from wenyun.engine.toolbox import Toolbox
from wenyun.models.manifest import load_manifest
from wenyun.models.sessions import FloatArray, Session, SessionCache, open_session

Picture = npt.NDArray[np.uint8]
WORDS = 200
"""Words of a lexicon; every second line's own text is among them."""

KINDS = ("date", "amount", "id_number")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line: (48, W, 3) uint8 BGR, and what it says."""

    picture: Picture
    text: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read of a line, whether it is right, and what was known: nothing, words, fields."""

    reading: Reading
    right: bool
    known: str


def drawn(folder: Path, most: int) -> list[Drawn]:
    """Lines of a folder of shards."""
    found: list[Drawn] = []
    for path in shards(folder):
        shard = Shard(path)
        for number in range(min(len(shard), most - len(found))):
            picture = np.ascontiguousarray(shard.picture(number))
            found.append(Drawn(picture, shard.text(number)))
    return found


class Replay:
    """A session that runs a line once and answers the same until the next."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.last: FloatArray | None = None

    def run(self, batch: FloatArray, deadline: Deadline = NEVER) -> FloatArray:
        """As in `Session`."""
        if self.last is None:
            self.last = self._session.run(batch, deadline)
        return self.last

    def shrink(self) -> None:
        """As in `Session`."""
        self._session.shrink()


class LineReader:
    """Reads lines with one role of a layer."""

    def __init__(self, models: Path, role: str) -> None:
        manifest = load_manifest(models)
        self.entry = manifest.entry(role)
        self._replay = Replay(open_session(self.entry, 1))
        cache = SessionCache(manifest, 1, lambda *_: self._replay)
        self._tools = Toolbox(cache, 1)
        self._role = role
        self._executor = ThreadPoolExecutor(1)

    def read(self, lines: Sequence[Drawn], lang: str = "zh") -> Iterator[list[Seen]]:
        """Each line three times: with nothing known, with fields expected, with a lexicon."""
        for number, line in enumerate(lines):
            self._replay.last = None
            wishes = {
                "nothing": NOTHING,
                "fields": Wishes(expect=KINDS),
                "words": Wishes(lexicon=lexicon(lines, number)),
            }
            readers = {
                known: self._tools.recogniser(self._role, lang, wish)
                for known, wish in wishes.items()
            }
            readings = {known: self._one(reader, line) for known, reader in readers.items()}
            yield [
                Seen(reading, alike(reading.text, line.text), known)
                for known, reading in readings.items()
            ]

    def _one(self, reader: Recogniser, line: Drawn) -> Reading:
        ratio = line.picture.shape[1] / line.picture.shape[0]
        crop = LineCrop(ratio, partial(np.asarray, line.picture))
        return reader.read([crop], self._executor, Deadline())[0]


def lexicon(lines: Sequence[Drawn], number: int) -> tuple[str, ...]:
    """Texts of lines around a line, its own only where its number is even."""
    first = number - number % WORDS
    own = {number} if number % 2 else set()
    others = range(first, min(first + WORDS, len(lines)))
    return tuple(dict.fromkeys(lines[n].text for n in others if n not in own))


def alike(text: str, other: str) -> bool:
    """Whether two texts are the same but for spaces and width."""
    return folded(text) == folded(other)


def folded(text: str) -> str:
    """A text without spaces, of one width."""
    return "".join(unicodedata.normalize("NFKC", text).split())
