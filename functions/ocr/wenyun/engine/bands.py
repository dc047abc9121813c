"""Large pictures in bands, so that a network's memory does not grow with the page."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from wenyun.engine.geometry import Image
from wenyun.models.sessions import FloatArray

MARGIN = 96
"""Pixels of the neighbours that a band sees beside its own, so that no line is cut."""


@dataclass(frozen=True, slots=True)
class Band:
    """Rows that a band gives (`start` to `end`) and those that it sees, all in pixels."""

    start: int
    end: int
    seen_start: int
    seen_end: int


def plan(length: int, across: int, limit: int, stride: int) -> list[Band]:
    """Cut a side into bands.

    Args:
        length: The side that is cut, a multiple of `stride`.
        across: The other side.
        limit: Pixels that a band may hold, its margins left out.
        stride: Bands begin and end at multiples of this.
    """
    count = max(1, -(-length * across // limit))
    step = -(-length // (count * stride)) * stride
    starts = range(0, length, step)
    return [
        Band(at, min(at + step, length), max(0, at - MARGIN), min(length, at + step + MARGIN))
        for at in starts
    ]


def in_bands(
    image: Image, run: Callable[[Image], FloatArray], limit: int, stride: int
) -> FloatArray:
    """Run a network that gives a value a pixel over a picture, band by band.

    Args:
        image: (H, W, 3) uint8; H and W multiples of `stride`.
        run: (h, W, 3) to (h, W) float32.
        limit: Pixels that a band may hold.
        stride: Bands begin and end at multiples of this.

    Returns:
        (H, W) float32.
    """
    height, width = image.shape[:2]
    if width > height:
        # The network need not see columns as rows: bands are cut across the longer side.
        turned = in_bands(
            image.transpose(1, 0, 2), lambda part: run(part.transpose(1, 0, 2)).T, limit, stride
        )
        return turned.T
    bands = plan(height, width, limit, stride)
    if len(bands) == 1:
        return run(image)
    whole = np.empty((height, width), np.float32)
    for band in bands:
        seen = run(image[band.seen_start : band.seen_end])
        at = band.start - band.seen_start
        whole[band.start : band.end] = seen[at : at + band.end - band.start]
    return whole
