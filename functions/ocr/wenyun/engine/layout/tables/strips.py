"""Strips of a page: what stands side by side with white between, from the top to the bottom.

Rows are looked for across the page, so a sidebar beside a table would be taken for more of its
columns. Gutters inside a table are no page gutters where text above or below crosses them.
"""

from collections.abc import Sequence

import numpy as np

from wenyun.engine.layout.tables.level import Floats
from wenyun.engine.ranks import distinct

LEAST_LINES = 8
"""A strip has at least so many lines."""

WHITE = 0.8
"""A gutter is at least so many text heights wide."""

CROSSING = 0.04
"""Of a page's lines, so many may cross a gutter: titles over all of it."""


def strips(rects: Floats, free: Sequence[int], em: float) -> list[list[int]]:
    """Lines by the strip that they stand in, from left to right; lines across a gutter in none.

    Args:
        rects: (N, 4) u0, v0, u1, v1 of all lines.
        free: The lines to part.
        em: The text's height.
    """
    own = rects[list(free)]
    cuts = _gutters(own, em)
    parts = [
        [i for i in free if rects[i, 0] >= left and rects[i, 2] <= right]
        for left, right in zip([-np.inf, *cuts], [*cuts, np.inf], strict=True)
    ]
    return [part for part in parts if len(part) >= LEAST_LINES]


def _gutters(own: Floats, em: float) -> list[float]:
    """Middles of the gutters, from left to right."""
    allowed = max(1, int(CROSSING * len(own)))
    edges = distinct(own[:, [0, 2]])
    # Between two neighbouring edges the number of lines that cross is always the same.
    middles = (edges[:-1] + edges[1:]) / 2
    starts, ends = np.sort(own[:, 0]), np.sort(own[:, 2])
    begun, ended = np.searchsorted(starts, middles), np.searchsorted(ends, middles)
    open_here = begun - ended <= allowed
    both = (ended >= LEAST_LINES) & (len(own) - begun >= LEAST_LINES)
    found, at = [], 0
    while at < len(middles):
        if not open_here[at]:
            at += 1
            continue
        last = at
        while last + 1 < len(middles) and open_here[last + 1]:
            last += 1
        if edges[last + 1] - edges[at] >= WHITE * em and bool(both[at : last + 1].any()):
            found.append(float(edges[at] + edges[last + 1]) / 2)
        at = last + 1
    return found
