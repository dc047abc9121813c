"""Rows of a table without rules between them: which lines of text stand in one row.

Lines that overlap in height are in one band; a cell of two lines beside a single line in the
middle of its height is one band already. What is left are lines below each other in one cell:
they stand closer than rows do, and continue columns that have text above (or below).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from wenyun.engine.layout.tables.level import Floats
from wenyun.engine.ranks import median

Numbers = npt.NDArray[np.int64]

SHRUNK = 0.15
"""Boxes are looser than ink: this part of their height is left out above and below."""

FULL = 0.6
"""A row with text in this part of the columns shows how far apart rows stand."""

TIGHT = 0.7
"""Lines closer than this part of the distance between rows are in one cell."""

USUAL_GAP = 0.8
"""How far apart rows are taken to be where no two full ones follow each other, in text heights."""

MIN_FILL, MIN_KEYS = 0.6, 0.8
"""Cells with text, and first cells with text, in rows that no rule divides."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Lines with the columns that each stands in.

    Attributes:
        rects: (N, 4) level coordinates.
        first: (N,) the first column of each.
        last: (N,) the last.
        columns: How many columns there are.
    """

    rects: Floats
    first: Numbers
    last: Numbers
    columns: int


@dataclass(slots=True)
class Row:
    """A row's lines by number; `tall` are those that reach into the row below."""

    lines: list[int]
    tall: set[int] = field(default_factory=set)


def bands(rects: Floats, members: Sequence[int] | None = None) -> list[list[int]]:
    """Lines that overlap in height, from top to bottom, each band from left to right."""
    numbers = range(len(rects)) if members is None else members
    air = SHRUNK * (rects[:, 3] - rects[:, 1])
    starts: list[float] = rects[:, 0].tolist()
    tops: list[float] = (rects[:, 1] + air).tolist()
    bottoms: list[float] = (rects[:, 3] - air).tolist()
    found: list[list[int]] = []
    reach = -math.inf
    for number in sorted(numbers, key=lambda i: (tops[i], starts[i])):
        if tops[number] < reach:
            found[-1].append(number)
        else:
            found.append([number])
        reach = max(reach, bottoms[number])
    return [sorted(band, key=starts.__getitem__) for band in found]


def logical_rows(placed: Placed, members: Sequence[int], em: float) -> list[Row]:
    """The rows of a table from top to bottom."""
    first, *others = bands(placed.rects, members)
    rows = [*_stacked(placed, first), *map(Row, others)]
    usual = _usual_gap(placed, rows, em)
    merged = rows[:1]
    for row in rows[1:]:
        if _continues(placed, merged[-1], row, TIGHT * usual):
            merged[-1].lines += row.lines
            merged[-1].tall |= row.tall
        else:
            merged.append(row)
    return merged


def tall_rows(rects: Floats, borders: Floats, em: float) -> list[float]:
    """Where rows part in a row of a grid that no rules divide; nothing if it is one row.

    Args:
        rects: (N, 4) the lines in it.
        borders: (C + 1,) its upright borders.
        em: How high text is.
    """
    if len(borders) < 3 or len(rects) < 4:
        return []
    columns = np.searchsorted(borders, (rects[:, 0] + rects[:, 2]) / 2).astype(np.int64) - 1
    placed = Placed(rects, columns, columns, len(borders) - 1)
    rows = logical_rows(placed, range(len(rects)), em)
    filled = [set(columns[row.lines].tolist()) for row in rows]
    fill = sum(map(len, filled)) / (len(rows) * placed.columns)
    keys = sum(0 in row for row in filled) / len(rows)
    if len(rows) < 2 or fill < MIN_FILL or keys < MIN_KEYS:
        return []
    if len(rows) == 2 and _gap(rects, rows[0], rows[1]) < USUAL_GAP * em:
        return []
    return borders_between(rects, rows)


def borders_between(rects: Floats, rows: Sequence[Row]) -> list[float]:
    """The middle between each row and the next."""
    ends = [float(np.max(rects[row.lines, 3])) for row in rows]
    starts = [float(np.min(rects[row.lines, 1])) for row in rows]
    return [(end + start) / 2 for end, start in zip(ends, starts[1:], strict=False)]


def filled_columns(placed: Placed, row: Row) -> set[int]:
    """The columns in which a row has text."""
    return {c for i in row.lines for c in range(placed.first[i], placed.last[i] + 1)}


def _stacked(placed: Placed, band: list[int]) -> list[Row]:
    """The first band as one row, or as two where headings stand over columns of their own."""
    rects = placed.rects
    middles = {i: float(rects[i, 1] + rects[i, 3]) / 2 for i in band}
    near = 0.5 * float(np.min(rects[band, 3] - rects[band, 1]))
    top, foot = min(middles.values()) + near, max(middles.values()) - near
    above = Row([i for i in band if middles[i] < top])
    below = Row([i for i in band if middles[i] > foot])
    more = len(below.lines) > len(above.lines)
    if top > foot or not (more and filled_columns(placed, above) <= filled_columns(placed, below)):
        return [Row(band)]
    tall = {i for i in band if top <= middles[i] <= foot}
    return [Row([*above.lines, *sorted(tall)], tall), below]


def _usual_gap(placed: Placed, rows: Sequence[Row], em: float) -> float:
    full = [len(filled_columns(placed, row)) >= FULL * placed.columns for row in rows]
    gaps = [
        _gap(placed.rects, rows[i], rows[i + 1])
        for i in range(len(rows) - 1)
        if full[i] and full[i + 1]
    ]
    return max(0.0, median(gaps)) if gaps else USUAL_GAP * em


def _gap(rects: Floats, above: Row, below: Row) -> float:
    return float(np.min(rects[below.lines, 1]) - np.max(rects[above.lines, 3]))


def _continues(placed: Placed, above: Row, below: Row, tight: float) -> bool:
    """Whether two rows are lines of the same cells: close, and one only continues the other."""
    if above.tall or _gap(placed.rects, above, below) >= tight:
        return False
    upper, lower = filled_columns(placed, above), filled_columns(placed, below)
    fewer = min(len(upper), len(lower)) < FULL * placed.columns
    spanning = any(placed.last[i] > placed.first[i] for i in (*above.lines, *below.lines))
    return fewer and not spanning and (lower <= upper or upper <= lower)
