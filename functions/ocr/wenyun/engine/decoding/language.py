"""Which characters follow which: hashed n-grams out of a file that is mapped, not read.

The file and how it is made are described in layers/model/training/language/table.py. A run that the
file lacks costs what its shorter run costs and what its context leaves to the unseen (Katz 1987).
"""

import json
import mmap
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from wenyun.models.manifest import LayerError

HEAD = 256
FACTOR = 0x9E3779B97F4A7C15
LOW = 0xFFFFFFFFFFFFFFFF

UNKNOWN_COST = 15.0
"""-ln of a character that the n-grams do not know."""

POINTS = frozenset("，。、；：！？,.;:!?'“”‘’")
"""Marks that follow from what stands before them."""

State = tuple[int, int]
"""Numbers of the last two characters; 0 is none, or one that is not known."""


class Ngrams:
    """The file, mapped; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        """Map a file.

        Raises:
            LayerError: It is missing or no such file.

        """
        try:
            with path.open("rb") as file:
                self._data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            head = json.loads(bytes(self._data[:HEAD]))
            self._place = HEAD
            count = int(head["characters"])
            marks = self._take(4 * count).cast("I")
            self.numbers = {chr(mark): number for number, mark in enumerate(marks, 1)}
            self._base = count + 1
            self._single = self._take(count), self._take(count)
            pairs, triples = map(int, head["slots"])
            self._pairs = self._take(2 * pairs).cast("H"), self._take(pairs), self._take(pairs)
            self._triples = self._take(2 * triples).cast("H"), self._take(triples)
            self._nat = 1.0 / float(head["parts"])
        except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
            raise LayerError(f"the n-grams {path} cannot be used: {error!r}") from error

    def cost(self, first: int, second: int, third: int) -> float:
        """-ln of the probability of a character behind two others, by their numbers."""
        if not third:
            return UNKNOWN_COST
        if first and second:
            place = self._find(self._triples[0], (first * self._base + second) * self._base + third)
            if place >= 0:
                return self._triples[1][place] * self._nat
        left = self._left(first, second) if first and second else 0.0
        if second:
            place = self._find(self._pairs[0], second * self._base + third)
            if place >= 0:
                return left + self._pairs[1][place] * self._nat
            left += self._single[1][second - 1] * self._nat
        return left + self._single[0][third - 1] * self._nat

    def _left(self, first: int, second: int) -> float:
        place = self._find(self._pairs[0], first * self._base + second)
        return self._pairs[2][place] * self._nat if place >= 0 else 0.0

    def _find(self, marks: memoryview, key: int) -> int:
        """The slot of a run, -1 where the file lacks it."""
        spread = key * FACTOR & LOW
        place, mark = (spread >> 16 & 0xFFFFFFFF) % len(marks), (spread >> 48) or 1
        while (found := marks[place]) != mark:
            if not found:
                return -1
            place = (place + 1) % len(marks)
        return place

    def _take(self, size: int) -> memoryview:
        part = self._data[self._place : self._place + size]
        if len(part) != size:
            raise ValueError("it ends early")
        self._place += size
        return part


class LanguageGuide:
    """Weighs texts by the n-grams.

    A character adds `bonus` less `weight` times its cost to ln of the weight: without a bonus every
    character would make a text less likely. Spaces are passed over, and behind figures and signs
    all begins anew.
    """

    def __init__(
        self, ngrams: Ngrams, characters: Sequence[str], weight: float, bonus: float
    ) -> None:
        self._ngrams = ngrams
        self._numbers = [_number(ngrams.numbers, mark) for mark in characters]
        self._weight = weight
        self._bonus = bonus

    def start(self) -> State:
        """No character yet."""
        return (0, 0)

    def step(self, state: State, label: int) -> tuple[State, float]:
        """As in `Guide`."""
        number = self._numbers[label]
        if number < 0:
            return (state, 0.0) if number == SPACE else ((0, 0), 0.0)
        cost = self._ngrams.cost(*state, number)
        return (state[1], number), self._bonus - self._weight * cost

    def ends(self, state: State) -> bool:
        """A line may end anywhere."""
        return len(state) == 2


SPACE, OTHER = -1, -2


def _number(numbers: dict[str, int], mark: str) -> int:
    """A letter's or punctuation mark's number, of either width, 0 if not known.

    Figures and signs have none: what stands in numbers and codes follows from nothing.
    """
    plain = unicodedata.normalize("NFKC", mark)
    if not plain.strip():
        return SPACE
    if not (plain.isalpha() or plain in POINTS):
        return OTHER
    return numbers.get(plain, 0)
