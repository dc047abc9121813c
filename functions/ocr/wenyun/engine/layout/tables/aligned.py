"""Tables without a grid: lines that keep to columns, drawn up row by row."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wenyun.engine.layout.tables.columns import place
from wenyun.engine.layout.tables.draft import Draft, Piece, in_order, rect_of
from wenyun.engine.layout.tables.headers import settle_header
from wenyun.engine.layout.tables.level import Floats
from wenyun.engine.layout.tables.rows import (
    Placed,
    Row,
    bands,
    borders_between,
    filled_columns,
    logical_rows,
)
from wenyun.engine.layout.tables.spans import Span
from wenyun.result import Line

PROSE_LINES, PROSE_WIDTH, FILLED, FULL_LINES = 5, 6.0, 0.85, 0.55
"""Running text: so many lines, so many text heights wide; this part of the column is filled by
lines, and this part of the lines fill it."""

ONE_EACH = 4
"""From so many rules on, rules may stand between all rows."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Lines in columns and rows; `extents` (C, 2) is from where to where each column reaches."""

    placed: Placed
    extents: Floats
    rows: tuple[Row, ...]

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.extents)

    def fill(self) -> float:
        """Cells with text, in parts of all."""
        filled = sum(len(filled_columns(self.placed, row)) for row in self.rows)
        return filled / max(1, len(self.rows) * self.columns)

    def prose_columns(self, em: float) -> int:
        """How many columns hold running text: most of their lines are long and fill them."""
        placed = self.placed
        members = [i for row in self.rows for i in row.lines]
        count = 0
        for column in range(self.columns):
            own = [i for i in members if placed.first[i] == placed.last[i] == column]
            widths = placed.rects[own, 2] - placed.rects[own, 0]
            full = max(PROSE_WIDTH * em, FILLED * float(np.ptp(self.extents[column])))
            count += len(own) >= PROSE_LINES and bool((widths > full).mean() > FULL_LINES)
        return count


def align(
    rects: Floats, members: Sequence[int], least: float, em: float, rules: Sequence[float] = ()
) -> Alignment | None:
    """Lines put in columns and rows, whatever they say.

    Args:
        rects: (N, 4) all lines, level.
        members: Numbers of the lines in question.
        least: How wide a gutter is at least, in text heights.
        em: How high text is.
        rules: Heights of rules that part rows, ascending.
    """
    if not members:
        return None
    parts = _between(rects, members, rules)
    placed, extents = place(rects, [band for p in parts for band in bands(rects, p)], least, em)
    if len(extents) < 2:
        return None
    rows = [logical_rows(placed, part, em) for part in parts]
    if len(parts) >= ONE_EACH and 2 * sum(len(part) == 1 for part in rows) > len(parts):
        head = rows[0] if any(len(filled_columns(placed, r)) > 1 for r in rows[0]) else []
        rows = [head or [Row(parts[0])], *([Row(part)] for part in parts[1:])]
    placed, settled = settle_header(placed, extents, [row for part in rows for row in part], em)
    return Alignment(placed, extents, tuple(settled))


def _between(rects: Floats, members: Sequence[int], rules: Sequence[float]) -> list[list[int]]:
    """Lines between one rule and the next."""
    middles = (rects[:, 1] + rects[:, 3]) / 2
    where = np.searchsorted(np.array(rules, np.float64), middles)
    parts = [[i for i in members if where[i] == part] for part in range(len(rules) + 1)]
    return [part for part in parts if part]


def draft(found: Alignment, lines: Sequence[Line], em: float, frame: Sequence[float] = ()) -> Draft:
    """An alignment as a table; `frame` is u0, v0, u1, v1 where rules say it."""
    cells, pieces = _cells(found, lines)
    extents, rects = found.extents, found.placed.rects
    used = [i for row in found.rows for i in row.lines]
    air = 0.3 * em
    u0, v0 = (float(np.min(rects[used, k])) - air for k in (0, 1))
    u1, v1 = (float(np.max(rects[used, k])) + air for k in (2, 3))
    if frame:
        u0, u1 = min(u0, frame[0]), max(u1, frame[2])
        v0, v1 = min(v0 + air, frame[1]), max(v1 - air, frame[3])
    us = np.array([u0, *((extents[:-1, 1] + extents[1:, 0]) / 2), u1])
    vs = np.array([v0, *borders_between(rects, found.rows), v1])
    return Draft(np.maximum.accumulate(us), np.maximum.accumulate(vs), cells, pieces)


def _cells(
    found: Alignment, lines: Sequence[Line]
) -> tuple[tuple[Span, ...], tuple[tuple[Piece, ...], ...]]:
    """Cells row by row, empty ones included, with what stands in each."""
    owner: dict[tuple[int, int], Span] = {}
    held: dict[Span, list[Piece]] = {}
    placed = found.placed
    for number, row in enumerate(found.rows):
        for i in sorted(row.lines, key=lambda i: (placed.first[i] - placed.last[i], i)):
            span = _span(owner, number, int(placed.first[i]), int(placed.last[i]), i in row.tall)
            held.setdefault(span, []).append(Piece(i, lines[i].text, rect_of(placed.rects[i])))
        for column in range(found.columns):
            if (number, column) not in owner:
                span = _span(owner, number, column, column, False)
                held.setdefault(span, [])
    cells = tuple(sorted(held))
    return cells, tuple(in_order(held[cell]) for cell in cells)


def _span(owner: dict[tuple[int, int], Span], row: int, first: int, last: int, tall: bool) -> Span:
    """The cell for text in these columns: a new one, unless something stands there already."""
    for column in range(first, last + 1):
        if (row, column) in owner:
            return owner[row, column]
    span = Span(row, first, 2 if tall else 1, last - first + 1)
    for base in range(row, row + span.row_span):
        for column in range(first, last + 1):
            owner[base, column] = span
    return span
