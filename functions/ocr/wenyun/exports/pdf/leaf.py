"""A page of a PDF as pypdf gives it: how it is shown, and its dictionary with text added."""

from typing import Any

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
)

from wenyun.exports.pdf.font import FONT

MAX_DEPTH = 50
"""Levels of a page tree that are looked through for what a page inherits."""


def with_text(
    page: DictionaryObject, text: IndirectObject, font: IndirectObject
) -> DictionaryObject:
    """The page's dictionary with one more stream and the font that it needs."""
    changed = DictionaryObject(_raw(page))
    changed[NameObject("/Contents")] = _contents(page, text)
    changed[NameObject("/Resources")] = _resources(page, font)
    return changed


def placement(page: DictionaryObject, width: float, height: float) -> str:
    """The matrix from the page as displayed, its origin at the lower left, to user space."""
    x0, y0, x1, y1 = _visible(page)
    turn = _turn(page)
    across, up = x1 - x0, y1 - y0
    found = {
        0: (across / width, 0.0, 0.0, up / height, x0, y0),
        90: (0.0, up / width, -across / height, 0.0, x1, y0),
        180: (-across / width, 0.0, 0.0, -up / height, x1, y1),
        270: (0.0, -up / width, across / height, 0.0, x0, y1),
    }[turn]
    return " ".join(f"{value:.6f}".rstrip("0").rstrip(".") for value in found)


def _turn(page: DictionaryObject) -> int:
    value = _inherited(page, "/Rotate")
    try:
        return int(float(value or 0)) // 90 * 90 % 360  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return 0


def _visible(page: DictionaryObject) -> tuple[float, float, float, float]:
    """The crop box within the media box, as readers show a page."""
    media = _rectangle(_inherited(page, "/MediaBox")) or (0.0, 0.0, 612.0, 792.0)
    crop = _rectangle(_inherited(page, "/CropBox")) or media
    inside = (
        max(media[0], crop[0]),
        max(media[1], crop[1]),
        min(media[2], crop[2]),
        min(media[3], crop[3]),
    )
    return inside if inside[0] < inside[2] and inside[1] < inside[3] else media


def _rectangle(value: object) -> tuple[float, float, float, float] | None:
    """Corners in order; None for what is no rectangle."""
    if not isinstance(value, ArrayObject) or len(value) != 4:
        return None
    try:
        a, b, c, d = (float(side.get_object()) for side in value)
    except (TypeError, ValueError, AttributeError):
        return None
    found = min(a, c), min(b, d), max(a, c), max(b, d)
    return found if found[0] < found[2] and found[1] < found[3] else None


def _inherited(page: DictionaryObject, key: str) -> object:
    """An entry of the page or of what stands above it in the tree."""
    node: object = page
    for _ in range(MAX_DEPTH):
        if not isinstance(node, DictionaryObject):
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
        node = node.get_object() if isinstance(node, PdfObject) else node
    return None


def _contents(page: DictionaryObject, text: IndirectObject) -> ArrayObject:
    """The text's stream, and then what the page had."""
    if "/Contents" not in page:
        return ArrayObject([text])
    raw = page.raw_get("/Contents")
    own = raw.get_object()
    return ArrayObject([text, *(own if isinstance(own, ArrayObject) else [raw])])


def _resources(page: DictionaryObject, font: IndirectObject) -> DictionaryObject:
    """What the page has, and the font."""
    own = _inherited(page, "/Resources")
    found = DictionaryObject(_raw(own) if isinstance(own, DictionaryObject) else {})
    fonts = own.get("/Font") if isinstance(own, DictionaryObject) else None
    fonts = fonts.get_object() if isinstance(fonts, PdfObject) else fonts
    ours = DictionaryObject(_raw(fonts) if isinstance(fonts, DictionaryObject) else {})
    ours[NameObject(f"/{FONT}")] = font
    found[NameObject("/Font")] = ours
    return found


def _raw(source: DictionaryObject) -> dict[Any, Any]:
    return {key: source.raw_get(key) for key in source}
