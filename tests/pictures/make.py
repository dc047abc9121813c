"""Files that Pillow writes, from arrays."""

import struct
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Array = NDArray[np.uint8]


def colours(height: int = 5, width: int = 7) -> Array:
    """(H, W, 3) uint8 RGB in which no two pixels and no two sides are alike."""
    rng = np.random.default_rng(20)
    return rng.integers(0, 256, (height, width, 3), dtype=np.uint8)


def greys(height: int = 5, width: int = 7) -> Array:
    """(H, W) uint8."""
    return colours(height, width)[..., 0].copy()


def save(image: Image.Image | Array, kind: str, **options: Any) -> bytes:
    """The file that Pillow writes."""
    out = BytesIO()
    picture = image if isinstance(image, Image.Image) else Image.fromarray(image)
    picture.save(out, kind, **options)
    return out.getvalue()


def over_white(rgb: Array, alpha: Array) -> Array:
    """(H, W, 3) uint8 RGB: what shows where `alpha` (H, W) lets it."""
    weight = alpha[..., None].astype(float) / 255
    return np.rint(rgb * weight + 255 * (1 - weight)).astype(np.uint8)


def exif(orientation: int, order: str = "II") -> bytes:
    """An EXIF block (a TIFF header and one tag) that holds the orientation alone."""
    mark = "<" if order == "II" else ">"
    head = order.encode() + struct.pack(f"{mark}HL", 42, 8)
    return head + struct.pack(f"{mark}HHHLHHL", 1, 0x0112, 3, 1, orientation, 0, 0)
