"""How many pixels a point: chosen for the text, bounded by memory."""

import math
from collections.abc import Sequence

from wenyun.documents.pdf.geometry import Rect, area
from wenyun.documents.pdf.pictures import Picture

EM_PIXELS = 32.0
"""Height of the font that the recogniser likes; the detector's 26 pixels are a line without air."""

DEFAULT_SIZE = 11.0
"""Points of the text on a page that does not tell: outlines alone, or nothing but forms."""

SIZES = (5.0, 26.0)
"""Smaller text is print nobody reads, larger text is a title, and there may be small text too."""

LARGEST = 600 / 72
"""Pixels a point: scans are finer than 600 to the inch, but letters are read no better."""

COMFORT = 12_000_000
"""Pixels of a page that are never too many."""

LEAST_EM = 18.0
"""Text that would be drawn smaller than this may take more than COMFORT, up to HEAVY."""

HEAVY = 24_000_000

SCANNED = 0.5
"""A page that pictures cover so far is a scan: what is drawn beside does not count."""

COUNTED = 0.04
"""A picture that covers less of what is read does not decide the scale."""


def chosen_scale(
    part: Rect, pictures: Sequence[Picture], sizes: Sequence[float], most: int
) -> float:
    """Pixels a point for what is drawn of a page.

    Args:
        part: Which part of the page is drawn.
        pictures: The images in it.
        sizes: Heights of lines in its visible text layer, in points.
        most: Pixels that the deployment allows a picture.

    """
    whole = max(area(part), 1e-6)
    large = [p for p in pictures if area(p.rect) >= COUNTED * whole]
    native = min(max((p.density for p in large), default=0.0), LARGEST)
    covered = sum(area(p.rect) for p in large)
    size = typical(sizes)
    wanted = native if native and covered >= SCANNED * whole else max(native, EM_PIXELS / size)
    comfort = max(math.sqrt(COMFORT / whole), LEAST_EM / size)
    return min(wanted, comfort, math.sqrt(min(HEAVY, most) / whole), LARGEST)


def typical(sizes: Sequence[float]) -> float:
    """The size of a page's smaller text: a fifth of the lines are smaller."""
    ordered = sorted(sizes)
    found = ordered[len(ordered) // 5] if ordered else DEFAULT_SIZE
    return min(max(found, SIZES[0]), SIZES[1])
