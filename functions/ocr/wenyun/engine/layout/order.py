"""Reading order: rows from top to bottom, columns of prose one after another, blocks of lines."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wenyun.engine.geometry import Quad

Rects = npt.NDArray[np.float32]
"""(N, 4) float32: x0, y0, x1, y1 of each line."""

MIN_COLUMN_LINES = 4
"""A column of prose has at least this many lines on either side of its gutter."""

MIN_PROSE_RATIO = 8.0
"""A line of prose is at least this many times as wide as high: cells of a table are not."""

FILLED = 0.6
"""Lines of prose fill at least this share of their column's width, in the middle case."""

PARAGRAPH_GAP = 1.2
"""Lines further apart than this many line heights do not belong to one block."""


def bounds(quads: list[Quad]) -> Rects:
    """The upright rectangle around each quad."""
    stacked = np.stack(quads)
    return np.concatenate([stacked.min(axis=1), stacked.max(axis=1)], axis=1)


def reading_order(rects: Rects, vertical: bool = False) -> list[int]:
    """Indices of lines in reading order.

    Args:
        rects: (N, 4) lines of an upright page.
        vertical: Columns of vertical text, read from right to left.
    """
    if vertical:
        turned = np.stack([rects[:, 1], -rects[:, 2], rects[:, 3], -rects[:, 0]], axis=1)
        return [index for row in rows(turned, range(len(turned))) for index in row]
    return _ordered(rects, list(range(len(rects))))


def _ordered(rects: Rects, members: list[int]) -> list[int]:
    split = find_gutter(rects, members)
    if split is None:
        return [index for row in rows(rects, members) for index in row]
    return [index for part in split for index in _ordered(rects, part)]


def rows(rects: Rects, members: "list[int] | range") -> list[list[int]]:
    """Lines grouped in rows from top to bottom, each from left to right."""
    found: list[list[int]] = []
    for index in sorted(members, key=lambda i: float(rects[i, 1] + rects[i, 3])):
        row = next((row for row in reversed(found[-3:]) if _same_row(rects, row, index)), None)
        if row is None:
            found.append([index])
        else:
            row.append(index)
    return [sorted(row, key=lambda i: float(rects[i, 0])) for row in found]


def _same_row(rects: Rects, row: list[int], index: int) -> bool:
    """Whether a line overlaps the row's nearest line by half of the lower one's height."""
    near = min(row, key=lambda i: abs(float(rects[i, 0] - rects[index, 0])))
    top, bottom = max(rects[near, 1], rects[index, 1]), min(rects[near, 3], rects[index, 3])
    lower = min(rects[near, 3] - rects[near, 1], rects[index, 3] - rects[index, 1])
    return bool(bottom - top > 0.5 * lower)


def find_gutter(rects: Rects, members: list[int]) -> list[list[int]] | None:
    """Split lines into above, left, right, below around a gutter between columns of prose.

    Labels and amounts on a receipt stand in columns too, but are read row by row: prose is told
    by lines that fill their column.
    """
    if len(members) < 2 * MIN_COLUMN_LINES:
        return None
    own = rects[members]
    for x in _gutter_candidates(own):
        crossing = (own[:, 0] < x) & (own[:, 2] > x)
        top, bottom = _open_span(own, crossing)
        inside = (own[:, 1] >= top - 1) & (own[:, 3] <= bottom + 1) & ~crossing
        left, right = inside & (own[:, 2] <= x), inside & (own[:, 0] >= x)
        beyond = [members[i] for i in np.flatnonzero(right)]
        if _is_prose(own[left]) and (_is_prose(own[right]) or find_gutter(rects, beyond)):
            above = ~(left | right) & (own[:, 1] + own[:, 3] < top + bottom)
            parts = (above, left, right, ~(above | left | right))
            return [[members[i] for i in np.flatnonzero(part)] for part in parts if part.any()]
    return None


@dataclass(frozen=True, slots=True)
class _Span:
    top: float
    bottom: float


def _gutter_candidates(own: Rects) -> list[float]:
    """Left edges that several lines share: where a second column could begin."""
    height = float(np.median(own[:, 3] - own[:, 1]))
    edges = np.sort(own[:, 0])
    left = float(edges[0])
    found = []
    for edge in edges[edges > left + 4 * height]:
        alike = np.abs(own[:, 0] - edge) < height
        candidate = float(np.min(own[alike, 0])) - 0.1
        if alike.sum() >= MIN_COLUMN_LINES and candidate not in found:
            found.append(candidate)
    return found


def _open_span(own: Rects, crossing: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """Top and bottom of the tallest stretch in which no line crosses x."""
    lows = np.sort(own[crossing][:, 1]) if crossing.any() else np.zeros(0, np.float32)
    highs = np.sort(own[crossing][:, 3]) if crossing.any() else np.zeros(0, np.float32)
    tops = [float(np.min(own[:, 1])), *map(float, highs)]
    bottoms = [*map(float, lows), float(np.max(own[:, 3]))]
    spans = [_Span(top, bottom) for top, bottom in zip(tops, bottoms, strict=True)]
    tallest = max(spans, key=lambda span: span.bottom - span.top)
    return tallest.top, tallest.bottom


def _is_prose(lines: Rects) -> bool:
    if len(lines) < MIN_COLUMN_LINES:
        return False
    column = float(np.max(lines[:, 2]) - np.min(lines[:, 0]))
    width = float(np.median(lines[:, 2] - lines[:, 0]))
    height = float(np.median(lines[:, 3] - lines[:, 1]))
    return width > max(FILLED * column, MIN_PROSE_RATIO * height)


def blocks(rects: Rects, order: list[int]) -> list[list[int]]:
    """Neighbours in reading order that stand close together, as one block each."""
    found: list[list[int]] = []
    for index in order:
        if found and _close(rects, found[-1][-1], index):
            found[-1].append(index)
        else:
            found.append([index])
    return found


def _close(rects: Rects, before: int, after: int) -> bool:
    height = min(rects[before, 3] - rects[before, 1], rects[after, 3] - rects[after, 1])
    down = max(rects[before, 1], rects[after, 1]) - min(rects[before, 3], rects[after, 3])
    across = max(rects[before, 0], rects[after, 0]) - min(rects[before, 2], rects[after, 2])
    return bool(
        down < PARAGRAPH_GAP * height and across < 4 * height and _not_above(rects, before, after)
    )


def _not_above(rects: Rects, before: int, after: int) -> bool:
    """The next line may not begin above the last one: that is a new column."""
    return bool(rects[after, 3] > rects[before, 1])
