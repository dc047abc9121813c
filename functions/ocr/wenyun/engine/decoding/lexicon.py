"""The caller's words: a part of a line that is nearly one of them is read as it, if the ink allows.

What decides is CTC's own probability of the word on the steps that show the part, beside that of
what was read there. A word that the picture does not show has none, however alike the texts are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import exp

import numpy as np
import numpy.typing as npt

from wenyun.engine.decoding.align import score
from wenyun.engine.decoding.alphabet import Alphabet, folded
from wenyun.engine.decoding.draft import Draft
from wenyun.engine.decoding.near import nearest

FloatArray = npt.NDArray[np.float32]

MARGIN = 6.0
"""What a changed character may cost in ln of the probability: 400 to 1."""

APART = 0.4
"""Share of a word's characters that may be read otherwise."""

MOST_COMPARED, MOST_TRIED = 48, 8
"""Words that a line's text, and then its picture, is compared with, the nearest first."""

MOST_CHANGES = 8
"""Words that may be put into one line."""

SHORTEST = 2
"""Characters of a word that can be told from others."""


@dataclass(frozen=True, slots=True)
class Near:
    """A word that is nearly found in a line: its number, edits, and where."""

    word: int
    edits: int
    start: int
    end: int


class Lexicon:
    """The words that one recogniser can read."""

    def __init__(self, words: tuple[str, ...], alphabet: Alphabet) -> None:
        self._alphabet = alphabet
        spelled = [(word, alphabet.spell(word)) for word in words]
        kept = [(plain(word), labels) for word, labels in spelled if labels]
        self.words = [(text, labels) for text, labels in kept if len(text) >= SHORTEST]
        self._whole = {text for text, _ in self.words}
        self._numbers = {mark: n for n, mark in enumerate(sorted(set("".join(self._whole))), 1)}
        self._lengths = np.array([len(text) for text, _ in self.words], np.intp)
        self._codes = np.zeros((len(self.words), int(max(self._lengths, default=0))), np.intp)
        for row, (text, _) in zip(self._codes, self.words, strict=True):
            row[: len(text)] = [self._numbers[mark] for mark in text]

    def __call__(self, draft: Draft, probabilities: FloatArray) -> Draft:
        """The draft with every part that is nearly a word spelled as it."""
        for _ in range(MOST_CHANGES):
            text, places = shown(self._alphabet.read(draft.labels))
            if text in self._whole:
                return replace(draft, by="lexicon")
            changed = self._changed(draft, text, places, probabilities)
            if changed is None:
                break
            draft = changed
        return draft

    def _changed(
        self, draft: Draft, text: str, places: list[int], probabilities: FloatArray
    ) -> Draft | None:
        """The draft with the word put in that costs least; None where all cost too much."""
        best: tuple[float, Near] | None = None
        for near in self._near(text):
            start, end = _span(places, near)
            first, last = draft.window(start, end, len(probabilities))
            part = probabilities[first:last]
            blank = self._alphabet.blank
            cost = score(part, draft.labels[start:end], blank)
            cost -= score(part, self._spelled(near, draft.labels[start:end]), blank)
            if cost <= MARGIN * near.edits and (best is None or cost < best[0]):
                best = (cost, near)
        if best is None:
            return None
        cost, near = best
        start, end = _span(places, near)
        labels = self._spelled(near, draft.labels[start:end])
        sure = 1.0 / (1.0 + exp(min(cost - MARGIN * near.edits, 50.0)))
        found = draft.spliced(
            start, end, labels, (sure,) * len(labels), probabilities, self._alphabet.blank
        )
        return None if found is draft else found

    def _spelled(self, near: Near, read: tuple[int, ...]) -> tuple[int, ...]:
        """A word's classes, in the width in which its characters were read."""
        seen = {self._alphabet.folded[label]: label for label in read}
        labels = self.words[near.word][1]
        return tuple(seen.get(self._alphabet.folded[label], label) for label in labels)

    def _near(self, text: str) -> list[Near]:
        """Words that are nearly found in a text and not there, the nearest first."""
        seen = np.zeros(len(self._numbers) + 1, np.bool_)
        seen[[self._numbers[mark] for mark in text if mark in self._numbers]] = True
        shared = np.count_nonzero(seen[self._codes], axis=1)
        missing = self._lengths - shared
        close = np.flatnonzero(missing <= _apart(self._lengths))
        taken = self._taken(text, close[missing[close] == 0])
        found = []
        for number in close[np.argsort(missing[close], kind="stable")][:MOST_COMPARED].tolist():
            word = self.words[number][0]
            count, start, end = nearest(word, text)
            fits = 0 < count <= int(_apart(np.array(len(word)))) and end > start
            if fits and not any(start < b and a < end for a, b in taken):
                found.append(Near(number, count, start, end))
        return sorted(found, key=lambda near: (near.edits, near.start - near.end))[:MOST_TRIED]

    def _taken(self, text: str, close: npt.NDArray[np.intp]) -> list[tuple[int, int]]:
        """Where words stand in a text as they are: those parts are read."""
        return [
            (at, at + len(self.words[number][0]))
            for number in close.tolist()
            for at in _places(text, self.words[number][0])
        ]


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _apart(lengths: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Characters of words of such lengths that may be read otherwise, at least one."""
    return np.asarray(np.maximum(1, np.floor(APART * lengths)), np.intp)


def _span(places: list[int], near: Near) -> tuple[int, int]:
    """A part without spaces as one of the draft, with the spaces inside."""
    return places[near.start], places[near.end - 1] + 1


def plain(word: str) -> str:
    """A word as it is compared: one width, no spaces."""
    return "".join(folded(mark) for mark in word if not mark.isspace())


def shown(text: str) -> tuple[str, list[int]]:
    """A text without its spaces, and where each character stood."""
    places = [at for at, mark in enumerate(text) if not mark.isspace()]
    return "".join(text[at] for at in places), places
