"""Upright rectangles around lines, and lines grouped in rows."""

from bisect import bisect, insort
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from wenyun.engine.geometry import Quad

Rects = npt.NDArray[np.float32]
"""(N, 4) float32: x0, y0, x1, y1 of each line."""

Flags = npt.NDArray[np.bool_]
"""(N,) bool: something that is so of some lines."""

Values = npt.NDArray[np.float32]
"""(N,) float32: one number a line."""

OPEN_ROWS = 3
"""A line may belong to any of so many rows above: tall and low lines mix."""


def bounds(quads: Sequence[Quad]) -> Rects:
    """The upright rectangle around each quad."""
    stacked = np.stack(quads)
    return np.concatenate([stacked.min(axis=1), stacked.max(axis=1)], axis=1)


def on_side(rects: Rects) -> Rects:
    """Columns of vertical text, read from right to left, as rows that are read from the top."""
    return np.stack([rects[:, 1], -rects[:, 2], rects[:, 3], -rects[:, 0]], axis=1)


def rows(rects: Rects, members: Iterable[int]) -> list[list[int]]:
    """Lines grouped in rows from top to bottom, each from left to right.

    A row takes a line that overlaps its nearest neighbour in the row, so that a row may lean.
    """
    heights: list[float] = (rects[:, 1] + rects[:, 3]).tolist()
    places: list[list[float]] = rects.tolist()  # looked at one by one
    found: list[list[tuple[float, int]]] = []
    for index in sorted(members, key=lambda i: (heights[i], i)):
        entry = (places[index][0], index)
        row = next((r for r in reversed(found[-OPEN_ROWS:]) if _in_row(places, r, entry)), None)
        if row is None:
            found.append([entry])
        else:
            insort(row, entry)
    return [[index for _, index in row] for row in found]


def _in_row(
    places: list[list[float]], row: list[tuple[float, int]], entry: tuple[float, int]
) -> bool:
    """Whether a line overlaps the row's nearest line by half of the lower one's height."""
    at = bisect(row, entry)
    _, near = min(row[max(0, at - 1) : at + 1], key=lambda one: abs(one[0] - entry[0]))
    _, top, _, bottom = places[near]
    _, own_top, _, own_bottom = places[entry[1]]
    lower = min(bottom - top, own_bottom - own_top)
    return min(bottom, own_bottom) - max(top, own_top) > 0.5 * lower


def extent(rects: Rects) -> tuple[float, float, float, float]:
    """The rectangle around all of them."""
    low, high = np.min(rects[:, :2], axis=0), np.max(rects[:, 2:], axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])
