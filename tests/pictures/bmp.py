"""BMP files by hand."""

import struct

RAW, RLE8, RLE4, BITFIELDS = 0, 1, 2, 3


def bmp(
    width: int,
    height: int,
    bits: int,
    data: bytes,
    *,
    compression: int = RAW,
    masks: tuple[int, int, int, int] | None = None,
    palette: bytes = b"",
) -> bytes:
    """A bitmap; a negative height means that the first row is the top one."""
    size = 56 if masks else 40
    info = struct.pack(
        "<IiiHHIIiiII", size, width, height, 1, bits, compression, len(data), 0, 0, 0, 0
    )
    info += struct.pack("<4I", *masks) if masks else b""
    start = 14 + len(info) + len(palette)
    return struct.pack("<2sIHHI", b"BM", start + len(data), 0, 0, start) + info + palette + data
