"""Lines of one column to paragraphs: what a compositor does to begin a new one, read backwards.

A paragraph begins where the size or the weight changes, after more white than between its lines,
at an indent, at the mark of an item, and after a line that ended although the next word would
have fitted in (the rule that R. Smith gives in "Hybrid page layout analysis via tab-stop
detection", ICDAR 2009, and the PDF readers since).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from wenyun.engine.layout.markers import SURE, is_caption, is_numbered_heading, item_mark
from wenyun.engine.layout.strips import Strip

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

INDENT = 0.65
"""An edge further in by this many sizes is an indent."""

INSET = 2.3
"""A centred line begins and ends this many sizes off the other: a first line's indent does not."""

AXIS = 0.4
"""Lines are centred if their middles differ by no more than so many sizes."""

SLACK = 0.9
"""Beyond the next word, so many sizes of white at a line's end say that it ended on purpose."""

NEAR = 7
"""Lines up and down that say where the column's edges are."""

CHUNK = 3
"""So many lines closely together show their edges by themselves."""

SAME_START = 2.6
"""Lines of one column begin no further apart than this many sizes: an indent, and air."""

STOP_SLACK, MIDDLE_SLACK = 0.4, 2.0
"""The same behind a full stop, and in front of a small letter, which goes on with a sentence."""

CENTRE_SLACK = 5.0
"""The same for centred lines, in parts of the column's width: titles leave air on both sides."""

NEVER_FIRST = tuple("，。、；：？！”’）》」』,;:?!)")
"""Marks that no paragraph begins with, though a line that is read badly may."""

SURE_UNITS = 10
"""Lines shorter than this many halves of a Han character do not show size and weight well."""

WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]")
WORD = re.compile(r"[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]+")


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
        self.width = max(ends, default=0.0) - min(starts, default=0.0)
        self._sizes, self._steps = larger[usable], steps[usable]
        self._known: dict[int, float] = {}

    def usual(self, size: float) -> float:
        """The usual step of lines of about this size; 0 where too few lines say."""
        near = round(np.log(max(size, 1e-6)) / np.log(SIZE_STEP) * 4)
        if near not in self._known:
            ratio = self._sizes / max(size, 1e-6)
            alike = self._steps[(ratio < SIZE_STEP) & (ratio > 1 / SIZE_STEP)]
            self._known[near] = float(np.quantile(alike, 0.4)) if len(alike) > 2 else 0.0
        return self._known[near]


def paragraphs(strips: Sequence[Strip]) -> list[list[Strip]]:
    """Strips of one column, from the top down, grouped to paragraphs."""
    column = Column(strips)
    edges = column_edges(strips, column)
    found: list[list[Strip]] = []
    for at, strip in enumerate(strips):
        if found and not _breaks(found[-1], strip, edges[at - 1], edges[at], column):
            found[-1].append(strip)
        else:
            found.append([strip])
    return found


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
        if _set_differently(before, after) or _more_white(before, after, column):
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


def _breaks(block: list[Strip], after: Strip, above: Edges, own: Edges, column: Column) -> bool:
    """Whether a strip begins a new paragraph below the ones of a block."""
    before = block[-1]
    if not (before.alone and after.alone) or _set_differently(before, after):
        return True
    if _more_white(before, after, column) or item_mark(after.text) == SURE:
        return True
    if after.text.startswith(NEVER_FIRST):
        return False
    if is_caption(after.text) or (len(block) == 1 and is_numbered_heading(before.text)):
        return _ended(before, after, above)
    listed = bool(item_mark(block[0].text))
    if item_mark(after.text) and (listed or _ended(before, after, above)):
        return True
    if _centred(before, after):
        width, word = before.x1 - before.x0, first_word(after)
        wider = after.x1 - after.x0 - width > word + SLACK * after.size
        return wider or column.width - width > word + CENTRE_SLACK * after.size
    return _is_indented(block, after, own, listed) or _ended(before, after, above)


def _set_differently(before: Strip, after: Strip) -> bool:
    shorter = min(_units(before.text), _units(after.text))
    weights = before.weight, after.weight
    bolder = _ratio(*weights) if min(weights) > 0 else 1.0
    larger = _ratio(before.size, after.size)
    if shorter < SURE_UNITS:
        return larger > SHORT_STEP or bolder > WEIGHT_STEP**2
    return larger > SIZE_STEP or bolder > WEIGHT_STEP


def _more_white(before: Strip, after: Strip, column: Column) -> bool:
    size = max(before.size, after.size, 1e-6)
    step, way = column.usual(size), _step(before, after) / size
    return way > (MORE_WHITE * step if step else LOOSE) or way < 0


def _step(before: Strip, after: Strip) -> float:
    """From line to line, by their feet or by their middles: boxes are not exact at both ends."""
    return min(after.base - before.base, after.middle - before.middle)


def _is_indented(block: list[Strip], after: Strip, edges: Edges, listed: bool) -> bool:
    """A first line's indent; in an item, a step back out, or further in than it hangs."""
    before, indent = block[-1], INDENT * after.size
    if listed and len(block) == 1:
        return False
    return after.x0 > edges.left + indent and after.x0 > before.x0 + indent


def _ended(before: Strip, after: Strip, edges: Edges) -> bool:
    """Whether the line ended although the next word would have fitted in."""
    slack = SLACK
    if before.text.endswith("."):
        slack = STOP_SLACK
    elif after.text[:1].islower():
        slack = MIDDLE_SLACK
    return edges.right - before.x1 > first_word(after) + slack * before.size


def first_word(strip: Strip) -> float:
    """How wide the first word of a line is: one character of Han, a word of Latin."""
    found = WORD.match(strip.text)
    if not found:
        return strip.size
    width = strip.x1 - strip.x0
    return min(width, len(found.group()) * width / max(1, _units(strip.text)))


def _units(text: str) -> int:
    """How long a text is, in halves of a character of Han."""
    return sum(2 if WIDE.match(char) else 1 for char in text)


def _centred(before: Strip, after: Strip) -> bool:
    """Two lines on one axis that begin and end in different places."""
    apart = INSET * after.size
    different = abs(before.x0 - after.x0) > apart and abs(before.x1 - after.x1) > apart
    return different and abs(before.centre - after.centre) < AXIS * after.size


def _ratio(one: float, other: float) -> float:
    return max(one, other) / max(1e-6, min(one, other))
