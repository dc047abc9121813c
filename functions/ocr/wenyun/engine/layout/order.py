"""Reading order: regions of one column, one after another, each read row by row.

A region is cut, again and again, as the recursive X-Y cut does (G. Nagy, S. Seth and
M. Viswanathan, "A prototype document image analysis system for technical journals", Computer
25(7), 1992), but only where the lines say that the cut is meant: at a gutter between columns of
running text, below a masthead, or at a white band below which every column begins with a heading.
"""

from itertools import pairwise

import numpy as np

from wenyun.engine.layout.gutters import Part, find_gutter
from wenyun.engine.layout.rects import Flags, Rects, on_side, rows
from wenyun.engine.layout.stacks import stacked

MAX_DEPTH = 24
"""Regions within regions; a page has three or four."""

BAND = 0.9
"""A band that parts articles is at least this many line heights high."""

CENTRAL = 0.08
"""What stands in the middle is off it by no more than this part of the region's width."""

HEADING = 1.25
"""A heading's lines are this many times as high as the usual ones."""


def reading_order(rects: Rects, vertical: bool = False) -> list[int]:
    """Indices of lines in reading order.

    Args:
        rects: (N, 4) lines of an upright page.
        vertical: Columns of vertical text, read from right to left.
    """
    if not len(rects):
        return []
    seen = on_side(rects) if vertical else rects
    solid = np.zeros(len(rects), np.bool_)
    return [i for region in regions(seen, solid) for row in rows(seen, region) for i in row]


def regions(rects: Rects, solid: Flags) -> list[list[int]]:
    """Lines by region, in reading order of the regions; within a region in no order.

    Args:
        rects: (N, 4) lines, and what else has a place in the order.
        solid: (N,) what is a picture or a table: it has a place, but says nothing of columns.
    """
    prose = np.asarray(stacked(rects) & ~solid, np.bool_)
    found: list[list[int]] = []
    waiting: list[tuple[list[int], int]] = [(list(range(len(rects))), 0)]
    while waiting:
        members, depth = waiting.pop()
        part = Part(rects[members], prose[members], solid[members])
        cut = _cut(part) if depth < MAX_DEPTH and len(members) > 1 else None
        if cut is None:
            found.append(members)
        else:
            parts = [[members[i] for i in np.flatnonzero(flags)] for flags in cut if np.any(flags)]
            waiting += [(one, depth + 1) for one in reversed(parts)]
    return found


def _cut(part: Part) -> list[Flags] | None:
    """A region's parts in reading order, or None if it is one."""
    if (above := _masthead(part)) is not None:
        return [above, ~above]
    if (below := _next_articles(part)) is not None:
        return [~below, below]
    gutter = find_gutter(part)
    if gutter is None:
        return None
    rest = ~(gutter.left | gutter.right)
    middle = (part.rects[:, 1] + part.rects[:, 3]) / 2
    above = np.asarray(rest & (middle < (gutter.top + gutter.bottom) / 2), np.bool_)
    return [above, gutter.left, gutter.right, np.asarray(rest & ~above, np.bool_)]


def _masthead(part: Part) -> Flags | None:
    """Large lines in the middle of the page, one below the other, with everything else below."""
    rects, height = part.rects, part.height
    left, right = float(np.min(rects[:, 0])), float(np.max(rects[:, 2]))
    order = np.argsort(rects[:, 1], kind="stable")
    tall = (rects[:, 3] - rects[:, 1] >= HEADING * height) & ~part.solid
    count = 0
    for index, following in pairwise(order):
        off = abs(float(rects[index, 0] + rects[index, 2]) / 2 - (left + right) / 2)
        alone = rects[following, 1] > rects[index, 3]
        if not tall[index] or not alone or (not count and off > CENTRAL * (right - left)):
            break
        count += 1
    if not count or rects[order[count], 1] < rects[order[count - 1], 3] + BAND * height / 2:
        return None
    chosen = np.zeros(len(rects), np.bool_)
    chosen[order[:count]] = True
    return chosen


def _next_articles(part: Part) -> Flags | None:
    """What lies below a white band with headings side by side right under it."""
    height, rects = part.height, part.rects
    order = np.argsort(rects[:, 1], kind="stable")
    lowest = np.maximum.accumulate(rects[order, 3])
    gaps = rects[order[1:], 1] - lowest[:-1]
    for at in np.flatnonzero(gaps > BAND * height):
        below = order[at + 1 :]
        top = float(rects[below[0], 1])
        first = below[rects[below, 1] < top + height]
        tall = rects[first, 3] - rects[first, 1] > HEADING * height
        if len(first) > 1 and np.all(tall) and not np.any(part.solid[first]):
            chosen = np.zeros(len(rects), np.bool_)
            chosen[below] = True
            return chosen
    return None
