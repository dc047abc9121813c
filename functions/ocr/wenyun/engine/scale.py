"""The scale at which lines are looked for, chosen from the size of the text itself."""

from dataclasses import dataclass

import numpy as np

from wenyun.engine.geometry import Quad, sides

PROBE_SIDE = 640
"""Longest side of the first look, in pixels: large text is found there once and for all."""

BLOAT = 4.0
"""Pixels by which the first look overstates the height of small text (its boxes have a least
size)."""

WORTHWHILE = 1.2
"""A second look must be at least this much larger."""

MAX_UPSCALE = 2.0


@dataclass(frozen=True, slots=True)
class ScaleSettings:
    """What a detector sees best.

    `text_height` is the height of a line in pixels; `max_side` bounds the longest side of what
    the detector is shown, and so its time and memory.
    """

    text_height: float = 26.0
    max_side: int = 1600


def probe_scale(width: int, height: int) -> float:
    """The factor by which a picture is resized for the first look."""
    return min(MAX_UPSCALE, PROBE_SIDE / max(width, height))


def second_scale(
    quads: list[Quad], first: float, longest: int, wanted: ScaleSettings
) -> float | None:
    """The factor for a second look, or None where the first was good enough.

    Args:
        quads: What the first look found, in pixels of the picture.
        first: The first look's factor.
        longest: Longest side of the picture in pixels.
        wanted: What the detector sees best.
    """
    largest = min(MAX_UPSCALE, wanted.max_side / longest)
    if not quads:
        return largest if largest > first * WORTHWHILE else None
    seen = float(np.median([min(sides(quad)) for quad in quads])) * first
    scale = min(largest, first * wanted.text_height / max(seen - BLOAT, 1.0))
    return scale if scale > first * WORTHWHILE else None
