"""The characters of a page's text layer, each with its place and whether it can be trusted."""

import ctypes
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

import pypdfium2_raw as pdfium

from wenyun.documents.pdf.geometry import (
    IDENTITY,
    Matrix,
    Rect,
    View,
    around,
    degrees,
    times,
)
from wenyun.documents.pdf.library import Handle
from wenyun.documents.pdf.meaning import meaning

MAX_GLYPHS = 50_000
"""Of a page; the fullest newspaper page has half of it."""

LEADING = 1.17
"""Height of a line over the size of its font, where the font does not tell."""

_INVISIBLE = (3, 7)
"""Rendering modes that draw nothing."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character where it stands on the displayed page.

    Attributes:
        text: One character.
        x: Middle, in points.
        y: Middle, in points.
        width: Along the reading direction.
        height: Across it: the line's.
        angle: Of the reading direction, in degrees clockwise.
        owner: The object that draws it, as a number.
        hidden: Whether it is drawn in a way that nobody sees.
        sound: Whether the file knows what it means.
        made: Whether PDFium put it in, to part words.

    """

    text: str
    x: float
    y: float
    width: float
    height: float
    angle: float
    owner: int
    hidden: bool = False
    sound: bool = True
    made: bool = False

    @property
    def blank(self) -> bool:
        """Whether it parts words and has no ink."""
        return self.text == " "


@dataclass(frozen=True, slots=True)
class _Owner:
    """What the characters of one text object share."""

    number: int
    angle: float
    size: float
    hidden: bool


def glyphs(page: Handle, view: View) -> list[Glyph]:
    """All characters whose middle is on the page, in the file's order."""
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return []
    try:
        found = list(apart(_read(text_page, view)))
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    return [g for g in found if 0 <= g.x <= view.width and 0 <= g.y <= view.height]


def _read(text_page: Handle, view: View) -> Iterator[Glyph]:
    owners: dict[int, _Owner] = {}
    last = _Owner(0, 0.0, 1.0, False)
    count = min(pdfium.FPDFText_CountChars(text_page), MAX_GLYPHS)
    high = 0
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        made = pdfium.FPDFText_IsGenerated(text_page, index) == 1
        if not made:
            last = _owner(text_page, index, view, owners)
        if code in (0x02, 0x0A, 0x0D) and not _is_hyphen(text_page, index, code):
            continue
        yield from _placed(text_page, index, code, made, last, view)


def _is_hyphen(text_page: Handle, index: int, code: int) -> bool:
    return code == 0x02 and pdfium.FPDFText_IsHyphen(text_page, index) == 1


def _placed(
    text_page: Handle, index: int, code: int, made: bool, owner: _Owner, view: View
) -> Iterator[Glyph]:
    text, sound = meaning(code, hyphen=code == 0x02)
    if not text:
        return
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text_page, index, box)
    rect = around(view.matrix, box.left, box.bottom, box.right, box.top)
    width, height = upright(rect, owner.angle, owner.size)
    yield Glyph(
        text,
        (rect[0] + rect[2]) / 2,
        (rect[1] + rect[3]) / 2,
        width,
        height,
        owner.angle,
        owner.number,
        owner.hidden,
        sound and (made or pdfium.FPDFText_HasUnicodeMapError(text_page, index) != 1),
        made,
    )


def apart(found: Iterable[Glyph]) -> Iterator[Glyph]:
    """A glyph of several characters, a ligature, becomes as many, side by side.

    PDFium names them one by one, all in the glyph's place.
    """
    for _, same in groupby(found, key=lambda g: (g.x, g.y, g.width, g.owner, g.made)):
        parts = list(same)
        text = "".join(part.text for part in parts)
        if len(text) == 1:
            yield parts[0]
            continue
        step, turn = parts[0].width / len(text), math.radians(parts[0].angle)
        for place, char in enumerate(text):
            away = (place - (len(text) - 1) / 2) * step
            x, y = parts[0].x + away * math.cos(turn), parts[0].y + away * math.sin(turn)
            yield replace(parts[0], text=char, x=x, y=y, width=step)


def upright(rect: Rect, angle: float, size: float) -> tuple[float, float]:
    """Width and height of a turned rectangle, from the upright rectangle around it.

    The latter is w|cos| + h|sin| wide and w|sin| + h|cos| high; where that cannot be solved, near
    45 degrees, the font's size gives the height.
    """
    across, down = rect[2] - rect[0], rect[3] - rect[1]
    turn = math.radians(angle)
    c, s = abs(math.cos(turn)), abs(math.sin(turn))
    if abs(c * c - s * s) > 0.3:
        width = (across * c - down * s) / (c * c - s * s)
        height = (down * c - across * s) / (c * c - s * s)
    else:
        height = LEADING * size
        width = (across - height * s) / c
    return max(width, 0.0), max(height, 0.0)


def _owner(text_page: Handle, index: int, view: View, known: dict[int, _Owner]) -> _Owner:
    pointer = pdfium.FPDFText_GetTextObject(text_page, index)
    number = ctypes.cast(pointer, ctypes.c_void_p).value or 0
    if number not in known:
        own = pdfium.FS_MATRIX()
        told = pdfium.FPDFText_GetMatrix(text_page, index, own)
        matrix: Matrix = (own.a, own.b, own.c, own.d, 0.0, 0.0) if told else IDENTITY
        a, b, c, d, _, _ = times(matrix, (*view.matrix[:4], 0.0, 0.0))
        size = pdfium.FPDFText_GetFontSize(text_page, index) * math.hypot(c, d)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(pointer) if pointer else 0
        known[number] = _Owner(number, degrees(a, b), size, mode in _INVISIBLE)
    return known[number]
