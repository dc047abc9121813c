"""What the lines of a column say together: its edges, its step, what is set alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

import numpy as np

from wenyun.engine.layout.strips import Strip
from wenyun.engine.ranks import quantiles

SIZE_STEP = 1.28
"""Lines whose sizes differ by this factor are not of one paragraph."""

SHORT_STEP = 1.45
"""The same for lines of few characters."""

WEIGHT_STEP = 1.38
"""Lines whose strokes differ by this factor are not of one paragraph."""

MORE_WHITE = 1.24
"""Lines this many usual steps apart are not of one paragraph."""

LOOSE = 1.95
"""Where no usual step is known, lines this many sizes apart are not of one paragraph."""

NEAR = 7
"""Lines up and down that say where the column's edges are."""

CHUNK = 3
"""So many lines closely together show their edges by themselves."""

SAME_START = 2.6
"""Lines of one column begin no further apart than this many sizes: an indent, and air."""

SURE_UNITS = 10
"""Lines shorter than this many halves of a Han character do not show size and weight well."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Where the column begins and ends around a line."""

    left: float
    right: float


class Column:
    """What a column's lines say together: how far the next one is, how wide they run.

    Steps from line to line are in sizes, for each size that lines are set in.
    """

    def __init__(self, strips: Sequence[Strip]) -> None:
        pairs = [(a, b) for a, b in pairwise(strips) if a.alone and b.alone]
        sizes = np.array([[a.size, b.size] for a, b in pairs], np.float64).reshape(-1, 2)
        bases = np.array([_step(a, b) for a, b in pairs], np.float64)
        larger, smaller = np.max(sizes, axis=1, initial=1e-6), np.min(sizes, axis=1, initial=np.inf)
        steps = bases / larger
        usable = (steps > 0.8) & (steps < LOOSE) & (larger < SIZE_STEP * smaller)
        starts, ends = [s.x0 for s in strips], [s.x1 for s in strips]
        self.left, self.right = min(starts, default=0.0), max(ends, default=0.0)
        self._sizes, self._steps = larger[usable], steps[usable]
        self._known: dict[int, float] = {}

    def usual(self, size: float) -> float:
        """The usual step of lines of about this size; 0 where too few lines say."""
        near = round(log(max(size, 1e-6)) / log(SIZE_STEP) * 4)
        if near not in self._known:
            ratio = self._sizes / max(size, 1e-6)
            alike = self._steps[(ratio < SIZE_STEP) & (ratio > 1 / SIZE_STEP)]
            self._known[near] = quantiles(alike, 0.4)[0] if len(alike) > 2 else 0.0
        return self._known[near]


def column_edges(strips: Sequence[Strip], column: Column) -> list[Edges]:
    """The edges around each strip, as lines of its chunk show them, or neighbours set as it is."""
    found: list[Edges] = []
    for start, end in _chunks(strips, column):
        for at in range(start, end):
            low, high = max(start, at - NEAR), min(end, at + NEAR + 1)
            near = [strip for strip in strips[low:high] if strip.alone]
            if len(near) < CHUNK or not _is_flush(near):
                near = [*near, *_set_alike(strips, at)]
            found.append(_edges(near or [strips[at]]))
    return found


def _chunks(strips: Sequence[Strip], column: Column) -> list[tuple[int, int]]:
    """Runs of lines of one setting, with no more white between them than usual."""
    starts = [0]
    for at, (before, after) in enumerate(pairwise(strips), start=1):
        if set_differently(before, after) or more_white(before, after, column):
            starts.append(at)
    return list(pairwise([*starts, len(strips)])) if strips else []


def _is_flush(chunk: Sequence[Strip]) -> bool:
    """Whether lines reach their right edge together: an address's do not."""
    right = max(strip.x1 for strip in chunk)
    return sum(right - strip.x1 < strip.size for strip in chunk) > 1


def _set_alike(strips: Sequence[Strip], at: int) -> list[Strip]:
    """Neighbours of a strip's size that begin about where it does."""
    own, near = strips[at], strips[max(0, at - NEAR) : at + NEAR + 1]
    return [
        strip
        for strip in near
        if strip.alone
        and _ratio(strip.size, own.size) < SIZE_STEP
        and abs(strip.x0 - own.x0) < SAME_START * own.size
    ]


def _edges(alike: Sequence[Strip]) -> Edges:
    """A stray line or two beyond the edge do not move it."""
    lefts, rights = sorted(s.x0 for s in alike), sorted(s.x1 for s in alike)
    skipped = len(alike) // 8
    return Edges(lefts[skipped], rights[-1 - skipped // 2])


def set_differently(before: Strip, after: Strip) -> bool:
    """Whether two lines differ in size or weight by more than boxes are inexact."""
    shorter = min(before.units, after.units)
    weights = before.weight, after.weight
    bolder = _ratio(*weights) if min(weights) > 0 else 1.0
    larger = _ratio(before.size, after.size)
    if shorter < SURE_UNITS:
        return larger > SHORT_STEP or bolder > WEIGHT_STEP**2
    return larger > SIZE_STEP or bolder > WEIGHT_STEP


def more_white(before: Strip, after: Strip, column: Column) -> bool:
    """Whether there is more white between two lines than is usual for their size."""
    size = max(before.size, after.size, 1e-6)
    step, way = column.usual(size), _step(before, after) / size
    return way > (MORE_WHITE * step if step else LOOSE) or way < 0


def _step(before: Strip, after: Strip) -> float:
    """From line to line, by their feet or by their middles: boxes are not exact at both ends."""
    return min(after.base - before.base, after.middle - before.middle)


def _ratio(one: float, other: float) -> float:
    return max(one, other) / max(1e-6, min(one, other))
