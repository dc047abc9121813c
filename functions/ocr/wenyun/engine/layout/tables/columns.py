"""Columns of a table without upright rules: white gutters that run down between its lines."""

from collections.abc import Sequence

import numpy as np

from wenyun.engine.layout.tables.level import Floats
from wenyun.engine.layout.tables.rows import Placed
from wenyun.engine.ranks import distinct

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
    extents = _with_orphans(extents, rects, rows, least * em)
    first = np.zeros(len(rects), np.int64)
    last = np.zeros(len(rects), np.int64)
    for row in rows:
        for i in row:
            first[i], last[i] = _reach(extents, rects[i], em)
    members = [i for row in rows for i in row]
    placed = Placed(rects, first, last, len(extents))
    return placed, np.array([_full_extent(placed, members, c, e) for c, e in enumerate(extents)])


def _full_extent(placed: Placed, members: Sequence[int], column: int, extent: Floats) -> Floats:
    """(2,): from where to where the lines reach that stand in this column alone, and over it."""
    alone = [i for i in members if placed.first[i] == placed.last[i] == column]
    own = placed.rects[alone][:, [0, 2]]
    middles, middle = own.mean(axis=1), extent.mean()
    over = ((own[:, 0] <= middle) & (middle <= own[:, 1])) | (
        (extent[0] <= middles) & (middles <= extent[1])
    )
    kept = np.concatenate([own[over], extent[None]])
    return np.array([np.min(kept[:, 0]), np.max(kept[:, 1])])


def _extents(rects: Floats, rows: Sequence[Sequence[int]], least: float) -> Floats:
    """(C, 2): where more rows have text than may run over a gutter."""
    stops = distinct(np.concatenate([rects[list(row)][:, [0, 2]].ravel() for row in rows]))
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


def _with_orphans(
    extents: Floats, rects: Floats, rows: Sequence[Sequence[int]], least: float
) -> Floats:
    """Columns for lines that stand in a gutter, with white on both sides.

    In the first row such a line is a heading over the columns beside it, unless these have their
    own there.
    """
    for i in (i for row in rows for i in row):
        u0, u1 = rects[i, 0], rects[i, 2]
        left, right = extents[:, 1] + least <= u0, extents[:, 0] - least >= u1
        if (left | right).all():
            beside = extents[left][-1:], extents[right][:1]
            if i in rows[0] and not any(_is_held(one, rects[list(rows[0])]) for one in beside):
                continue
            extents = np.concatenate([extents, [[u0, u1]]])
            extents = extents[np.argsort(extents[:, 0])]
    return extents


def _is_held(extents: Floats, rects: Floats) -> bool:
    """Whether a line stands in a column; there is none to stand in at an end of the page."""
    if not len(extents):
        return True
    return bool(((rects[:, 0] < extents[0, 1]) & (rects[:, 2] > extents[0, 0])).any())


def _reach(extents: Floats, rect: Floats, em: float) -> tuple[int, int]:
    """The first and the last column that a line stands in."""
    shared = np.minimum(extents[:, 1], rect[2]) - np.maximum(extents[:, 0], rect[0])
    wide = np.minimum(extents[:, 1] - extents[:, 0], rect[2] - rect[0])
    held = np.flatnonzero(shared > np.minimum(SHARED * em, 0.5 * wide))
    if len(held):
        return int(held[0]), int(held[-1])
    nearest = int(np.argmax(shared))
    return nearest, nearest
