"""Lines of one column to paragraphs: what a compositor does to begin a new one, read backwards.

A paragraph begins where the size or the weight changes, after more white than between its lines,
at an indent, at the mark of an item, and after a line that ended although the next word would
have fitted in (the rule that R. Smith gives in "Hybrid page layout analysis via tab-stop
detection", ICDAR 2009, and the PDF readers since).
"""

import re
from collections.abc import Sequence

from wenyun.engine.layout.column import (
    Column,
    Edges,
    column_edges,
    more_white,
    set_differently,
)
from wenyun.engine.layout.markers import SURE, is_caption, is_numbered_heading, item_mark
from wenyun.engine.layout.strips import Strip

INDENT = 0.65
"""An edge further in by this many sizes is an indent."""

INSET = 2.3
"""A centred line begins and ends this many sizes off the other: a first line's indent does not."""

AXIS = 0.4
"""Lines are centred if their middles differ by no more than so many sizes."""

SLACK = 0.9
"""Beyond the next word, so many sizes of white at a line's end say that it ended on purpose."""

STOP_SLACK, MIDDLE_SLACK = 0.4, 2.0
"""The same behind a full stop, and in front of a small letter, which goes on with a sentence."""

CENTRE_SLACK = 5.0
"""The same for centred lines, in parts of the column's width: titles leave air on both sides."""

NEVER_FIRST = tuple("，。、；：？！”’）》」』,;:?!)")
"""Marks that no paragraph begins with, though a line that is read badly may."""

WORD = re.compile(r"[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]+")


def paragraphs(strips: Sequence[Strip]) -> list[list[Strip]]:
    """Strips of one column, from the top down, grouped to paragraphs."""
    column = Column(strips)
    edges = column_edges(strips, column)
    found: list[list[Strip]] = []
    for at, strip in enumerate(strips):
        if found and not _breaks(found[-1], strip, edges[at - 1], edges[at], column):
            found[-1].append(strip)
        else:
            found.append([strip])
    return found


def _breaks(block: list[Strip], after: Strip, above: Edges, own: Edges, column: Column) -> bool:
    """Whether a strip begins a new paragraph below the ones of a block."""
    before = block[-1]
    if not (before.alone and after.alone) or set_differently(before, after):
        return True
    if more_white(before, after, column) or item_mark(after.text) == SURE:
        return True
    if after.text.startswith(NEVER_FIRST):
        return False
    if is_caption(after.text) or (len(block) == 1 and is_numbered_heading(before.text)):
        return _ended(before, after, above)
    listed = bool(item_mark(block[0].text))
    if item_mark(after.text) and (listed or _ended(before, after, above)):
        return True
    if _centred(before, after, column):
        width, word = before.x1 - before.x0, first_word(after)
        wider = after.x1 - after.x0 - width > word + SLACK * after.size
        return wider or column.right - column.left - width > word + CENTRE_SLACK * after.size
    return _is_indented(block, after, own, listed) or _ended(before, after, above)


def _is_indented(block: list[Strip], after: Strip, edges: Edges, listed: bool) -> bool:
    """A first line's indent; in an item, a step back out, or further in than it hangs."""
    before, indent = block[-1], INDENT * after.size
    if listed and len(block) == 1:
        return False
    return after.x0 > edges.left + indent and after.x0 > before.x0 + indent


def _ended(before: Strip, after: Strip, edges: Edges) -> bool:
    """Whether the line ended although the next word would have fitted in."""
    slack = SLACK
    if before.text.endswith("."):
        slack = STOP_SLACK
    elif after.text[:1].islower():
        slack = MIDDLE_SLACK
    return edges.right - before.x1 > first_word(after) + slack * before.size


def first_word(strip: Strip) -> float:
    """How wide the first word of a line is: one character of Han, a word of Latin."""
    found = WORD.match(strip.text)
    if not found:
        return strip.size
    width = strip.x1 - strip.x0
    return min(width, len(found.group()) * width / max(1, strip.units))


def _centred(before: Strip, after: Strip, column: Column) -> bool:
    """Two lines on one axis that begin and end in different places, or in the column's middle."""
    if abs(before.centre - after.centre) > AXIS * after.size:
        return False
    inset = INSET * after.size
    middle = abs(before.centre - (column.left + column.right) / 2) < AXIS * after.size
    if middle and min(before.x0, after.x0) > column.left + inset:
        return True
    return abs(before.x0 - after.x0) > inset and abs(before.x1 - after.x1) > inset
