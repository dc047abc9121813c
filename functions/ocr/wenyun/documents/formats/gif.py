"""GIF: the first frame."""

from io import BytesIO

from PIL.GifImagePlugin import GifImageFile

from wenyun.documents.formats.source import Source, check_size
from wenyun.documents.reader import Limits

_EXTENSION, _FRAME = 0x21, 0x2C


def open_source(data: bytes, limits: Limits) -> Source:
    """Open the first frame; the size is checked here, since Pillow takes memory at opening."""
    width, height = _word(data, 6), _word(data, 8)
    at = _next_frame(data, 13 + _palette_bytes(data[10]))
    x, y, w, h = (_word(data, at + offset) for offset in (1, 3, 5, 7))
    check_size(max(width, x + w), max(height, y + h), limits)
    return Source(GifImageFile(BytesIO(data)), animated=_has_more(data, at))


def _has_more(data: bytes, frame: int) -> bool:
    """Whether another frame follows the one at `frame`; a damaged end counts as none."""
    try:
        _next_frame(data, _skip_blocks(data, frame + 11 + _palette_bytes(data[frame + 9])))
    except IndexError:
        return False
    return True


def _next_frame(data: bytes, at: int) -> int:
    while data[at] != _FRAME:
        at = _skip_blocks(data, at + 2) if data[at] == _EXTENSION else at + 1
    return at


def _skip_blocks(data: bytes, at: int) -> int:
    while length := data[at]:
        at += 1 + length
    return at + 1


def _palette_bytes(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 128 else 0


def _word(data: bytes, at: int) -> int:
    if at + 2 > len(data):
        raise IndexError("the file ends inside its header")
    return int.from_bytes(data[at : at + 2], "little")
