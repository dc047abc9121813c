"""The scale at which lines are looked for, chosen from the size of the text itself."""

import math
from dataclasses import dataclass

from wenyun.engine.geometry import Quad, sides
from wenyun.engine.ranks import median

PROBE_SIDE = 640
"""Longest side of the first look, in pixels: large text is found there once and for all."""

BLOAT = 4.0
"""Pixels by which the first look overstates the height of small text (its boxes have a least
size)."""

WORTHWHILE = 1.2
"""A second look must be at least this much larger."""

MAX_UPSCALE = 2.0

LONG = 3.0
"""A picture longer than so many times its width counts as several pages of that shape."""

SMALL = 14.0
"""Lines that the detector shows lower than this, in its own pixels, run into each other there."""

CLOSER = 2.0
"""How much larger such lines are looked at once more."""


@dataclass(frozen=True, slots=True)
class ScaleSettings:
    """What a detector sees best.

    `text_height` is the height of a line in pixels; `max_pixels` bounds the area of what the
    detector is shown of a page, and so its time. Long pictures are given as much for every page
    that they hold; memory does not grow with it, for they are looked at in bands.
    """

    text_height: float = 22.0
    max_pixels: int = 1_600_000


def pages_in(width: int, height: int) -> float:
    """How many pages of the longest shape a picture holds, at least 1."""
    return max(1.0, max(width, height) / (LONG * min(width, height)))


def probe_scale(width: int, height: int) -> float:
    """The factor by which a picture is resized for the first look."""
    return min(MAX_UPSCALE, PROBE_SIDE * pages_in(width, height) / max(width, height))


def second_scale(
    quads: list[Quad], first: float, size: tuple[int, int], wanted: ScaleSettings
) -> float | None:
    """The factor for a second look, or None where the first was good enough.

    Args:
        quads: What the first look found, in pixels of the picture.
        first: The first look's factor.
        size: Width and height of the picture in pixels.
        wanted: What the detector sees best.
    """
    largest = _largest(size, wanted)
    if not quads:
        return largest if largest > first * WORTHWHILE else None
    scale = min(largest, first * wanted.text_height / max(_median(quads) * first - BLOAT, 1.0))
    return scale if scale > first * WORTHWHILE else None


def third_scale(
    quads: list[Quad], second: float, size: tuple[int, int], wanted: ScaleSettings
) -> float | None:
    """The factor for a last look at tiny text on a large page, or None where there is none.

    Args:
        quads: What the second look found, in pixels of the picture.
        second: Its factor: only where the page's size bounded it, a closer look can find more.
        size: Width and height of the picture in pixels.
        wanted: What the detector sees best.
    """
    bounded = second >= _largest(size, wanted) - 1e-9
    if not bounded or not quads or _median(quads) * second >= SMALL:
        return None
    scale = min(MAX_UPSCALE, CLOSER * second)
    return scale if scale > second * WORTHWHILE else None


def _largest(size: tuple[int, int], wanted: ScaleSettings) -> float:
    pixels = wanted.max_pixels * pages_in(*size)
    return min(MAX_UPSCALE, math.sqrt(pixels / (size[0] * size[1])))


def _median(quads: list[Quad]) -> float:
    """The height of most lines, in pixels of the picture."""
    return median([min(sides(quad)) for quad in quads])
