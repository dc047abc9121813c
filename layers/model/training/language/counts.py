"""How often characters follow each other in the cache's texts, passages for validation apart."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path

from training.text.store import Store

WEIGHTS = {
    "prose_zh": 1.0,
    "poems": 1.0,
    "jobs_zh": 1.0,
    "companies_zh": 1.0,
    "traditional": 0.5,
    "addresses_zh": 0.5,
    "people_zh": 0.3,
    "prose_en": 1.0,
    "words_en": 0.3,
    "companies_en": 0.3,
    "code": 0.3,
    "web": 0.2,
}
"""What a passage of each file counts: running text whole, lists that were made up less."""

WORD_WEIGHT = 0.3
"""A word of the word list counts the square root of its count, times this."""

ORDER = 3


@dataclass
class Counts:
    """Counts of runs of one, two and three characters, by their length."""

    runs: dict[int, Counter[str]] = field(
        default_factory=lambda: {length: Counter() for length in range(1, ORDER + 1)}
    )

    def add(self, text: str, weight: float) -> None:
        """Count a text."""
        for length, counter in self.runs.items():
            for start in range(len(text) - length + 1):
                counter[text[start : start + length]] += weight  # type: ignore[assignment]


def folded(text: str) -> str:
    """A text as the n-grams see it: one width, no spaces, every digit the same."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join("0" if mark.isdigit() else mark for mark in plain if not mark.isspace())


def counted(folder: Path) -> Counts:
    """Count every file of the cache, but for what is held out."""
    counts = Counts()
    for text, weight in _weighted(Store(folder, held_out=False)):
        counts.add(folded(text), weight)
    return counts


def _weighted(store: Store) -> Iterator[tuple[str, float]]:
    for row in store.lines("words_zh"):
        word, count = row.split("\t")
        yield word, WORD_WEIGHT * sqrt(float(count))
    for name, weight in WEIGHTS.items():
        for row in store.lines(name):
            yield row, weight


def thinned(counts: Counts, least: dict[int, float]) -> Counts:
    """Without runs that are rarer than `least` says; what a run begins and ends with stays."""
    kept = Counts()
    kept.runs[1] = Counter(counts.runs[1])
    for length in range(ORDER, 1, -1):
        needed = {part for run in kept.runs.get(length + 1, ()) for part in (run[:-1], run[1:])}
        kept.runs[length] = Counter(
            {
                run: count
                for run, count in counts.runs[length].items()
                if count >= least[length] or run in needed
            }
        )
    return kept


def contexts(counter: Counter[str]) -> dict[str, tuple[float, int]]:
    """For each run but its last character: how often it was seen, and how many followed."""
    seen: dict[str, tuple[float, int]] = {}
    for run, count in counter.items():
        total, kinds = seen.get(run[:-1], (0.0, 0))
        seen[run[:-1]] = (total + count, kinds + 1)
    return seen
