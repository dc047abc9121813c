"""Headers of two rows: headings over several columns, and labels beside both rows."""

from collections.abc import Sequence
from dataclasses import replace

from wenyun.engine.layout.tables.level import Floats
from wenyun.engine.layout.tables.rows import Placed, Row, filled_columns

CENTRED = 0.7
"""A heading's middle is so many text heights or less from that of the columns below it."""

LOOSELY = 1.6
"""The same where labels beside the header's rows say that there are headings over columns."""

WIDEST = 6
"""Headings reach over at most so many columns."""


def settle_header(
    placed: Placed, extents: Floats, rows: Sequence[Row], em: float
) -> tuple[Placed, list[Row]]:
    """The columns that headings reach over, and a header's rows where labels stand between them."""
    found = _unstaggered(placed, list(rows))
    if len(found) < 3:
        return placed, found
    first, last = placed.first.copy(), placed.last.copy()
    above, below = filled_columns(placed, found[0]), filled_columns(placed, found[1])
    if len(above) >= placed.columns or not above - {0}:
        return placed, found
    taken = {c for i in found[0].lines for c in range(first[i], last[i] + 1)}
    for i in found[0].lines:
        if i not in found[0].tall:
            others = taken - set(range(first[i], last[i] + 1))
            free = below - others
            first[i], last[i] = _reach(placed, extents, i, free, em, loose=bool(found[0].tall))
    return replace(placed, first=first, last=last), found


def _unstaggered(placed: Placed, rows: list[Row]) -> list[Row]:
    """Rows whose labels stand between headings and what is below these: two rows, not three."""
    if len(rows) < 4:
        return rows
    above, middle, below = (filled_columns(placed, row) for row in rows[:3])
    more = above <= below and len(rows[2].lines) > len(rows[0].lines)
    if middle & (above | below) or not more or len(middle | below) < placed.columns - 1:
        return rows
    lines = rows[0].lines + rows[1].lines
    return [Row(lines, set(rows[1].lines)), *rows[2:]]


def _reach(
    placed: Placed, extents: Floats, line: int, below: set[int], em: float, *, loose: bool
) -> tuple[int, int]:
    """The columns under a heading: those in whose middle it stands, unless it keeps to one."""
    rect = placed.rects[line]
    first, last = int(placed.first[line]), int(placed.last[line])
    middle, near = (rect[0] + rect[2]) / 2, (LOOSELY if loose else CENTRED) * em
    best, least = (first, last), near
    if first == last and not loose:
        least = min(near, _off(extents[first], rect))
    for start in range(max(0, first - WIDEST), first + 1):
        for end in range(max(last, start + 1), min(len(extents), start + WIDEST)):
            if not set(range(start, end + 1)) <= below:
                continue
            off = abs(middle - (extents[start, 0] + extents[end, 1]) / 2)
            if off < least:
                best, least = (start, end), off
    return best


def _off(extent: Floats, rect: Floats) -> float:
    """How far a heading is from keeping to an edge or the middle of a column."""
    left, right = abs(rect[0] - extent[0]), abs(rect[2] - extent[1])
    return float(min(left, right, abs((rect[0] + rect[2]) - (extent[0] + extent[1])) / 2))
