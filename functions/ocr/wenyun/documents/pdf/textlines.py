"""Characters to lines of text, by where they stand.

The file's order is kept within a line; what stands further apart than words do, or on another
height, is another line.
"""

from collections.abc import Iterable

from wenyun.documents.pdf.columns import columns_of
from wenyun.documents.pdf.glyphs import Glyph
from wenyun.documents.pdf.joining import joined
from wenyun.documents.pdf.spacing import spaced
from wenyun.documents.pdf.spans import TextLine, span

CELL_GAP = 1.5
"""A gap of so many line heights is no word space any more, but a new column or cell."""

BACK = 0.6
"""The next character may begin so many line heights before the last one's end: kerning."""

DRIFT = 0.5
"""Characters of one line differ in height by less than this: indices do."""


def text_lines(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """Lines in the file's order, joined where the file names parts of one line apart."""
    runs = [run for run in _runs(glyphs) if run]
    columns, rest = columns_of(runs)
    rows = joined([spaced(run) for run in rest])
    lines = [
        *(TextLine(tuple(run), column=True) for run in columns),
        *(TextLine(tuple(run)) for run in rows),
    ]
    return [line for line in lines if line.text.strip()]


def _runs(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Cut where the next character with ink does not go on from the last one."""
    runs: list[list[Glyph]] = [[]]
    last: Glyph | None = None
    spaces: list[Glyph] = []
    for glyph in glyphs:
        if glyph.blank:
            spaces.append(glyph)
            continue
        if last is not None and not _goes_on(last, glyph):
            runs.append([])
            spaces = []
        runs[-1] += spaces if runs[-1] else []
        spaces = []
        runs[-1].append(glyph)
        last = glyph
    return runs


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    if abs((last.angle - glyph.angle + 180) % 360 - 180) > 2 or last.hidden != glyph.hidden:
        return False
    before, after = span(last), span(glyph)
    height = max(before.height, after.height)
    gap = after.start - before.end
    level = abs(before.middle - after.middle) < DRIFT * height
    return level and -BACK * height < gap < CELL_GAP * height
