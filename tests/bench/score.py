"""A page's score, and the sum of scores."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from tests.bench.match import Group, Quads, by_place, by_text, overlap
from tests.bench.text import distance, normal, verbatim


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader found on a page.

    `boxes` is (N, 4, 2) or None where the reader gives none; `sent` counts the lines that a
    second model had a look at, or None where the reader does not say.
    """

    lines: tuple[str, ...]
    boxes: Quads | None = None
    seconds: float = 0.0
    sent: int | None = None


@dataclass(frozen=True, slots=True)
class Truth:
    """What stands on a page. `complete` is False where the truth covers only part of it."""

    lines: tuple[str, ...]
    boxes: Quads | None = None
    ignore: Quads | None = None
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over pages; adding two gives the score of both together."""

    pages: int = 0
    lines: int = 0
    exact: int = 0
    verbatim: int = 0
    chars: int = 0
    errors: int = 0
    extra: int = 0
    read: int = 0
    sent: int = 0
    seconds: float = 0.0

    def __add__(self, other: "Score") -> "Score":
        return Score(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def exact_share(self) -> float:
        """Lines read exactly, in parts of the truth's lines."""
        return self.exact / self.lines if self.lines else 0.0

    @property
    def accuracy(self) -> float:
        """Characters read right: 1 - errors / characters of the truth."""
        return 1 - self.errors / self.chars if self.chars else 0.0


def score(truth: Truth, read: Read) -> Score:
    """Score a page.

    `exact` counts lines of the truth that were read, in any order and each at most once, as
    `text.normal` compares; `verbatim` the same with spaces and case kept. For `errors`, lines are
    grouped by place where both sides have boxes (a line read in parts is joined first), by fewest
    edits otherwise; each group adds its edit distance, at most its characters of truth. What was
    read elsewhere is `extra`, unless the truth is incomplete or the place is to be ignored.
    """
    wanted, found = [normal(t) for t in truth.lines], [normal(r) for r in read.lines]
    errors = extra = 0
    for lines, parts in _groups(truth, read, wanted, found):
        expected = "".join(wanted[i] for i in lines)
        got = "".join(found[j] for j in parts)
        errors += min(distance(expected, got), len(expected))
        if not lines and truth.complete and not _ignored(truth, read, parts):
            extra += len(got)
    return Score(
        pages=1,
        lines=len(wanted),
        exact=_common(wanted, found),
        verbatim=_common([verbatim(t) for t in truth.lines], [verbatim(r) for r in read.lines]),
        chars=sum(map(len, wanted)),
        errors=errors,
        extra=extra,
        read=len(found),
        sent=read.sent or 0,
        seconds=read.seconds,
    )


def _groups(truth: Truth, read: Read, wanted: Sequence[str], found: Sequence[str]) -> list[Group]:
    if truth.boxes is not None and read.boxes is not None and len(found):
        return by_place(truth.boxes, read.boxes)
    return by_text(wanted, found)


def _ignored(truth: Truth, read: Read, parts: list[int]) -> bool:
    if truth.ignore is None or read.boxes is None or not len(truth.ignore):
        return False
    return bool((overlap(read.boxes[np.array(parts)], truth.ignore).max(1) > 0.5).all())


def _common(wanted: Sequence[str], found: Sequence[str]) -> int:
    return (Counter(wanted) & Counter(found)).total()
