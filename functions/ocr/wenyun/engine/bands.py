"""Large pictures in bands, so that a network's memory does not grow with the page."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wenyun.engine.geometry import Image

Map = npt.NDArray[np.uint8]
"""(H, W) uint8: a value a pixel."""

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


See = Callable[[int, int], Image]
"""Rows (or columns, of a wide picture) from one to another, all the way across."""


def in_bands(
    size: tuple[int, int],
    see: See,
    run: Callable[[Image], Map],
    limit: int,
    stride: int,
) -> Map:
    """Run a network that gives a value a pixel over a picture, band by band.

    Bands are cut across the longer side and upright as the picture is: the network sees no text
    turned.

    Args:
        size: Height and width of the picture; multiples of `stride`.
        see: Gives a part of the picture: (h, W, 3) of a high one, (H, w, 3) of a wide one.
        run: (h, w, 3) to (h, w) uint8.
        limit: Pixels that a band may hold.
        stride: Bands begin and end at multiples of this.

    Returns:
        (H, W) uint8.
    """
    length, across = max(size), min(size)
    bands = plan(length, across, limit, stride)
    if len(bands) == 1:
        return run(see(0, length))
    whole = np.empty(size, np.uint8)
    wide = size[1] > size[0]
    lying = whole.T if wide else whole
    for band in bands:
        seen = run(see(band.seen_start, band.seen_end))
        at = band.start - band.seen_start
        lying[band.start : band.end] = (seen.T if wide else seen)[at : at + band.end - band.start]
    return whole
