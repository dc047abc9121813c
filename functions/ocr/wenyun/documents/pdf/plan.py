"""What is done with a page: which lines its text layer gives, what is read as a picture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from wenyun.documents.pdf.geometry import Rect, View, area, common, union
from wenyun.documents.pdf.glyphs import Glyph
from wenyun.documents.pdf.pictures import Drawn, Picture
from wenyun.documents.pdf.sound import trusted
from wenyun.documents.pdf.spans import TextLine
from wenyun.documents.pdf.textlines import text_lines

LEAST_WIDTH, LEAST_HEIGHT = 12.0, 6.0
"""Points of a picture that could hold a word."""

COVERED = 0.6
"""A picture under so much of the text layer holds no text of its own."""

COVERING = 0.02
"""Of the page: a picture from this size up can hide text that lies below it."""

MIN_OUTLINES, MIN_OUTLINE_WIDTH = 5, 20.0
"""So many shapes with curves, or one so wide, may be text turned to outlines."""

MARGIN = 4.0
"""Points around what is read: letters at an edge are read badly."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Lines of the text layer that are taken, and the part of the page that is read.

    `pictures` are those in that part; `read` is None where nothing is.
    """

    lines: tuple[TextLine, ...]
    read: Rect | None
    pictures: tuple[Picture, ...] = ()


def plan(mode: str, glyphs: Sequence[Glyph], drawn: Drawn, view: View) -> Plan:
    """Decide, by the option `pdf_mode`.

    Args:
        mode: `mixed`, `full` or `text`.
        glyphs: The page's text layer.
        drawn: What else the page draws.
        view: How the page is displayed.

    """
    if mode == "text":
        return Plan(tuple(text_lines(glyphs)), None)
    whole = Plan((), None if drawn.empty else view.rect, drawn.pictures)
    if mode == "full":
        return whole
    lines = [line for line in text_lines(_seen(glyphs, drawn, view)) if not line.hidden]
    if not trusted(lines):
        return whole
    kept = tuple(line for line in lines if line.sound)
    return _mixed(kept, [rect_of(line) for line in lines if not line.sound], drawn, view)


def rect_of(line: TextLine) -> Rect:
    """The upright rectangle around a line."""
    return union([_rect(glyph) for glyph in line.glyphs])


def _rect(glyph: Glyph) -> Rect:
    across, down = glyph.width / 2, glyph.height / 2
    if glyph.angle in (90.0, 270.0):
        across, down = down, across
    elif glyph.angle % 180:
        across = down = max(across, down)
    return glyph.x - across, glyph.y - down, glyph.x + across, glyph.y + down


def _mixed(kept: tuple[TextLine, ...], unsound: list[Rect], drawn: Drawn, view: View) -> Plan:
    texts = [rect_of(line) for line in kept]
    pictures = tuple(p for p in drawn.pictures if _may_hold_text(p.rect, texts))
    places = [p.rect for p in pictures] + unsound + _outlines(drawn.places, texts)
    if not places:
        return Plan(kept, None)
    left, top, right, bottom = union(places)
    around = (left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN)
    return Plan(kept, common(around, view.rect), pictures)


def _may_hold_text(rect: Rect, texts: Iterable[Rect]) -> bool:
    if rect[2] - rect[0] < LEAST_WIDTH or rect[3] - rect[1] < LEAST_HEIGHT:
        return False
    return sum(area(common(rect, text)) for text in texts) < COVERED * area(rect)


def _outlines(places: Sequence[Rect], texts: list[Rect]) -> list[Rect]:
    """Places with shapes or annotations that may be text."""
    few = len(places) < MIN_OUTLINES
    return [
        place
        for place in places
        if (not few or place[2] - place[0] >= MIN_OUTLINE_WIDTH)
        and sum(area(common(place, text)) for text in texts) < COVERED * area(place)
    ]


def _seen(glyphs: Sequence[Glyph], drawn: Drawn, view: View) -> list[Glyph]:
    """Text below a picture is as invisible as text without ink: scanners put theirs there."""
    least = COVERING * area(view.rect)
    covers = [p for p in drawn.pictures if p.opaque and area(p.rect) >= least]
    if not covers:
        return list(glyphs)
    return [
        replace(glyph, hidden=True) if _is_below(glyph, covers, drawn.text_order) else glyph
        for glyph in glyphs
    ]


def _is_below(glyph: Glyph, covers: list[Picture], order: dict[int, int]) -> bool:
    place = order.get(glyph.owner)
    return place is not None and any(
        p.order > place and p.rect[0] <= glyph.x <= p.rect[2] and p.rect[1] <= glyph.y <= p.rect[3]
        for p in covers
    )
