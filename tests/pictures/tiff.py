"""TIFF files a tag at a time."""

import struct

WIDTH, LENGTH, BITS, COMPRESSION, PHOTOMETRIC = 256, 257, 258, 259, 262
STRIP_OFFSETS, SAMPLES, STRIP_BYTES = 273, 277, 279
TILE_WIDTH, TILE_LENGTH, TILE_OFFSETS, TILE_BYTES = 322, 323, 324, 325


def tiff(tags: dict[int, list[int]], data: bytes = b"", *, following: int = 0) -> bytes:
    """A little-endian file: the pixels at byte 8, the directory after them, LONGs all.

    An offset of 8 thus points at the pixels. `following` is the next directory's offset.
    """
    start = 8 + len(data)
    spill = start + 2 + 12 * len(tags) + 4
    entries, extra = b"", b""
    for tag, values in sorted(tags.items()):
        raw = struct.pack(f"<{len(values)}I", *values)
        if len(values) > 1:
            raw, extra = struct.pack("<I", spill + len(extra)), extra + raw
        entries += struct.pack("<HHI", tag, 4, len(values)) + raw
    head = b"II*\0" + struct.pack("<I", start)
    directory = struct.pack("<H", len(tags)) + entries + struct.pack("<I", following)
    return head + data + directory + extra


def grey(width: int, height: int, data: bytes, **more: int) -> bytes:
    """An 8-bit grey file of one raw strip; `more` tags by the names above, in lower case."""
    tags = {
        WIDTH: [width],
        LENGTH: [height],
        BITS: [8],
        COMPRESSION: [1],
        PHOTOMETRIC: [1],
        SAMPLES: [1],
        STRIP_OFFSETS: [8],
        STRIP_BYTES: [len(data)],
    }
    return tiff(tags | {globals()[name.upper()]: [value] for name, value in more.items()}, data)
