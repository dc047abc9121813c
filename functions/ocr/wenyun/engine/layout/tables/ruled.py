"""Tables with level rules alone: three lines (top, below the header, bottom) or one a row."""

from collections.abc import Sequence

import numpy as np

from wenyun.engine.layout.tables.aligned import Alignment, align, draft
from wenyun.engine.layout.tables.draft import Draft
from wenyun.engine.layout.tables.kinds import is_label
from wenyun.engine.layout.tables.level import Floats
from wenyun.engine.layout.tables.rows import bands, filled_columns
from wenyun.engine.ranks import median
from wenyun.result import Line

LEAST_GUTTER = 0.25
"""Between rules, columns may stand this close, in text heights."""

SAME_ENDS = 1.5
"""Rules of one table begin and end alike within so many text heights."""

DOUBLE = 0.5
"""Rules closer than this many text heights are one, printed double."""

MAX_ALONE = 0.6
"""A line that stands alone between rules and fills this part of their width is prose."""

MIN_FILL = 0.5
MAX_LABELS = 0.3
MAX_PROSE = 2
"""So many columns of running text are a page of prose."""


def ruled_tables(
    level: Floats, rects: Floats, lines: Sequence[Line], free: Sequence[int], em: float
) -> list[Draft]:
    """Tables between level rules.

    Args:
        level: (N, 3) place, start and end of rules that are in no grid.
        rects: (N, 4) all lines, level.
        lines: All lines of the page.
        free: Numbers of the lines that are in no table yet.
        em: How high text is.
    """
    found = []
    left = list(free)
    for stack in _stacks(level, em):
        for rules in _runs(stack, rects, left, em):
            table = _table(rules, rects, lines, left, em)
            if table is not None:
                found.append(table)
                taken = set(table.members())
                left = [i for i in left if i not in taken]
    return found


def _stacks(level: Floats, em: float) -> list[Floats]:
    """Rules that begin and end alike, from top to bottom, double ones once."""
    left = list(range(len(level)))
    found = []
    while left:
        one = level[left[0]]
        alike = [i for i in left if np.abs(level[i, 1:] - one[1:]).max() < SAME_ENDS * em]
        left = [i for i in left if i not in alike]
        stack = level[alike][np.argsort(level[alike, 0])]
        kept = np.concatenate([[True], np.diff(stack[:, 0]) > DOUBLE * em])
        if kept.sum() >= 3:
            found.append(stack[kept])
    return found


def _runs(stack: Floats, rects: Floats, free: Sequence[int], em: float) -> list[Floats]:
    """The longest runs of rules that have rows of several parts between them."""
    runs, at = [], 0
    for i in range(len(stack) - 1):
        if not _parted(_inside(stack[i : i + 2], rects, free, em), rects, stack[i]):
            runs.append(stack[at : i + 1])
            at = i + 1
    runs.append(stack[at:])
    return [run for run in runs if len(run) >= 3]


def _inside(rules: Floats, rects: Floats, free: Sequence[int], em: float) -> list[int]:
    """Lines between the first rule and the last."""
    v = (rects[:, 1] + rects[:, 3]) / 2
    start, end = float(np.min(rules[:, 1])) - em, float(np.max(rules[:, 2])) + em
    held = (v > rules[0, 0]) & (v < rules[-1, 0]) & (rects[:, 0] > start) & (rects[:, 2] < end)
    return [i for i in free if held[i]]


def _parted(members: Sequence[int], rects: Floats, rule: Floats) -> bool:
    """Whether lines stand side by side, and none fills the width: prose does."""
    rows = bands(rects, members)
    wide = MAX_ALONE * float(rule[2] - rule[1])
    alone = [row[0] for row in rows if len(row) == 1]
    return len(alone) < len(rows) and all(rects[i, 2] - rects[i, 0] < wide for i in alone)


def _table(
    rules: Floats, rects: Floats, lines: Sequence[Line], free: Sequence[int], em: float
) -> Draft | None:
    members = _inside(rules, rects, free, em)
    inner = [float(place) for place in rules[1:-1, 0]]
    found = align(rects, members, LEAST_GUTTER, em, inner)
    if found is None or not _sound(found, lines, em):
        return None
    frame = (
        median(rules[:, 1]),
        float(rules[0, 0]),
        median(rules[:, 2]),
        float(rules[-1, 0]),
    )
    return draft(found, lines, em, frame)


def _sound(found: Alignment, lines: Sequence[Line], em: float) -> bool:
    """Whether what stands between rules is a table: no prose, and no labels with values."""
    members = [i for row in found.rows for i in row.lines]
    if len(found.rows) < 2 or len(found.rows) * found.columns < 6 or found.fill() < MIN_FILL:
        return False
    labels = sum(is_label(lines[i].text) for i in members)
    if labels > MAX_LABELS * len(members):
        return False
    if found.columns == 2 and len(filled_columns(found.placed, found.rows[0])) < 2:
        return False
    return found.prose_columns(em) < min(MAX_PROSE, found.columns)
