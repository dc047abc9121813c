"""PNG files a chunk at a time."""

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREY, COLOUR, GREY_ALPHA, COLOUR_ALPHA = 0, 2, 4, 6


def chunk(kind: bytes, body: bytes = b"") -> bytes:
    """A chunk with its length and checksum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def header(width: int, height: int, depth: int, colours: int) -> bytes:
    """Signature and IHDR."""
    ihdr = struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0)
    return SIGNATURE + chunk(b"IHDR", ihdr)


def body(rows: list[bytes]) -> bytes:
    """IDAT, unfiltered, and IEND."""
    return chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows))) + chunk(b"IEND")


def deep(samples: NDArray[np.uint16], colours: int, extra: bytes = b"") -> bytes:
    """A 16-bit file of (H, W) or (H, W, C) samples; `extra` chunks stand before the data."""
    height, width = samples.shape[:2]
    rows = [row.astype(">u2").tobytes() for row in samples]
    return header(width, height, 16, colours) + extra + body(rows)


def with_chunks(data: bytes, *chunks: bytes) -> bytes:
    """The file with chunks put in behind its header."""
    return data[:33] + b"".join(chunks) + data[33:]
