"""Parts of one line that the file names apart."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from wenyun.documents.pdf.glyphs import Glyph
from wenyun.documents.pdf.spacing import space_between
from wenyun.documents.pdf.spans import Span, extent

JOIN_GAP = 0.9
"""Parts of one line that the file names apart stand no further apart than this, in line heights."""

OVERLAP = 0.3
"""They may overlap by so much: slanted letters."""

LEVEL = 0.4
"""Their middles differ by less than this."""

TWICE = 0.2
"""The same text so little beside itself is drawn twice, to look bold."""


@dataclass(frozen=True, slots=True)
class Part:
    """Characters in a row, and where they lie in their reading direction."""

    glyphs: list[Glyph]
    place: Span

    @property
    def way(self) -> tuple[float, bool]:
        """What parts of one line have in common: their direction, and whether they are seen."""
        return self.glyphs[0].angle, self.glyphs[0].hidden


def joined(runs: list[list[Glyph]]) -> list[list[Glyph]]:
    """Join parts of one line; drop what is drawn twice to look bold."""
    parts = [Part(run, extent(run)) for run in runs]
    return [line.glyphs for row in _rows(parts) for line in _lines(row)]


def _rows(parts: list[Part]) -> Iterator[list[Part]]:
    """Parts of one height, whatever stands between them."""
    row: list[Part] = []
    for part in sorted(parts, key=lambda part: (part.way, part.place.middle)):
        if row and not (part.way == row[0].way and _level(row[0].place, part.place)):
            yield row
            row = []
        row.append(part)
    if row:
        yield row


def _lines(row: list[Part]) -> Iterator[Part]:
    line: Part | None = None
    for part in sorted(row, key=lambda part: part.place.start):
        if line is None:
            line = part
        elif _repeats(line, part):
            continue
        elif _begins_again(line, part):
            line = part
        elif _goes_on(line.place, part.place):
            line = _with(line, part)
        else:
            yield line
            line = part
    if line:
        yield line


def _level(one: Span, other: Span) -> bool:
    return abs(one.middle - other.middle) < LEVEL * max(one.height, other.height)


def _goes_on(before: Span, after: Span) -> bool:
    height = min(before.height, after.height)
    return -OVERLAP * height < after.start - before.end < JOIN_GAP * height


def _with(line: Part, part: Part) -> Part:
    space = space_between(line.glyphs[-1], part.glyphs[0], [])
    between = [space] if space else []
    glyphs = [*line.glyphs, *between, *part.glyphs]
    return Part(glyphs, replace(line.place, end=max(line.place.end, part.place.end)))


def _begins_again(line: Part, part: Part) -> bool:
    """The same text a hair beside the first, and more after it."""
    if part.place.start - line.place.start > TWICE * line.place.height:
        return False
    return _texts(part)[: len(line.glyphs)] == _texts(line)


def _texts(part: Part) -> list[str]:
    return [glyph.text for glyph in part.glyphs]


def _repeats(line: Part, part: Part) -> bool:
    """The same text once more, a hair beside the first."""
    count = len(part.glyphs)
    if abs(part.place.end - line.place.end) > TWICE * line.place.height or count > len(line.glyphs):
        return False
    return _texts(line)[-count:] == _texts(part)
