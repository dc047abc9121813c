"""GIF files by hand."""

import struct


def gif(width: int, height: int, *blocks: bytes) -> bytes:
    """A file with a black and white palette."""
    screen = struct.pack("<HHBBB", width, height, 0x80, 0, 0)
    return b"GIF89a" + screen + b"\0\0\0\xff\xff\xff" + b"".join(blocks) + b";"


def frame(x: int, y: int, width: int, height: int, codes: bytes = b"\x44\x01") -> bytes:
    """An image block of 2-bit codes; by default clear, one white pixel, end."""
    head = b"," + struct.pack("<HHHHB", x, y, width, height, 0) + b"\x02"
    return head + bytes([len(codes)]) + codes + b"\0"


def control(disposal: int) -> bytes:
    """A graphic control extension."""
    return b"!\xf9\x04" + bytes([disposal << 2]) + b"\0\0\0\0"
