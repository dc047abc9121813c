"""Where words are apart on a line.

Spaces are those of the file where it has them; where words are only set apart, the gap tells.
Between Han characters a gap is no space.
"""

import math
from dataclasses import replace
from itertools import pairwise

from wenyun.documents.pdf.glyphs import Glyph
from wenyun.documents.pdf.spans import is_wide, span

WORD_GAP = 0.2
"""A gap from which Latin words are apart where the file has no space."""

MIN_GAPS = 4
"""From so many on, the middle one of a line's gaps is no gap between words."""

SET_APART = 0.08
"""Letters set wider than this are spaced for looks, and PDFium takes them for words."""

HAN_GAP = 0.5
"""A space between Han characters that is narrower is how the line was set, not a space."""


def spaced(run: list[Glyph]) -> list[Glyph]:
    """One space where words are apart, none elsewhere."""
    out: list[Glyph] = []
    told: list[Glyph] = []
    usual = _usual_gap(run)
    for glyph in run:
        if glyph.blank:
            told.append(glyph)
            continue
        if out and (space := space_between(out[-1], glyph, told, usual)):
            out.append(space)
        out.append(glyph)
        told = []
    return out


def _usual_gap(run: list[Glyph]) -> float:
    """How far apart the letters of a line are set; 0 where they are too few to tell."""
    ink = [span(glyph) for glyph in run if not glyph.blank]
    gaps = sorted(after.start - before.end for before, after in pairwise(ink))
    return max(0.0, gaps[len(gaps) // 2]) if len(gaps) >= MIN_GAPS else 0.0


def space_between(
    before: Glyph, after: Glyph, told: list[Glyph], usual: float = 0.0
) -> Glyph | None:
    """The space between two characters, if there is one.

    Args:
        before: The one.
        after: The other.
        told: What the file or PDFium has between them.
        usual: How far apart letters are set on this line.

    """
    left, right = span(before), span(after)
    gap, height = right.start - left.end, min(left.height, right.height)
    wide = is_wide(before.text) + is_wide(after.text)
    written = any(not space.made for space in told)
    if wide == 2:
        apart = gap >= usual + HAN_GAP * height
    elif wide == 1:
        apart = written or gap >= HAN_GAP * height
    else:
        loose = usual > SET_APART * height
        apart = written or (bool(told) and not loose) or gap >= usual + WORD_GAP * height
    return _between(before, after, max(gap, 0.0)) if apart else None


def _between(before: Glyph, after: Glyph, gap: float) -> Glyph:
    turn = math.radians(before.angle)
    away = (before.width + gap) / 2
    x, y = before.x + away * math.cos(turn), before.y + away * math.sin(turn)
    sound = before.sound and after.sound
    return replace(before, text=" ", x=x, y=y, width=gap, sound=sound, made=True)
