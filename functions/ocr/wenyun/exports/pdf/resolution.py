"""How large a picture is on paper."""

import io
from contextlib import suppress

from PIL import Image

LEAST, MOST = 100.0, 4800.0
"""Dots an inch that a file may be believed: 72 and 96 are what programs write who do not know."""

SCREEN = 96.0
A3, A4 = 1191.0, 842.0
"""Points: a picture of unknown scale that would be longer than A3 becomes as long as A4."""

LONGEST = 14_400.0
"""Points: no page of a PDF is longer (ISO 32000-1, annex C)."""


def points_a_pixel(data: bytes, width: float, height: float) -> float:
    """Points that a pixel of the picture takes.

    Args:
        data: The picture's file.
        width: In pixels, as displayed.
        height: The same.

    """
    longest = max(width, height, 1.0)
    dpi = _stated(data)
    scale = 72 / (dpi or SCREEN)
    if not dpi and longest * scale > A3:
        scale = A4 / longest
    return min(scale, LONGEST / longest)


def _stated(data: bytes) -> float | None:
    """What the file says, where it says something sensible."""
    dpi = _jfif(data) if data.startswith(b"\xff\xd8") else _png(data) or _tiff(data)
    return dpi if dpi and LEAST <= dpi <= MOST else None


def _jfif(data: bytes) -> float | None:
    """The density of a JFIF segment, which comes first."""
    if data[2:4] != b"\xff\xe0" or data[6:11] != b"JFIF\0":
        return None
    density = int.from_bytes(data[14:16], "big")
    return {1: 1.0, 2: 2.54}.get(data[13], 0.0) * density


def _png(data: bytes) -> float | None:
    at = data.find(b"pHYs", 0, 4096)
    if not data.startswith(b"\x89PNG") or at < 0 or data[at + 12 : at + 13] != b"\1":
        return None
    return int.from_bytes(data[at + 4 : at + 8], "big") * 0.0254


def _tiff(data: bytes) -> float | None:
    if data[:4] not in (b"II*\0", b"MM\0*"):
        return None
    with suppress(Exception), Image.open(io.BytesIO(data), formats=["TIFF"]) as image:
        return float(image.info["dpi"][0])
    return None
