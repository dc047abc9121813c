"""TIFF: every page, of every layout that Pillow and its libtiff know."""

from io import BytesIO

from PIL.TiffImagePlugin import TiffImageFile

from wenyun.documents.formats.hush import hush_libtiff
from wenyun.documents.formats.ifd import directories, entries
from wenyun.documents.formats.source import Source
from wenyun.documents.reader import Limits

MAX_PARTS = 262_144
"""Strips or tiles: a row a strip in three planes of the tallest picture is under this."""

MAX_TILE_PIXELS = 4096 * 4096
"""libtiff unpacks a whole tile, however small the picture is that it belongs to."""

MAX_DIRECTORIES = 20_000
"""More are not looked for; a page takes one, with its preview two."""

_SUBFILE, _PREVIEW, _MASK = 254, 1, 4
_BITS, _PHOTOMETRIC = 258, 262
_STRIP_OFFSETS, _TILE_WIDTH, _TILE_LENGTH, _TILE_OFFSETS = 273, 322, 323, 324

hush_libtiff()


def open_source(data: bytes, _limits: Limits) -> Source:
    """Open the first page. Pillow applies the turn of a TIFF itself."""
    _check_parts(data)
    image = TiffImageFile(BytesIO(data))
    return Source(image, levels=_levels(image))


def page_offsets(data: bytes) -> list[int]:
    """Where the directory of each page begins; previews and masks are no pages."""
    found = directories(data, MAX_DIRECTORIES)
    return [at for place, at in enumerate(found) if not place or not _accompanies(data, at)]


def _accompanies(data: bytes, at: int) -> bool:
    kinds = (entry.value or 0 for entry in entries(data, at) if entry.tag == _SUBFILE)
    return any(kind & (_PREVIEW | _MASK) for kind in kinds)


def _check_parts(data: bytes) -> None:
    width = height = 0
    for entry in entries(data):
        if entry.tag in (_STRIP_OFFSETS, _TILE_OFFSETS) and entry.count > MAX_PARTS:
            raise ValueError("too many strips")
        if entry.tag == _TILE_WIDTH:
            width = max(width, entry.value or 0)
        if entry.tag == _TILE_LENGTH:
            height = max(height, entry.value or 0)
    if width * height > MAX_TILE_PIXELS:
        raise ValueError("the tiles are too large")


def _levels(image: TiffImageFile) -> tuple[float, float] | None:
    """Black and white of 16-bit grey; Pillow leaves 'white is zero' to the caller there."""
    if not image.mode.startswith("I;16"):
        return None
    white = 2 ** image.tag_v2.get(_BITS, (16,))[0] - 1
    return (white, 0) if image.tag_v2.get(_PHOTOMETRIC) == 0 else (0, white)
