"""Pictures as PDF holds them, with every pixel as it was.

JPEG goes in as it is, byte for byte, and so does the pixel data of most PNG. Other pictures are
packed without loss, as grey or black and white where they are no more than that.
"""

import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from wenyun.documents.formats.jpeg import open_source as open_jpeg
from wenyun.documents.pixels import Pixels
from wenyun.documents.reader import Limits

DCT_FRAMES = (0xC0, 0xC1, 0xC2)
"""Baseline, extended and progressive: what DCTDecode reads (ISO 32000-1, 7.4.8)."""

SPACES = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
COLOURS = {0: 1, 2: 3, 3: 1}
"""PNG's colour types without alpha: samples a pixel."""

PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Embedded:
    """A picture as an XObject's entries and data.

    `width` and `height` are in pixels as stored; `orientation` is EXIF's turn to the picture as
    displayed.
    """

    width: int
    height: int
    entries: str
    data: bytes
    orientation: int = 1


def as_it_is(data: bytes) -> Embedded | None:
    """The file's own data, where PDF can hold it; None where it has to be packed anew."""
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    if data.startswith(PNG):
        return _png(data)
    return None


def packed(pixels: Pixels) -> Embedded:
    """(H, W, 3) uint8 BGR, packed without loss."""
    out = io.BytesIO()
    Image.fromarray(_least(pixels)).save(out, "PNG")
    found = _png(out.getvalue())
    assert found is not None
    return found


def _least(pixels: Pixels) -> NDArray[np.uint8] | NDArray[np.bool_]:
    """The fewest samples that say the same: (H, W, 3) RGB, (H, W) grey, or (H, W) bool."""
    grey = pixels[..., 0]
    if not (np.array_equal(grey, pixels[..., 1]) and np.array_equal(grey, pixels[..., 2])):
        return np.ascontiguousarray(pixels[..., ::-1])
    if np.count_nonzero((grey != 0) & (grey != 255)):
        return np.ascontiguousarray(grey)
    return np.asarray(grey != 0, np.bool_)


def _jpeg(data: bytes) -> Embedded | None:
    frame = _frame(data)
    if frame is None:
        return None
    width, height, bands, adobe = frame
    # Adobe writes CMYK inverted.
    entries = " /Decode [1 0 1 0 1 0 1 0]" if bands == 4 and adobe else ""
    return Embedded(
        width,
        height,
        f"/ColorSpace {SPACES[bands]} /BitsPerComponent 8 /Filter /DCTDecode{entries}",
        data,
        open_jpeg(data, Limits(bytes=len(data), pixels=width * height)).orientation,
    )


def _frame(data: bytes) -> tuple[int, int, int, bool] | None:
    """Width, height, bands, and whether Adobe wrote it; None where DCTDecode does not read it."""
    at, adobe = 2, False
    while 0 <= (at := data.find(b"\xff", at)) < len(data) - 9:
        kind, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if kind in (0x00, 0x01, 0xFF) or 0xD0 <= kind <= 0xD8:
            at += 1 if kind == 0xFF else 2
            continue
        if kind == 0xEE and data[at + 4 : at + 9] == b"Adobe":
            adobe = True
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            height, width = (int.from_bytes(data[at + k : at + k + 2], "big") for k in (5, 7))
            bands = data[at + 9]
            sound = kind in DCT_FRAMES and data[at + 4] == 8 and bands in SPACES and height
            return (width, height, bands, adobe) if sound else None
        if kind == 0xDA:
            return None
        at += 2 + max(2, size)
    return None


def _png(data: bytes) -> Embedded | None:
    """None for what PDF has no words for: alpha, transparent colours, interlacing, a turn."""
    width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
    depth, colour, interlaced = data[24], data[25], data[28]
    parts = _png_parts(data)
    if colour not in COLOURS or interlaced or {b"tRNS", b"acTL", b"eXIf"} & set(parts):
        return None
    bands = COLOURS[colour]
    space = SPACES[bands]
    if colour == 3:
        palette = b"".join(parts.get(b"PLTE", []))
        space = f"[/Indexed /DeviceRGB {len(palette) // 3 - 1} <{palette.hex()}>]"
    return Embedded(
        width,
        height,
        f"/ColorSpace {space} /BitsPerComponent {depth} /Filter /FlateDecode /DecodeParms "
        f"<< /Predictor 15 /Colors {bands} /BitsPerComponent {depth} /Columns {width} >>",
        b"".join(parts.get(b"IDAT", [])),
    )


def _png_parts(data: bytes) -> dict[bytes, list[bytes]]:
    """What the chunks up to the file's end hold, by their names."""
    parts: dict[bytes, list[bytes]] = {}
    at = 8
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if kind == b"IEND":
            break
        parts.setdefault(kind, []).append(data[at + 8 : at + 8 + size])
        at += 12 + size
    return parts
