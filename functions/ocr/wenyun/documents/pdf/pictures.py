"""What a page draws beside its text layer: pictures, outlines that may be letters, annotations."""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2_raw as pdfium

from wenyun.documents.pdf.geometry import (
    IDENTITY,
    Matrix,
    Rect,
    View,
    around,
    common,
    times,
)
from wenyun.documents.pdf.library import Handle

MAX_OBJECTS = 100_000
"""Looked at on a page; drawings of cities have more, and are drawn all the same."""

MAX_DEPTH = 8
MAX_ANNOTATIONS = 1000

MIN_CURVES = 12
"""Segments from which a filled shape may be letters: a box with round corners has nine."""

PIXEL_BYTES = {
    b"CCITTFaxDecode": 1 / 8,
    b"JBIG2Decode": 1 / 8,
    b"DCTDecode": 3.0,
    b"JPXDecode": 12.0,
}
"""JPEG 2000 is unpacked to whole numbers of four bytes, three a pixel."""

_HIDDEN_FLAGS = 0x02 | 0x20
"""Of an annotation: hidden, and not to be viewed."""

_WRITTEN = (pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_WIDGET)
"""Annotations whose looks may hold text."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as displayed.

    Attributes:
        rect: Where, cut to the page.
        density: Its pixels a point, along the side where they are closest.
        bytes: What it takes when unpacked.
        order: Its place among all objects, from the undermost.
        opaque: Whether it covers what is below.

    """

    rect: Rect
    density: float
    bytes: int
    order: int
    opaque: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a page draws: images, other places that may hold text, its text objects' order."""

    pictures: tuple[Picture, ...]
    places: tuple[Rect, ...]
    text_order: dict[int, int]
    empty: bool


def drawn(page: Handle, view: View) -> Drawn:
    """Look through a page's objects, into nested forms too."""
    pictures: list[Picture] = []
    places = list(_annotations(page, view))
    text_order: dict[int, int] = {}
    count = 0
    for order, (item, matrix) in enumerate(_objects(page, view)):
        count += 1
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            text_order[ctypes.cast(item, ctypes.c_void_p).value or 0] = order
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append(_picture(item, matrix, order, view))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and _may_be_letters(item):
            places.append(_bounds(item, matrix, view))
    shown = tuple(p for p in pictures if p.rect[2] > p.rect[0] and p.rect[3] > p.rect[1])
    return Drawn(shown, tuple(places), text_order, not count and not places)


def _objects(page: Handle, view: View) -> Iterator[tuple[Handle, Matrix]]:
    """Every object with the matrix from its own space to the page as displayed."""
    left = [MAX_OBJECTS]
    count = pdfium.FPDFPage_CountObjects(page)
    for index in range(min(count, MAX_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page, index)
        if item:
            yield from _nested(item, view.matrix, 0, left)
        if left[0] <= 0:
            return


def _nested(
    item: Handle, matrix: Matrix, depth: int, left: list[int]
) -> Iterator[tuple[Handle, Matrix]]:
    left[0] -= 1
    if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_FORM:
        yield item, matrix
        return
    if depth >= MAX_DEPTH:
        return
    inner = times(_matrix(item), matrix)
    for index in range(max(0, pdfium.FPDFFormObj_CountObjects(item))):
        if left[0] <= 0:
            return
        part = pdfium.FPDFFormObj_GetObject(item, index)
        if part:
            yield from _nested(part, inner, depth + 1, left)


def _matrix(item: Handle) -> Matrix:
    own = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, own):
        return IDENTITY
    return own.a, own.b, own.c, own.d, own.e, own.f


def _picture(item: Handle, outer: Matrix, order: int, view: View) -> Picture:
    matrix = times(_matrix(item), outer)
    width, height = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(item, width, height)
    across, down = math.hypot(*matrix[:2]), math.hypot(*matrix[2:4])
    return Picture(
        common(around(matrix, 0, 0, 1, 1), view.rect),
        max(width.value / max(across, 1e-6), height.value / max(down, 1e-6)),
        round(width.value * height.value * _pixel_bytes(item)),
        order,
        not pdfium.FPDFPageObj_HasTransparency(item),
    )


def _pixel_bytes(item: Handle) -> float:
    """Bytes a pixel while it is unpacked, by the way it is packed."""
    worst = 0.0
    for index in range(min(pdfium.FPDFImageObj_GetImageFilterCount(item), 4)):
        name = ctypes.create_string_buffer(32)
        pdfium.FPDFImageObj_GetImageFilter(item, index, name, len(name))
        worst = max(worst, PIXEL_BYTES.get(name.value, 0.0))
    return worst or 1.0


def _bounds(item: Handle, matrix: Matrix, view: View) -> Rect:
    sides = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item, *sides)
    left, bottom, right, top = (side.value for side in sides)
    return common(around(matrix, left, bottom, right, top), view.rect)


def _may_be_letters(item: Handle) -> bool:
    """Text turned to outlines is filled shapes of many curves."""
    if pdfium.FPDFPath_CountSegments(item) < MIN_CURVES:
        return False
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    if not fill.value:
        return False
    segments = (pdfium.FPDFPath_GetPathSegment(item, index) for index in range(MIN_CURVES))
    kinds = [pdfium.FPDFPathSegment_GetType(segment) for segment in segments]
    return pdfium.FPDF_SEGMENT_BEZIERTO in kinds


def _annotations(page: Handle, view: View) -> Iterator[Rect]:
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MAX_ANNOTATIONS)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        rect = pdfium.FS_RECTF()
        hidden = pdfium.FPDFAnnot_GetFlags(note) & _HIDDEN_FLAGS
        if pdfium.FPDFAnnot_GetSubtype(note) in _WRITTEN and not hidden:
            pdfium.FPDFAnnot_GetRect(note, rect)
            shown = around(view.matrix, rect.left, rect.bottom, rect.right, rect.top)
            yield common(shown, view.rect)
        pdfium.FPDFPage_CloseAnnot(note)
