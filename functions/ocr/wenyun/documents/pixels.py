"""A picture of any mode to plain colour pixels, a strip of rows at a time."""

import math
from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from wenyun.documents.formats.source import Source

Pixels = NDArray[np.uint8]

STRIP_PIXELS = 1 << 20
"""Pixels converted at a time, so that no second copy of a large picture is made."""

_TURNS = {3: cv2.ROTATE_180, 6: cv2.ROTATE_90_CLOCKWISE, 8: cv2.ROTATE_90_COUNTERCLOCKWISE}
_FLIPS = {2: 1, 4: 0}


def to_bgr(source: Source) -> Pixels:
    """(H, W, 3) uint8 BGR: alpha over white, deep samples scaled to 8 bits. Not turned yet."""
    width, height = source.image.size
    pixels: Pixels = np.empty((height, width, 3), np.uint8)
    levels = _measured(source.image) if source.image.mode in ("I", "F") else source.levels
    for top, strip in _strips(source.image):
        pixels[top : top + strip.height] = _paint(strip, source.key, levels)
    return pixels


def turn(pixels: Pixels, orientation: int) -> Pixels:
    """Apply an EXIF orientation, 1 to 8; the result is contiguous."""
    if orientation in _TURNS:
        return _uint8(cv2.rotate(pixels, _TURNS[orientation]))
    if orientation in _FLIPS:
        return _uint8(cv2.flip(pixels, _FLIPS[orientation]))
    if orientation == 5:
        return _uint8(cv2.transpose(pixels))
    if orientation == 7:
        return _uint8(cv2.flip(cv2.transpose(pixels), -1))
    return pixels


def _uint8(pixels: cv2.typing.MatLike) -> Pixels:
    return np.asarray(pixels, np.uint8)


def _strips(image: Image.Image) -> Iterator[tuple[int, Image.Image]]:
    """Bands of whole rows with the row each begins at."""
    width, height = image.size
    rows = max(1, STRIP_PIXELS // width)
    for top in range(0, height, rows):
        yield top, image.crop((0, top, width, min(top + rows, height)))


def _paint(
    strip: Image.Image, key: tuple[int, ...] | None, levels: tuple[float, float] | None
) -> Pixels:
    """(h, w, 3) BGR, or (h, w, 1) grey."""
    if strip.mode.startswith("I") or strip.mode == "F":
        return _deep(strip, key, levels or (0, 255))
    if strip.mode in ("1", "L") and "transparency" not in strip.info:
        return _keyed(np.array(strip.convert("L"))[..., None], key)
    if strip.has_transparency_data:
        return _bgr(_over_white(strip))
    return _keyed(_bgr(strip if strip.mode == "RGB" else strip.convert("RGB")), key)


def _bgr(strip: Image.Image) -> Pixels:
    flat = np.frombuffer(bytearray(strip.tobytes("raw", "BGR")), np.uint8)
    return flat.reshape(strip.height, strip.width, 3)


def _keyed(pixels: Pixels, key: tuple[int, ...] | None) -> Pixels:
    """White wherever the pixel has the transparent colour (RGB or grey)."""
    if key is not None:
        pixels[np.all(pixels == key[::-1], axis=2)] = 255
    return pixels


def _over_white(strip: Image.Image) -> Image.Image:
    # Pillow has no direct way from premultiplied grey to RGBA.
    strip = strip.convert("LA") if strip.mode == "La" else strip
    strip = strip.convert("RGBA")
    white = Image.new("RGB", strip.size, (255, 255, 255))
    white.paste(strip.convert("RGB"), mask=strip.getchannel("A"))
    return white


def _deep(strip: Image.Image, key: tuple[int, ...] | None, levels: tuple[float, float]) -> Pixels:
    values = np.asarray(strip, np.float64)
    black, white = levels
    grey = np.clip((values - black) * (255.0 / (white - black)), 0, 255)
    grey = np.nan_to_num(grey, nan=255.0)
    if key is not None:
        grey[values == key[0]] = 255
    return (grey + 0.5).astype(np.uint8)[..., None]


def _measured(image: Image.Image) -> tuple[float, float]:
    """Black and white of samples that have no range of their own.

    0 and 1 where those hold all, else the least and the greatest; a flat picture is white.
    """
    low, high = math.inf, -math.inf
    for _, strip in _strips(image):
        values = np.asarray(strip, np.float64)
        finite = values[np.isfinite(values)]
        if finite.size:
            low, high = min(low, float(np.min(finite))), max(high, float(np.max(finite)))
    if (low >= 0 and high <= 1) or high < low:
        return 0.0, 1.0
    return (low, high) if high > low else (low - 1, low)
