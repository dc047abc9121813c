"""Small files that would take much: pixels, passes, frames, directories, objects."""

import struct
import zlib
from collections.abc import Callable
from functools import cache

from tests.papers import hostile
from tests.papers.raw import HELVETICA, Raw, helvetica
from tests.pictures import bmp, gif, jpeg, png, tiff

SIDE = 7000
"""Just below the limit of 50 million pixels."""


def png_of_billions() -> bytes:
    """50,000 × 50,000, by its header."""
    return png.header(50_000, 50_000, 8, png.COLOUR) + png.body([b""])


@cache
def png_of_all_that_is_taken() -> bytes:
    """49 million pixels in 150 kilobytes, and all of them are there."""
    packer = zlib.compressobj(9)
    row = bytes(1 + 3 * SIDE)
    data = b"".join(packer.compress(row) for _ in range(SIDE)) + packer.flush()
    head = png.header(SIDE, SIDE, 8, png.COLOUR)
    return head + png.chunk(b"IDAT", data) + png.chunk(b"IEND")


def bmp_of_runs() -> bytes:
    """49 million pixels of which there is one run."""
    data = b"\xff\1" * 27 + b"\0\1"
    return bmp.bmp(SIDE, SIDE, 8, data, compression=bmp.RLE8, palette=bytes(1024))


def jpeg_of_passes(side: int = SIDE, scans: int = 190) -> bytes:
    """A progressive picture whose every scan goes over all coefficients, and changes none."""
    frame = struct.pack(">BHHB3B", 8, side, side, 1, 1, 0x11, 0)
    table = bytes([0x10, 1, *bytes(15), 0xE0])
    blocks = (-(-side // 8)) ** 2
    # One bit says "a run of 16,384 blocks and so many more", 14 bits how many more.
    runs = "011111111111111" * (blocks // 32_767 + 1)
    bits = runs + "1" * (-len(runs) % 8)
    data = int(bits, 2).to_bytes(len(bits) // 8, "big").replace(b"\xff", b"\xff\0")
    refine = jpeg.segment(0xDA, bytes([1, 1, 0, 1, 63, 0x10])) + data
    head = jpeg.segment(0xDB, bytes([0]) + b"\1" * 64) + jpeg.segment(0xC2, frame)
    return b"\xff\xd8" + head + jpeg.segment(0xC4, table) + refine * scans + b"\xff\xd9"


def gif_of_frames() -> bytes:
    """Ten thousand frames."""
    return gif.gif(200, 64, *[gif.frame(0, 0, 1, 1)] * 10_000)


def gif_of_a_frame_too_large() -> bytes:
    """A small screen with a frame of four billion pixels."""
    return gif.gif(10, 10, gif.frame(0, 0, 65_535, 65_535))


def tiff_in_a_circle() -> bytes:
    """A directory that is followed by itself."""
    data = tiff.grey(20, 20, bytes(400))
    (start,) = struct.unpack_from("<I", data, 4)
    (count,) = struct.unpack_from("<H", data, start)
    at = start + 2 + 12 * count
    return data[:at] + struct.pack("<I", start) + data[at + 4 :]


def tiff_of_directories() -> bytes:
    """A hundred thousand empty directories, each followed by the next."""
    head = b"II*\0" + struct.pack("<I", 8)
    return head + b"".join(struct.pack("<HI", 0, 14 + 6 * n) for n in range(100_000))


def tiff_of_strips() -> bytes:
    """An entry that claims four billion strips."""
    return tiff.grey(20, 20, bytes(400)).replace(
        struct.pack("<HHI", tiff.STRIP_OFFSETS, 4, 1),
        struct.pack("<HHI", tiff.STRIP_OFFSETS, 4, 0xFFFF_FFFF),
    )


def webp_of_all_sides() -> bytes:
    """16,384 × 16,384, by its header."""
    body = b"\x2f" + struct.pack("<I", 0x0FFF_FFFF) + bytes(20)
    chunk = b"VP8L" + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


def pdf_with_outlines_in_a_circle() -> bytes:
    """Outline items that are each other's children."""
    pdf = Raw()
    pdf.page(helvetica([(60, 700, "A page")]), resources=HELVETICA)
    first, second = max(pdf.objects) + 1, max(pdf.objects) + 2
    for own, other in ((first, second), (second, first)):
        links = " ".join(f"/{name} {other} 0 R" for name in ("First", "Last", "Next", "Parent"))
        pdf.add(f"<< /Title (x) {links} >>", own)
    return pdf.build(catalogue=f"/Outlines {first} 0 R")


BOMBS: tuple[Callable[[], bytes], ...] = (
    png_of_billions,
    png_of_all_that_is_taken,
    bmp_of_runs,
    jpeg_of_passes,
    gif_of_frames,
    gif_of_a_frame_too_large,
    tiff_in_a_circle,
    tiff_of_directories,
    tiff_of_strips,
    webp_of_all_sides,
    pdf_with_outlines_in_a_circle,
    *(make for make in hostile.HOSTILE if make is not hostile.forms_in_forms),
)
