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

from wenyun.engine.layout.markers import is_caption, is_numbered_heading, item_mark
from wenyun.engine.layout.strips import Strip

SIZE_STEP = 1.2
"""Lines whose sizes differ by this factor are not of one paragraph."""

WEIGHT_STEP = 1.3
"""Lines whose strokes differ by this factor are not of one paragraph."""

MORE_WHITE = 1.22
"""Lines this many usual steps apart are not of one paragraph."""

LOOSE = 2.4
"""Where no usual step is known, lines this many sizes apart are not of one paragraph."""

INDENT = 0.8
"""An edge further in by this many sizes is an indent."""

SLACK = 0.9
"""Beyond the next word, so many sizes of white at a line's end say that it ended on purpose."""

NEAR = 7
"""Lines up and down that say where the column's edges are."""

SURE_CHARS = 3
"""Lines of fewer characters do not show their size well."""

WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]")
WORD = re.compile(r"[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]+")


@dataclass(frozen=True, slots=True)
class Edges:
    """Where the column begins and ends around a line."""

    left: float
    right: float


def paragraphs(strips: Sequence[Strip]) -> list[list[Strip]]:
    """Strips of one column, from the top down, grouped to paragraphs."""
    edges = column_edges(strips)
    step = usual_step(strips)
    found: list[list[Strip]] = []
    for at, strip in enumerate(strips):
        if found and not _breaks(found[-1], strip, edges[at - 1], edges[at], step):
            found[-1].append(strip)
        else:
            found.append([strip])
    return found


def column_edges(strips: Sequence[Strip]) -> list[Edges]:
    """The edges around each strip, as its neighbours of the same size show them."""
    found = []
    for at, strip in enumerate(strips):
        near = strips[max(0, at - NEAR) : at + NEAR + 1]
        alike = [s for s in near if s.alone and _ratio(s.size, strip.size) < SIZE_STEP] or [strip]
        lefts, rights = sorted(s.x0 for s in alike), sorted(s.x1 for s in alike)
        skipped = len(alike) // 8
        found.append(Edges(lefts[skipped], rights[-1 - skipped // 2]))
    return found


def usual_step(strips: Sequence[Strip]) -> float:
    """From line to line, in sizes; 0 where too few lines say."""
    steps = [
        (b.middle - a.middle) / max(a.size, b.size)
        for a, b in pairwise(strips)
        if a.alone and b.alone and _ratio(a.size, b.size) < SIZE_STEP
    ]
    usable = sorted(step for step in steps if 0.8 < step < LOOSE)
    return float(np.quantile(usable, 0.3)) if len(usable) >= 2 else 0.0


def _breaks(block: list[Strip], after: Strip, above: Edges, own: Edges, step: float) -> bool:
    """Whether a strip begins a new paragraph below the ones of a block."""
    before = block[-1]
    if not (before.alone and after.alone) or _set_differently(before, after):
        return True
    if _more_white(before, after, step) or item_mark(after.text) == "sure":
        return True
    if is_caption(after.text) or is_numbered_heading(before.text) and len(block) == 1:
        return _ended(before, after, above)
    listed = bool(item_mark(block[0].text))
    if item_mark(after.text) and (listed or _ended(before, after, above)):
        return True
    if _is_indented(block, after, own, listed):
        return True
    return not _centred(before, after) and _ended(before, after, above)


def _set_differently(before: Strip, after: Strip) -> bool:
    if min(len(before.text), len(after.text)) < SURE_CHARS:
        return _ratio(before.size, after.size) > 2 * SIZE_STEP
    weights = before.weight, after.weight
    bolder = min(weights) > 0 and _ratio(*weights) > WEIGHT_STEP
    return bolder or _ratio(before.size, after.size) > SIZE_STEP


def _more_white(before: Strip, after: Strip, step: float) -> bool:
    way = (after.middle - before.middle) / max(before.size, after.size)
    return way > (MORE_WHITE * step if step else LOOSE) or way < 0


def _is_indented(block: list[Strip], after: Strip, edges: Edges, listed: bool) -> bool:
    """A first line's indent; in an item, a step back out, or further in than it hangs."""
    before, indent = block[-1], INDENT * after.size
    if listed and len(block) == 1:
        return False
    return after.x0 > edges.left + indent and after.x0 > before.x0 + indent


def _ended(before: Strip, after: Strip, edges: Edges) -> bool:
    """Whether the line ended although the next word would have fitted in."""
    return edges.right - before.x1 > first_word(after) + SLACK * before.size


def first_word(strip: Strip) -> float:
    """How wide the first word of a line is: one character of Han, a word of Latin."""
    found = WORD.match(strip.text)
    if not found:
        return strip.size
    units = sum(2.0 if WIDE.match(char) else 1.0 for char in strip.text)
    return min(strip.x1 - strip.x0, len(found.group()) * (strip.x1 - strip.x0) / max(1.0, units))


def _centred(before: Strip, after: Strip) -> bool:
    """Two lines on one axis, neither of which begins where the other does."""
    apart = abs(before.centre - after.centre) < 0.6 * after.size
    return apart and abs(before.x0 - after.x0) > INDENT * after.size


def _ratio(one: float, other: float) -> float:
    return max(one, other) / max(1e-6, min(one, other))
