"""Tables with no rules at all: told by columns that several rows keep to, and by a header.

Menus, receipts, forms and lists keep to columns too. What makes a table here: three columns or
more, three rows or more, each column lined up at its left, its right or its middle, few empty
cells, and either a row of headings over columns of numbers, or columns of words all through.
"""

import math
from collections.abc import Sequence

import numpy as np

from wenyun.engine.layout.tables.aligned import Alignment, align, draft
from wenyun.engine.layout.tables.draft import Draft
from wenyun.engine.layout.tables.kinds import is_label, is_number, is_year
from wenyun.engine.layout.tables.level import Floats
from wenyun.engine.layout.tables.rows import bands
from wenyun.engine.ranks import median, medians
from wenyun.result import Line

Rects = list[list[float]]
"""u0, v0, u1, v1 of each line."""

MIN_COLUMNS, MIN_ROWS = 3, 3
LEAST_GUTTER = 0.5
"""Columns stand at least so many text heights apart."""

FAR = 3.5
"""Rows further apart than this many text heights are not of one table."""

MIN_FILL, WORDS_FILL = 0.7, 0.9
LINED_UP = 0.6
"""Edges of a column differ by less than this many text heights in the middle case."""

HEADING = 0.6
"""A heading over columns is narrower than this part of the table: wider is prose."""

MAX_PROSE = 2
"""So many columns of running text are a page of prose."""

MAX_LABELS = 0.15
MOSTLY = 0.75
WIDEST = 16.0
"""Cells so many text heights wide are prose; one column may have such."""


def bare_tables(
    rects: Floats, lines: Sequence[Line], free: Sequence[int], em: float
) -> list[Draft]:
    """Tables without rules among lines that are in no table yet."""
    found = []
    for members in _candidates(rects, free, em):
        alignment = align(rects, members, LEAST_GUTTER, em)
        if alignment is not None and _sound(alignment, lines, em):
            found.append(draft(alignment, lines, em))
    return found


def _candidates(floats: Floats, free: Sequence[int], em: float) -> list[list[int]]:
    """Runs of rows that mostly have three parts or more."""
    rects: Rects = floats.tolist()  # looked at one by one, and of arrays that takes long
    runs: list[list[list[int]]] = [[]]
    for band in bands(floats, free):
        if runs[-1] and not _follows(rects, runs[-1], band, em):
            runs.append([])
        runs[-1].append(band)
    trimmed = [_trimmed(rects, run, em) for run in runs]
    return [
        [i for band in run for i in band]
        for run in trimmed
        if sum(_parts(rects, band, em) >= MIN_COLUMNS for band in run) >= MIN_ROWS
    ]


def _follows(rects: Rects, run: list[list[int]], band: list[int], em: float) -> bool:
    """Whether a row may be of the same table as those above it."""
    if _gap(rects, run[-1], band) > FAR * em:
        return False
    wide = max(rects[i][2] for i in band) - min(rects[i][0] for i in band)
    alone = _parts(rects, band, em) == 1
    return not (alone and wide > WIDEST * em)


def _trimmed(rects: Rects, run: list[list[int]], em: float) -> list[list[int]]:
    """A run without the rows of a single part at its ends: captions, notes."""
    rich = [k for k, band in enumerate(run) if _parts(rects, band, em) >= MIN_COLUMNS]
    if not rich:
        return []
    first, last = rich[0], rich[-1]
    wide = [i for band in run[first : first + MIN_ROWS] for i in band]
    while first > 0 and _heads(rects, run[first - 1], run[first], wide, em):
        first -= 1
    if first > 1 and _heads(rects, run[first - 2] + run[first - 1], run[first], wide, em):
        first -= 2
    usual = median([_gap(rects, run[k - 1], run[k]) for k in rich[1:]] or [0.0])
    while last + 1 < len(run) and (
        _hangs(rects, run[last], run[last + 1], em)
        or _follows_on(rects, run[last], run[last + 1], usual, em)
    ):
        last += 1
    return run[first : last + 1]


def _heads(rects: Rects, band: list[int], below: list[int], wide: list[int], em: float) -> bool:
    """Whether a row above may be the upper part of a header: close, in parts, no wider."""
    gap = _gap(rects, band, below)
    left, right = min(rects[i][0] for i in wide) - em, max(rects[i][2] for i in wide) + em
    inside = all(rects[i][0] > left and rects[i][2] < right for i in band)
    narrow = all(rects[i][2] - rects[i][0] < HEADING * (right - left) for i in band)
    indented = all(rects[i][0] > left + 4 * em for i in band)
    return gap < 1.6 * em and inside and narrow and (len(band) > 1 or indented)


def _follows_on(rects: Rects, above: list[int], band: list[int], usual: float, em: float) -> bool:
    """Whether a row below is one more row, with empty cells: in parts, no further than usual."""
    return _parts(rects, band, em) > 1 and _gap(rects, above, band) < 1.3 * usual + 0.1 * em


def _gap(rects: Rects, above: list[int], below: list[int]) -> float:
    return min(rects[i][1] for i in below) - max(rects[i][3] for i in above)


def _hangs(rects: Rects, above: list[int], band: list[int], em: float) -> bool:
    """Whether a row below is the rest of cells: as close as lines of one cell, in its columns."""
    return _gap(rects, above, band) < 0.5 * em and all(
        any(_is_under(rects, i, k, above, em) for k in above) for i in band
    )


def _is_under(rects: Rects, low: int, high: int, above: list[int], em: float) -> bool:
    """Whether a line begins below another and ends before the next column: a note does not."""
    end = rects[high][2]
    room = min((rects[k][0] for k in above if rects[k][0] > end), default=math.inf)
    return abs(rects[low][0] - rects[high][0]) < 0.5 * em and rects[low][2] < room


def _parts(rects: Rects, band: list[int], em: float) -> int:
    """How many parts with white between them a row has."""
    count, reach = 0, -math.inf
    for start, _, end, _ in sorted(rects[i] for i in band):
        count += start > reach + LEAST_GUTTER * em
        reach = max(reach, end)
    return count


def _sound(found: Alignment, lines: Sequence[Line], em: float) -> bool:
    members = [i for row in found.rows for i in row.lines]
    if found.columns < MIN_COLUMNS or len(found.rows) < MIN_ROWS or found.fill() < MIN_FILL:
        return False
    if sum(is_label(lines[i].text) for i in members) > MAX_LABELS * len(members):
        return False
    if found.prose_columns(em) >= MAX_PROSE:
        return False
    return _lined_up(found, em) and _says_table(found, lines)


def _column(found: Alignment, column: int) -> list[list[int]]:
    """The lines of a column, row by row; those over several columns are left out."""
    placed = found.placed
    return [
        [i for i in row.lines if placed.first[i] == placed.last[i] == column] for row in found.rows
    ]


def _lined_up(found: Alignment, em: float) -> bool:
    """Whether every column keeps to an edge, and at most one has long lines."""
    rects, long = found.placed.rects, 0
    for column in range(found.columns):
        own = rects[[i for cell in _column(found, column) for i in cell]]
        if not len(own):
            return False
        edges = np.stack([own[:, 0], own[:, 2], (own[:, 0] + own[:, 2]) / 2])
        spread = medians(np.abs(edges - medians(edges, 1)[:, None]), 1)
        if float(np.min(spread)) > LINED_UP * em:
            return False
        long += median(own[:, 2] - own[:, 0]) > WIDEST * em
    return long <= 1


def _says_table(found: Alignment, lines: Sequence[Line]) -> bool:
    """Whether the words make a table: headings over numbers, or words of one kind a column."""
    head = _header_rows(found)
    numeric = []
    for column in range(found.columns):
        cells = _column(found, column)
        body = [is_number(" ".join(lines[i].text for i in cell)) for cell in cells[head:] if cell]
        share = sum(body) / len(body) if body else 0.0
        if 1 - MOSTLY < share < MOSTLY:
            return False
        numeric.append(share >= MOSTLY)
    if not any(numeric[1:]):
        return len(found.rows) > MIN_ROWS and found.fill() >= WORDS_FILL
    return _is_headed(found, lines, numeric, head)


def _header_rows(found: Alignment) -> int:
    """How many rows the header has: two where something stands over several columns."""
    placed, first = found.placed, found.rows[0]
    return 2 if any(placed.last[i] > placed.first[i] for i in first.lines) else 1


def _is_headed(found: Alignment, lines: Sequence[Line], numeric: list[bool], head: int) -> bool:
    """Whether columns of numbers have each a heading of their own that is none."""
    placed = found.placed
    lone = [i for row in found.rows[:head] for i in row.lines if placed.first[i] == placed.last[i]]
    own = [i for i in lone if numeric[placed.first[i]]]
    titled = {int(placed.first[i]) for i in own}
    numbers = sum(is_number(lines[i].text) and not is_year(lines[i].text) for i in own)
    return len(titled) >= MOSTLY * sum(numeric) and numbers <= (1 - MOSTLY) * len(own)
