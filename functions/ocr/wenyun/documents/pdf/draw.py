"""A part of a page as pixels."""

import ctypes
import mmap
from collections.abc import Iterable

import pypdfium2_raw as pdfium

from wenyun.documents.pdf.geometry import Rect, View
from wenyun.documents.pdf.library import Document, Handle
from wenyun.errors import WenyunError

LEAST_SIDE = 8
"""Pixels: less holds no character, and is not read."""

MOST_SIDE = 65_535

Drawing = tuple[int, int, memoryview]
"""Width and height in pixels, and height × width × 3 bytes, BGR."""

_FLAGS = pdfium.FPDF_ANNOT | pdfium.FPDF_RENDER_FORCEHALFTONE | pdfium.FPDF_RENDER_LIMITEDIMAGECACHE


def draw(document: Document, page: Handle, view: View, part: Rect, scale: float) -> Drawing | None:
    """Draw a part of a page over white, with its annotations and form fields.

    Args:
        document: Where the page is from.
        page: The page.
        view: How it is displayed.
        part: What is drawn, in points of the displayed page.
        scale: Pixels a point.

    Returns:
        None where the part is too small to hold text.

    Raises:
        WenyunError: `corrupt_pdf` where PDFium cannot make a bitmap.

    """
    left, top = round(part[0] * scale), round(part[1] * scale)
    width = min(round(part[2] * scale) - left, MOST_SIDE)
    height = min(round(part[3] * scale) - top, MOST_SIDE)
    if width < LEAST_SIDE or height < LEAST_SIDE:
        return None
    # Memory of our own: its rows follow each other without a gap, and it goes out as it is.
    pixels = mmap.mmap(-1, width * height * 3)
    buffer = (ctypes.c_char * len(pixels)).from_buffer(pixels)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGR, buffer, width * 3)
    if not bitmap:
        raise WenyunError("corrupt_pdf")
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        size = (round(view.width * scale), round(view.height * scale))
        pdfium.FPDF_RenderPageBitmap(bitmap, page, -left, -top, *size, 0, _FLAGS)
        if document.forms:
            pdfium.FPDF_FFLDraw(document.forms, bitmap, page, -left, -top, *size, 0, _FLAGS)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return width, height, memoryview(pixels)


def leave_out(owners: Iterable[int]) -> None:
    """Draw these text objects no more: what they say is known."""
    for owner in owners:
        item = ctypes.cast(owner, pdfium.FPDF_PAGEOBJECT)
        pdfium.FPDFPageObj_SetIsActive(item, False)
