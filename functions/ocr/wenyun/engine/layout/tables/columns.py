"""Columns of a table without upright rules: white gutters that run down between its lines."""

from collections.abc import Sequence

import numpy as np

from wenyun.engine.layout.tables.level import Floats
from wenyun.engine.layout.tables.rows import Placed

CROSSING = 0.12
"""This part of the rows may run over a gutter: headings over several columns, totals."""

SHARED = 0.4
"""A line stands in a column when they share so many text heights."""


def place(
    rects: Floats, rows: Sequence[Sequence[int]], least: float, em: float
) -> tuple[Placed, Floats]:
    """The columns that lines stand in, and (C, 2) from where to where each column reaches.

    Args:
        rects: (N, 4) all lines, level.
        rows: Numbers of lines, band by band.
        least: How wide a gutter is at least, in text heights.
        em: How high text is.
    """
    extents = _extents(rects, rows, least * em)
    extents = _with_orphans(extents, rects, [i for row in rows for i in row], least * em)
    first = np.zeros(len(rects), np.int64)
    last = np.zeros(len(rects), np.int64)
    for row in rows:
        for i in row:
            first[i], last[i] = _reach(extents, rects[i], em)
    return Placed(rects, first, last, len(extents)), extents


def _extents(rects: Floats, rows: Sequence[Sequence[int]], least: float) -> Floats:
    """(C, 2): where more rows have text than may run over a gutter."""
    stops = np.unique(np.concatenate([rects[list(row)][:, [0, 2]].ravel() for row in rows]))
    if len(stops) < 2:
        return np.array([[stops[0], stops[-1]]])
    count = np.zeros(len(stops) - 1, np.int64)
    for row in rows:
        covered = np.zeros(len(stops) - 1, np.bool_)
        for i in row:
            covered |= (stops[:-1] >= rects[i, 0]) & (stops[1:] <= rects[i, 2])
        count += covered
    allowed = max(1, int(CROSSING * len(rows))) if len(rows) > 3 else 0
    solid = np.concatenate([[False], count > allowed, [False]]).astype(np.int8)
    edges = np.flatnonzero(np.diff(solid))
    found: list[list[float]] = []
    for start, end in zip(stops[edges[::2]], stops[edges[1::2]], strict=True):
        if found and start - found[-1][1] < least:
            found[-1][1] = float(end)
        else:
            found.append([float(start), float(end)])
    return np.array(found, np.float64).reshape(-1, 2)


def _with_orphans(extents: Floats, rects: Floats, members: list[int], least: float) -> Floats:
    """Columns for lines that stand in a gutter, with white on both sides."""
    for i in members:
        u0, u1 = rects[i, 0], rects[i, 2]
        clear = (extents[:, 1] + least <= u0) | (extents[:, 0] - least >= u1)
        if clear.all():
            extents = np.concatenate([extents, [[u0, u1]]])
            extents = extents[np.argsort(extents[:, 0])]
    return extents


def _reach(extents: Floats, rect: Floats, em: float) -> tuple[int, int]:
    """The first and the last column that a line stands in."""
    shared = np.minimum(extents[:, 1], rect[2]) - np.maximum(extents[:, 0], rect[0])
    wide = np.minimum(extents[:, 1] - extents[:, 0], rect[2] - rect[0])
    held = np.flatnonzero(shared > np.minimum(SHARED * em, 0.5 * wide))
    if len(held):
        return int(held[0]), int(held[-1])
    nearest = int(np.argmax(shared))
    return nearest, nearest
