"""BMP: 1 to 32 bits, raw, bit fields and run lengths."""

from io import BytesIO

from PIL.BmpImagePlugin import BmpImageFile

from wenyun.documents.formats.source import Source, check_size
from wenyun.documents.reader import Limits


def open_source(data: bytes, limits: Limits) -> Source:
    """Open a bitmap."""
    image = BmpImageFile(BytesIO(data))
    check_size(*image.size, limits)
    # Many programs leave the alpha of 32-bit bitmaps at zero and mean an opaque picture.
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (0, 0):
        return Source(image.convert("RGB"))
    return Source(image)
