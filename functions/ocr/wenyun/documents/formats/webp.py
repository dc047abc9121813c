"""WebP: lossy and lossless, alpha, an animation's first frame."""

from io import BytesIO

from PIL.WebPImagePlugin import WebPImageFile

from wenyun.documents.formats.ifd import orientation
from wenyun.documents.formats.source import Source, check_size
from wenyun.documents.reader import Limits


def open_source(data: bytes, limits: Limits) -> Source:
    """Open the first frame; the size is checked here, since Pillow takes memory at opening."""
    check_size(*_size(data), limits)
    image = WebPImageFile(BytesIO(data))
    return Source(
        image,
        orientation=orientation(image.info.get("exif", b"")),
        animated=image.n_frames > 1,
    )


def _size(data: bytes) -> tuple[int, int]:
    """Width and height as the first chunk's header says (RFC 9649)."""
    if len(data) < 30:
        raise ValueError("the file ends inside its header")
    if data[12:16] == b"VP8X":
        width, height = (int.from_bytes(data[at : at + 3], "little") for at in (24, 27))
        return width + 1, height + 1
    if data[12:16] == b"VP8L":
        packed = int.from_bytes(data[21:25], "little")
        return (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
    width, height = (int.from_bytes(data[at : at + 2], "little") for at in (26, 28))
    return width & 0x3FFF, height & 0x3FFF
