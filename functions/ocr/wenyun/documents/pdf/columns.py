"""Columns of vertical text among the runs of a page."""

from wenyun.documents.pdf.glyphs import Glyph
from wenyun.documents.pdf.spans import is_wide, span

PITCH = (0.6, 1.45)
"""Of vertical text: from one character's middle to the next, in character heights."""

MIN_COLUMN = 3
"""Characters below each other that make a column of vertical text."""


def columns_of(runs: list[list[Glyph]]) -> tuple[list[list[Glyph]], list[list[Glyph]]]:
    """Chains of single characters below each other, and the runs that are in none."""
    columns: list[list[Glyph]] = []
    rest: list[list[Glyph]] = []
    chain: list[Glyph] = []
    for run in [*runs, []]:
        if len(run) == 1 and (not chain or _below(chain[-1], run[0])):
            chain.append(run[0])
            continue
        if len(chain) >= MIN_COLUMN and sum(is_wide(g.text) for g in chain) * 2 > len(chain):
            columns.append(chain)
        else:
            rest += [[glyph] for glyph in chain]
        chain = []
        if len(run) == 1:
            chain = [run[0]]
        elif run:
            rest.append(run)
    return columns, rest


def _below(above: Glyph, glyph: Glyph) -> bool:
    if above.angle != glyph.angle or above.hidden != glyph.hidden:
        return False
    before, after = span(above), span(glyph)
    size = max(before.end - before.start, after.end - after.start)
    sideways = abs((before.start + before.end) - (after.start + after.end)) / 2
    step = (after.middle - before.middle) / max(size, 1e-6)
    return sideways < 0.35 * size and PITCH[0] < step < PITCH[1]
