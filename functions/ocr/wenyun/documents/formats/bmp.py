"""BMP: 1 to 32 bits, raw, bit fields and run lengths."""

from io import BytesIO

import cv2
import numpy as np
from PIL.BmpImagePlugin import BmpImageFile
from PIL.Image import Image, fromarray

from wenyun.documents.formats.hush import hush_opencv
from wenyun.documents.formats.source import Source, check_size
from wenyun.documents.reader import Limits

_RUN_LENGTHS = (1, 2)
"""Values of the header's compression field: runs of 8-bit and of 4-bit pixels."""

hush_opencv()


def open_source(data: bytes, limits: Limits) -> Source:
    """Open a bitmap."""
    image = BmpImageFile(BytesIO(data))
    check_size(*image.size, limits)
    if image.info["compression"] in _RUN_LENGTHS:
        return Source(_expand(data))
    # Many programs leave the alpha of 32-bit bitmaps at zero and mean an opaque picture.
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (0, 0):
        return Source(image.convert("RGB"))
    return Source(image)


def _expand(data: bytes) -> Image:
    """Decode run lengths by OpenCV: Pillow goes byte by byte, 12 s for 28 kB that claim 49 MP."""
    try:
        pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error as error:
        raise ValueError(str(error)) from error
    if pixels is None:
        raise ValueError("the run lengths do not fit the picture")
    return fromarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB))
