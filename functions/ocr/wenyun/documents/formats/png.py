"""PNG: every bit depth and colour type, alpha, transparent colours, APNG's first frame."""

from collections.abc import Iterator
from io import BytesIO

from PIL.PngImagePlugin import PngImageFile

from wenyun.documents.formats.ifd import orientation
from wenyun.documents.formats.source import Source
from wenyun.documents.reader import Limits

MAX_CHUNKS = 200_000

_GREY, _COLOUR = 0, 2


def open_source(data: bytes, _limits: Limits) -> Source:
    """Open what matters of a PNG.

    Pillow sees only the chunks that decide the pixels: text and colour profiles may unpack to
    a thousand times their size, and it refuses whole pictures for large ones.
    """
    kept: list[bytes | memoryview] = [data[:8]]
    exif, frames = b"", 1
    for kind, chunk in _chunks(data):
        if kind in (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"):
            kept.append(chunk)
        elif kind == b"eXIf":
            exif = bytes(chunk[8:-4])
        elif kind == b"acTL":
            frames = int.from_bytes(chunk[8:12], "big")
    image = PngImageFile(BytesIO(b"".join(kept)))
    return Source(
        image,
        orientation=orientation(exif),
        animated=frames > 1,
        key=_key(image, depth=data[24], colours=data[25]),
        levels=(0, 65_535) if image.mode.startswith("I") else None,
    )


def _chunks(data: bytes) -> Iterator[tuple[bytes, memoryview]]:
    """Each chunk to the end marker, with length, name and checksum; the last may be cut short."""
    view, at = memoryview(data), 8
    for _ in range(MAX_CHUNKS):
        if at + 8 > len(data):
            return
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        yield data[at + 4 : at + 8], view[at:end]
        if data[at + 4 : at + 8] == b"IEND":
            return
        at = end
    raise ValueError("too many chunks")


def _key(image: PngImageFile, *, depth: int, colours: int) -> tuple[int, ...] | None:
    """The transparent colour in the units that Pillow decodes to; palettes keep theirs."""
    if colours not in (_GREY, _COLOUR) or "transparency" not in image.info:
        return None
    value = image.info.pop("transparency")
    if colours == _COLOUR:
        return tuple(band >> 8 if depth == 16 else band for band in value)
    return (value * 255 // (2**depth - 1) if depth in (2, 4) else value,)
