"""Lines of text as users have them, drawn by chance from the cache's files."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from training.net.charset import load_characters
from training.paths import TEXTS
from training.text import forms, passages
from training.text.grams import shares
from training.text.store import HELD_OUT, Store

Rng = np.random.Generator
Maker = Callable[[Store, Rng], str]

KINDS: dict[str, tuple[float, Maker]] = {
    "prose": (14, passages.prose),
    "words": (10, passages.words),
    "traditional": (6, passages.traditional),
    "poem": (4, passages.poem),
    "rare": (12, passages.rare),
    "english": (12, passages.english),
    "english_words": (5, passages.english_words),
    "code": (3, passages.code),
    "web": (4, passages.web),
    "address": (5, forms.address),
    "company": (4, forms.company),
    "person": (2, forms.person),
    "field": (9, forms.field),
    "field_en": (4, forms.field_en),
    "money": (5, forms.money),
    "number": (6, forms.number),
    "moment": (3, forms.moment),
    "dish": (7, forms.dish),
    "sign": (4, forms.sign),
    "seal": (1, forms.seal),
    "mixed": (9, passages.mixed),
    "technical": (13, passages.technical),
    "goods": (7, forms.goods),
    "receipt": (9, forms.receipt),
}
"""Kind of line to its share and its maker."""

MOST = 60
"""Characters in a line; a longer one is read in smaller letters than the net can see."""


WHOLE = 16
"""Lines up to this length are mostly left whole."""


@dataclass(frozen=True, slots=True)
class Line:
    """A text to be drawn, and what kind of text it is."""

    text: str
    kind: str


class Writer:
    """Makes lines that every character of the charset can stand in."""

    def __init__(self, store: Store, taboo: set[str]) -> None:
        self._store = store
        self._taboo = taboo
        self._readable = set(load_characters())
        self._kinds = list(KINDS)
        shares_of = np.array([KINDS[kind][0] for kind in self._kinds], np.float64)
        self._chances = np.cumsum(shares_of / shares_of.sum())

    def line(self, rng: Rng) -> Line:
        """One line, cut to a length that occurs on pages."""
        while True:
            kind = self._kinds[int(np.searchsorted(self._chances, rng.random()))]
            text = _cut(KINDS[kind][1](self._store, rng), rng)
            if text and not set(text) - self._readable and not shares(text, self._taboo):
                return Line(text, kind)


@cache
def taboo_grams(folder: Path = TEXTS) -> set[str]:
    """Six-grams that no line may have."""
    return set((folder / "taboo.txt").read_text("utf-8").splitlines())


def make_writer(held_out: bool = False, folder: Path = TEXTS) -> Writer:
    """A writer over the cache; one for validation has passages of its own."""
    return Writer(Store(folder, held_out), taboo_grams(folder))


def _cut(text: str, rng: Rng) -> str:
    text = " ".join(text.split())
    if len(text) <= 3:
        return text
    wide = sum(ord(one) > 0x2E80 for one in text) > len(text) / 2
    most = int(rng.gamma(2.6, 7.0 if wide else 14.0)) + 2
    most = min(max(most, WHOLE) if rng.random() < 0.7 else most, 40 if wide else MOST)
    if len(text) <= most:
        return text
    start = int(rng.integers(0, len(text) - most)) if rng.random() < 0.7 else 0
    piece = text[start : start + most]
    if not wide and " " in piece[3:-3] and rng.random() < 0.8:
        # Lines of Latin text begin and end with whole words.
        piece = piece[piece.find(" ") + 1 if start else 0 :]
        piece = piece[: piece.rfind(" ")] if " " in piece else piece
    return piece.strip()


__all__ = ["HELD_OUT", "KINDS", "Line", "Writer", "make_writer", "taboo_grams"]
