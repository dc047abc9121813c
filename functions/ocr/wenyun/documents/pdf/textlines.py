"""Characters to lines of text, by where they stand.

The file's order is kept within a line; what stands further apart than words do, or on another
height, is another line. Spaces are those of the file where it has them; where words are only set
apart, the gap tells. Between Han characters a gap is no space.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from wenyun.documents.pdf.glyphs import Glyph

CELL_GAP = 1.5
"""A gap of so many line heights is no word space any more, but a new column or cell."""

JOIN_GAP = 0.9
"""Parts of one line that the file names apart stand no further apart than this."""

BACK = 0.6
"""The next character may begin so many line heights before the last one's end: kerning."""

DRIFT = 0.5
"""Characters of one line differ in height by less than this: indices do."""

WORD_GAP = 0.2
"""A gap from which Latin words are apart where the file has no space."""

MIN_GAPS = 4
"""From so many on, the middle one of a line's gaps is no gap between words."""

SET_APART = 0.08
"""Letters set wider than this are spaced for looks, and PDFium takes them for words."""

HAN_GAP = 0.5
"""A space between Han characters that is narrower is how the line was set, not a space."""

PITCH = (0.6, 1.45)
"""Of vertical text: from one character's middle to the next, in character heights."""

MIN_COLUMN = 3
"""Characters below each other that make a column of vertical text."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line: its characters with spaces, and whether it is a column of vertical text."""

    glyphs: tuple[Glyph, ...]
    column: bool = False

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def sound(self) -> bool:
        """Whether the file knows what every character means."""
        return all(glyph.sound for glyph in self.glyphs)

    @property
    def hidden(self) -> bool:
        """Whether nobody sees it."""
        return all(glyph.hidden for glyph in self.glyphs if not glyph.blank)


@dataclass(frozen=True, slots=True)
class Span:
    """Where a character or a line lies in its own reading direction: along it and across it."""

    start: float
    end: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Across the reading direction."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """Across the reading direction."""
        return self.bottom - self.top


def text_lines(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """Lines in the file's order, joined where the file names parts of one line apart."""
    runs = [run for run in _runs(glyphs) if run]
    columns, rest = _columns(runs)
    joined = _joined([_spaced(run) for run in rest])
    lines = [
        *(TextLine(tuple(run), column=True) for run in columns),
        *(TextLine(tuple(run)) for run in joined),
    ]
    return [line for line in lines if line.text.strip()]


def span(glyph: Glyph) -> Span:
    """A character in its own reading direction."""
    turn = math.radians(glyph.angle)
    c, s = math.cos(turn), math.sin(turn)
    along, across = glyph.x * c + glyph.y * s, glyph.y * c - glyph.x * s
    half, rise = glyph.width / 2, glyph.height / 2
    return Span(along - half, along + half, across - rise, across + rise)


def extent(glyphs: Iterable[Glyph]) -> Span:
    """Characters of one direction together."""
    spans = [span(glyph) for glyph in glyphs]
    return Span(
        min(one.start for one in spans),
        max(one.end for one in spans),
        min(one.top for one in spans),
        max(one.bottom for one in spans),
    )


def is_wide(text: str) -> bool:
    """Whether a character is one of those that are set without spaces: Han, kana, their marks."""
    code = ord(text)
    return (
        0x2E80 <= code < 0xA4D0
        or 0xF900 <= code < 0xFB00
        or 0xFE30 <= code < 0xFF5F
        or code >= 0x20000
    )


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


def _spaced(run: list[Glyph]) -> list[Glyph]:
    """One space where words are apart, none elsewhere."""
    out: list[Glyph] = []
    told: list[Glyph] = []
    usual = _usual_gap(run)
    for glyph in run:
        if glyph.blank:
            told.append(glyph)
            continue
        if out and (space := _space(out[-1], glyph, told, usual)):
            out.append(space)
        out.append(glyph)
        told = []
    return out


def _usual_gap(run: list[Glyph]) -> float:
    """How far apart the letters of a line are set; 0 where they are too few to tell."""
    ink = [span(glyph) for glyph in run if not glyph.blank]
    gaps = sorted(after.start - before.end for before, after in pairwise(ink))
    return max(0.0, gaps[len(gaps) // 2]) if len(gaps) >= MIN_GAPS else 0.0


def _space(before: Glyph, after: Glyph, told: list[Glyph], usual: float = 0.0) -> Glyph | None:
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
        apart = bool(told) and gap >= HAN_GAP * height
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


def _columns(runs: list[list[Glyph]]) -> tuple[list[list[Glyph]], list[list[Glyph]]]:
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


def _joined(runs: list[list[Glyph]]) -> list[list[Glyph]]:
    """Join parts of one line; drop what is drawn twice to look bold."""
    placed = sorted(
        ((run, extent(run)) for run in runs),
        key=lambda one: (one[0][0].angle, one[1].middle, one[1].start),
    )
    taken = [False] * len(placed)
    out = []
    for index, (run, place) in enumerate(placed):
        if taken[index]:
            continue
        line, end = list(run), place
        while (found := _next(placed, taken, index, line, end)) is not None:
            taken[found] = True
            more, there = placed[found]
            if not _repeats(line, end, more, there):
                space = _space(line[-1], more[0], [])
                line += [space, *more] if space else more
                end = replace(end, end=there.end)
        out.append(line)
    return out


def _next(
    placed: list[tuple[list[Glyph], Span]],
    taken: list[bool],
    index: int,
    line: list[Glyph],
    end: Span,
) -> int | None:
    """The nearest part that goes on from a line's end, or repeats it."""
    best: tuple[float, int] | None = None
    for other in range(index + 1, len(placed)):
        run, place = placed[other]
        height = min(end.height, place.height)
        if run[0].angle != line[0].angle or place.middle - end.middle > 0.4 * end.height:
            break
        if taken[other] or run[0].hidden != line[0].hidden:
            continue
        if abs(place.middle - end.middle) > 0.4 * height:
            continue
        gap = place.start - end.end
        if _repeats(line, end, run, place):
            return other
        if -0.3 * height < gap < JOIN_GAP * height and (best is None or gap < best[0]):
            best = gap, other
    return best[1] if best else None


def _repeats(line: list[Glyph], end: Span, more: list[Glyph], there: Span) -> bool:
    """The same text once more, a hair beside the first."""
    if abs(there.end - end.end) > 0.2 * end.height or len(more) > len(line):
        return False
    return "".join(g.text for g in line[-len(more) :]) == "".join(g.text for g in more)
