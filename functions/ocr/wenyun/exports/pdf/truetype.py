"""A TrueType font without a shape, made here: PDF wants a font embedded, invisible text or not.

After the "glyphless" font of Tesseract's PDF renderer in what it does; the tables are those that
ISO 32000-1, 9.9 asks of a CIDFontType2. The second glyph is two points in opposite corners of its
square: it draws nothing, and yet has an extent, which some readers mark text by (PDFium).
"""

import struct

EM = 1000
ASCENT, DESCENT = 800, -200


def glyphless() -> bytes:
    """The font file."""
    head = struct.pack(
        ">IIIIHHQQhhhhHHhhh",
        *(0x00010000, 0x00010000, 0, 0x5F0F3CF5, 0, EM, 0, 0),
        *(0, DESCENT, EM, ASCENT, 0, 8, 2, 0, 0),
    )
    hhea = struct.pack(
        ">IhhhHhhhhhh8xhH", 0x00010000, ASCENT, DESCENT, 0, EM, 0, 0, EM, 1, 0, 0, 0, 2
    )
    corners = struct.pack(
        ">hhhhhHHHBBhhhh",
        2,
        0,
        DESCENT,
        EM,
        ASCENT,
        0,
        1,
        0,
        1,
        1,
        0,
        EM,
        DESCENT,
        ASCENT - DESCENT,
    )
    maxp = struct.pack(">IHHH22x", 0x00010000, 2, 2, 2)
    hmtx = struct.pack(">HhHh", EM, 0, EM, 0)
    tables = {
        b"glyf": corners,
        b"head": head,
        b"hhea": hhea,
        b"hmtx": hmtx,
        b"loca": struct.pack(">HHH", 0, 0, len(corners) // 2),
        b"maxp": maxp,
    }
    return _file(tables)


def _file(tables: dict[bytes, bytes]) -> bytes:
    """The tables behind their directory, each at a multiple of four bytes."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    start = struct.pack(
        ">IHHHH", 0x00010000, count, power * 16, power.bit_length() - 1, (count - power) * 16
    )
    at, directory, body = 12 + 16 * count, b"", b""
    for tag, data in sorted(tables.items()):
        padded = data + bytes(-len(data) % 4)
        directory += struct.pack(">4sIII", tag, _checksum(padded), at + len(body), len(data))
        body += padded
    return start + directory + body


def _checksum(padded: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF
