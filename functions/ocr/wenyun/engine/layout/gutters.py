"""The white strip between columns of prose.

After T. M. Breuel, "Two geometric algorithms for layout analysis" (DAS 2002): what parts columns
is a tall empty rectangle between lines that stand flush on both sides of it, and lines that cross
it end it above and below. Whether the strip parts columns or only the cells of rows is told by the
lines themselves: columns are running text.
"""

from dataclasses import dataclass

import numpy as np

from wenyun.engine.layout.rects import Flags, Rects, Values
from wenyun.engine.ranks import median

MIN_LINES = 4
"""A column of prose has at least this many lines on either side of its gutter."""

MIN_BESIDE = 3
"""Beside a column of prose, so many lines that keep no step with it are a column too."""

PROSE_SHARE = 0.5
"""This part of a column's lines is running text, each counting as much as it is wide."""

IN_STEP = 0.7
"""Where so many lines stand level with a line across the gutter, they are cells of rows."""

LEVEL = 0.2
"""Lines are level where their middles differ by no more than this part of their height."""

TOLERANCE = 0.6
"""Boxes may reach over a gutter's edge by this part of a line's height."""

MOST_CANDIDATES, MOST_STRETCHES = 12, 4
"""More places and stretches are not looked at: the work on a page is bounded."""

BINS = 2_048
"""Steps in which lines across a gutter are looked for."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a region is made of: rectangles, which are running text, which are pictures."""

    rects: Rects
    prose: Flags
    solid: Flags

    def take(self, chosen: Flags) -> "Part":
        """Some of it."""
        return Part(self.rects[chosen], self.prose[chosen], self.solid[chosen])

    @property
    def height(self) -> float:
        """The usual height of a line."""
        lines = self.rects[~self.solid]
        return median(lines[:, 3] - lines[:, 1]) if len(lines) else 1.0


@dataclass(frozen=True, slots=True)
class Gutter:
    """A place that parts columns: what lies on its left and right within its stretch."""

    left: Flags
    right: Flags
    top: float
    bottom: float
    gap: float


def find_gutter(part: Part) -> Gutter | None:
    """The tallest gutter of a region; the widest of equally tall ones."""
    if int(np.sum(part.prose)) < MIN_LINES:
        return None
    found = [g for x in _candidates(part) if (g := _gutter(part, x)) is not None]
    step = part.height
    return max(found, key=lambda g: (round((g.bottom - g.top) / step), g.gap), default=None)


def _candidates(part: Part) -> list[float]:
    """Left edges that several lines share, where a second column could begin."""
    lines, height = part.rects[~part.solid], part.height
    edges = np.sort(lines[:, 0])
    ends = np.searchsorted(edges, edges + height, side="right")
    counts = ends - np.arange(len(edges))
    found: list[float] = []
    for at in np.argsort(-counts, kind="stable"):
        near = any(abs(float(edges[at]) - x) < 2 * height for x in found)
        if counts[at] < MIN_BESIDE or len(found) == MOST_CANDIDATES:
            break
        if not near and edges[at] > edges[0] + 4 * height:
            found.append(float(edges[at]))
    return found


def _gutter(part: Part, x: float) -> Gutter | None:
    rects, slack = part.rects, TOLERANCE * part.height
    before, behind = rects[:, 2] <= x + slack, rects[:, 0] >= x - slack
    right, left = np.asarray(behind, np.bool_), np.asarray(before & ~behind, np.bool_)
    across = ~(left | right)
    stray = _beside_both(rects, left, right, across)
    middle = (rects[:, 0] + rects[:, 2]) / 2
    left, right = left | (stray & (middle < x)), right | (stray & (middle >= x))
    centre = (rects[:, 1] + rects[:, 3]) / 2
    for top, bottom in _stretches(rects, across & ~stray):
        top = _below_last_line(rects, across & ~stray, top, bottom)
        inside = (centre > top) & (centre < bottom)
        own_left, own_right = left & inside, right & inside
        if _are_columns(part, own_left, own_right):
            gap = x - float(np.max(rects[own_left & ~stray, 2], initial=-np.inf))
            return Gutter(own_left, own_right, top, bottom, gap)
    return None


def _beside_both(rects: Rects, left: Flags, right: Flags, across: Flags) -> Flags:
    """What has lines beside it on both sides of the gutter: noise or an inset, no heading."""
    low, high = float(np.min(rects[:, 1])), float(np.max(rects[:, 3]))
    scale = (BINS - 1) / max(high - low, 1e-6)
    starts = ((rects[:, 1] - low) * scale).astype(np.int64)
    ends = ((rects[:, 3] - low) * scale).astype(np.int64)
    found = across.copy()
    for side in (left, right):
        steps = np.zeros(BINS + 1, np.int64)
        np.add.at(steps, starts[side], 1)
        np.add.at(steps, ends[side], -1)
        covered = np.concatenate([[0], np.cumsum(np.cumsum(steps)[:BINS] > 0)])
        share = (covered[ends] - covered[starts]) / np.maximum(1, ends - starts)
        found &= share > 0.5
    return np.asarray(found, np.bool_)


def _stretches(rects: Rects, across: Flags) -> list[tuple[float, float]]:
    """Top and bottom of what lies between lines across the gutter, the tallest first."""
    crossing = rects[across]
    crossing = crossing[np.argsort(crossing[:, 1])]
    tops = np.concatenate([[np.min(rects[:, 1])], np.maximum.accumulate(crossing[:, 3])])
    bottoms = np.concatenate([crossing[:, 1], [np.max(rects[:, 3])]])
    tallest = np.argsort(tops - bottoms, kind="stable")[:MOST_STRETCHES]
    return [(float(tops[i]), float(bottoms[i])) for i in tallest]


def _below_last_line(rects: Rects, across: Flags, top: float, bottom: float) -> float:
    """The stretch's top without the short last line of the paragraph that spans the columns.

    That line stands alone at its level, nearer to the line above it than to the next below.
    """
    above = rects[across & (rects[:, 3] <= top + 1e-3)]
    centre = (rects[:, 1] + rects[:, 3]) / 2
    inside = rects[(centre > top) & (centre < bottom) & ~across]
    if not len(above) or len(inside) < 2:
        return top
    inside = inside[np.argsort(inside[:, 1], kind="stable")]
    spanning, first = above[np.argmax(above[:, 3])], inside[0]
    up, down = float(first[1] - spanning[3]), float(inside[1, 1] - first[3])
    heights = sorted((float(first[3] - first[1]), float(spanning[3] - spanning[1])))
    alike = heights[1] < 1.4 * heights[0] and first[0] < spanning[2] and first[2] > spanning[0]
    return float(first[3]) if alike and up < down - 0.2 * heights[0] else top


def _are_columns(part: Part, left: Flags, right: Flags) -> bool:
    sides = [part.take(left), part.take(right)]
    prose = [_is_prose(side) for side in sides]
    if all(prose):
        return True
    if not any(prose):
        return False
    other = sides[prose.index(False)]
    lines = other.rects[~other.solid]
    if not len(lines):
        return bool(len(other.rects))
    main = sides[prose.index(True)].rects
    return len(lines) >= MIN_BESIDE and _in_step(lines, main) < IN_STEP


def _is_prose(side: Part) -> bool:
    widths = side.rects[:, 2] - side.rects[:, 0]
    lines, running = float(np.sum(widths[~side.solid])), float(np.sum(widths[side.prose]))
    return int(np.sum(side.prose)) >= MIN_LINES and running >= PROSE_SHARE * lines


def _in_step(lines: Rects, main: Rects) -> float:
    """The part of the lines that stand level with one of the main column."""
    levels: Values = np.sort((main[:, 1] + main[:, 3]) / 2)
    own = (lines[:, 1] + lines[:, 3]) / 2
    padded = np.concatenate([[-np.inf], levels, [np.inf]])
    at = np.searchsorted(levels, own)
    nearest = np.minimum(own - padded[at], padded[at + 1] - own)
    return float(np.mean(nearest < LEVEL * (lines[:, 3] - lines[:, 1])))
