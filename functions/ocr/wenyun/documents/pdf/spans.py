"""Characters and lines in their own reading direction: along it, and across it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from wenyun.documents.pdf.glyphs import Glyph


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
