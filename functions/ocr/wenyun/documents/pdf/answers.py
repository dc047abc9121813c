"""The child's answers: how many pages there are, and what is on one of them."""

import math
from typing import Any

from wenyun.documents.pdf.draw import Drawing, draw, leave_out
from wenyun.documents.pdf.geometry import View
from wenyun.documents.pdf.glyphs import Glyph, glyphs
from wenyun.documents.pdf.library import Document, Handle, view
from wenyun.documents.pdf.pictures import Drawn, drawn
from wenyun.documents.pdf.plan import Plan, plan
from wenyun.documents.pdf.scale import chosen_scale
from wenyun.documents.pdf.spans import Span, TextLine, extent, span
from wenyun.documents.pdf.wire import Message
from wenyun.errors import WenyunError

MOST_BYTES = 300_000_000
"""Of all pictures of a page, unpacked; a drawing of A0 at 600 to the inch has 70 million."""

OVERVIEW = 1_200_000
"""Pixels of the picture that shows how the page is laid out."""

MIN_LINE_POINTS = 1.0

REOPEN = 20
"""Pages after which the file is opened anew: PDFium keeps every object that it has parsed."""


class File:
    """An open PDF, asked for one page after another."""

    def __init__(self, data: memoryview, passwords: list[str]) -> None:
        self._data = data
        self._passwords = passwords
        self._document = Document(data, passwords)
        self._answered = 0
        self.count = self._document.count

    def page(self, request: Message) -> tuple[Message, list[memoryview]]:
        """What a page holds: its size, lines of its text layer, and pictures to be read.

        The answer's `read` and `overview` are width and height of the pictures that follow it, in
        this order, or null where there is none.
        """
        if self._answered >= REOPEN:
            self._document.close()
            self._document = Document(self._data, self._passwords)
            self._answered = 0
        self._answered += 1
        with self._document.page(request["number"]) as page:
            return self._answer(page, request)

    def _answer(self, page: Handle, request: Message) -> tuple[Message, list[memoryview]]:
        shown = view(page)
        found, letters = drawn(page, shown), glyphs(page, shown)
        todo = plan(request["mode"], letters, found, shown)
        if todo.read:
            _check_bytes(found)
        overview = self._overview(page, shown) if todo.lines and not _heavy(found) else None
        part = todo.read
        sizes, most = _sizes(letters), request["pixels"]
        scale = chosen_scale(part or shown.rect, todo.pictures, sizes, most)
        leave_out(_owners(todo, letters))
        pixels = draw(self._document, page, shown, part, scale) if part else None
        answer: dict[str, Any] = {
            "width": shown.width,
            "height": shown.height,
            "scale": scale,
            # The part as drawn begins on a whole pixel.
            "origin": [round(side * scale) / scale for side in part[:2]] if part else [0.0, 0.0],
            "lines": [line_message(line) for line in todo.lines],
            "read": _size(pixels),
            "overview": _size(overview),
        }
        return answer, [drawing[2] for drawing in (pixels, overview) if drawing]

    def _overview(self, page: Handle, shown: View) -> Drawing | None:
        scale = min(2.0, math.sqrt(OVERVIEW / max(shown.width * shown.height, 1e-6)))
        return draw(self._document, page, shown, shown.rect, scale)


def line_message(line: TextLine) -> dict[str, Any]:
    """A line as JSON: its text, box, whether it is a column, and each character's box."""
    place = extent(line.glyphs)
    angle = line.glyphs[0].angle
    return {
        "text": line.text,
        "column": line.column,
        "box": _box(place, angle),
        "characters": [
            [glyph.text, _box(_tall(span(glyph), place), angle)] for glyph in line.glyphs
        ]
        if not line.column
        else [[glyph.text, _box(span(glyph), angle)] for glyph in line.glyphs],
    }


def _tall(own: Span, line: Span) -> Span:
    """A character as high as its line, so that what is selected is even."""
    return Span(own.start, own.end, line.top, line.bottom)


def _box(place: Span, angle: float) -> list[float]:
    """Corners clockwise from the top left in reading direction, x before y."""
    turn = math.radians(angle)
    c, s = math.cos(turn), math.sin(turn)
    corners = (
        (place.start, place.top),
        (place.end, place.top),
        (place.end, place.bottom),
        (place.start, place.bottom),
    )
    return [round(v, 2) for u, w in corners for v in (u * c - w * s, u * s + w * c)]


def _owners(todo: Plan, letters: list[Glyph]) -> set[int]:
    """Text objects that draw nothing but lines which are taken as they are."""
    taken = {glyph.owner for line in todo.lines for glyph in line.glyphs}
    kept = {id(glyph) for line in todo.lines for glyph in line.glyphs}
    others = {g.owner for g in letters if not g.blank and not g.hidden and id(g) not in kept}
    return {owner for owner in taken - others if owner}


def _sizes(letters: list[Glyph]) -> list[float]:
    sizes = (glyph.height for glyph in letters if not glyph.hidden and not glyph.blank)
    return [size for size in sizes if size >= MIN_LINE_POINTS]


def _size(drawing: Drawing | None) -> list[int] | None:
    return [drawing[0], drawing[1]] if drawing else None


def _heavy(found: Drawn) -> int:
    """Bytes of the largest picture where those are too many, else 0."""
    heaviest = max((picture.bytes for picture in found.pictures), default=0)
    return heaviest if heaviest > MOST_BYTES else 0


def _check_bytes(found: Drawn) -> None:
    if heaviest := _heavy(found):
        raise WenyunError(
            "too_many_pixels",
            f"A picture in the PDF takes {heaviest // 1_000_000} MB when unpacked; "
            f"at most {MOST_BYTES // 1_000_000} MB are read.",
            f"PDF 中的一张图片解压后为 {heaviest // 1_000_000} MB，"
            f"最多 {MOST_BYTES // 1_000_000} MB。",
        )
