"""JPEG: grey, colour and CMYK, baseline and progressive."""

from io import BytesIO

from PIL.JpegImagePlugin import JpegImageFile

from wenyun.documents.formats.ifd import orientation
from wenyun.documents.formats.source import Source
from wenyun.documents.reader import Limits

MAX_SEGMENTS = 10_000
MAX_SCANS = 200
"""Progressive files have about ten scans; each costs a pass over the whole picture."""

MAX_PASSED = 1_500_000_000
"""Scans times pixels: thirty passes over the largest picture. Fourteen kilobytes of empty scans
would otherwise keep a processor busy for many seconds, and nothing can stop the decoder."""

_ALONE = (0x00, 0x01, *range(0xD0, 0xD9))
_SCAN = 0xDA
_END = 0xD9


def open_source(data: bytes, _limits: Limits) -> Source:
    """Open what matters of a JPEG.

    Pillow sees neither EXIF nor colour profiles nor comments: parsing them costs time that a
    hostile file could multiply, and of all of it only the turn is wanted.
    """
    essential, exif = _split(data)
    image = JpegImageFile(BytesIO(essential))
    scans = essential.count(b"\xff\xda")
    if scans > MAX_SCANS or scans * image.width * image.height > MAX_PASSED:
        raise ValueError("too many scans")
    return Source(image, orientation=orientation(exif))


def _split(data: bytes) -> tuple[bytes, bytes]:
    """The file without its metadata, and its EXIF block."""
    kept, exif, at = [data[:2]], b"", 2
    for _ in range(MAX_SEGMENTS):
        at = _next_marker(data, at)
        marker = data[at + 1]
        if marker == _SCAN:
            return b"".join([*kept, data[at:]]), exif
        segment = data[at : at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")]
        if marker == _END or len(segment) < 4:
            break
        if marker == 0xE1 and segment[4:10] == b"Exif\0\0":
            exif = exif or segment[10:]
        elif _decides_pixels(marker, segment):
            kept.append(segment)
        at += len(segment)
    raise ValueError("no picture data")


def _next_marker(data: bytes, at: int) -> int:
    """Where the next segment starts, past padding and stray bytes."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] == 0xFF:
            at += 1
        elif data[at + 1] in _ALONE:
            at += 2
        else:
            return at
    raise ValueError("the header has no end")


def _decides_pixels(marker: int, segment: bytes) -> bool:
    """Tables and frames do; of the application segments JFIF and Adobe, which tell the colours."""
    if marker == 0xFE or 0xE0 <= marker <= 0xEF:
        return segment[4:9] in (b"JFIF\0", b"Adobe")
    return True
