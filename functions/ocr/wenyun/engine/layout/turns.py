"""How a page stands, and points of it after a turn."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from wenyun.engine.geometry import Quad


def page_angle(quads: Sequence[Quad]) -> int:
    """How far the page has to be turned clockwise to stand upright: what most lines say."""
    turns = Counter(line_angle(quad) for quad in quads)
    if not turns:
        return 0
    angle, votes = turns.most_common(1)[0]
    return angle if 2 * votes > len(quads) else 0


def line_angle(quad: Quad) -> int:
    """The turn that makes a line run from left to right, from its top edge."""
    x, y = quad[1] + quad[2] - quad[0] - quad[3]
    if abs(x) >= abs(y):
        return 0 if x >= 0 else 180
    return 270 if y > 0 else 90


def turn_points(quad: Quad, angle: int, size: tuple[float, float]) -> Quad:
    """Points of a page of this size after the page is turned clockwise by `angle`."""
    width, height = size
    x, y = quad[:, 0], quad[:, 1]
    turned = {0: (x, y), 90: (height - y, x), 180: (width - x, height - y), 270: (y, width - x)}
    return np.stack(turned[angle], axis=1).astype(np.float32)


def page_skew(quads: Sequence[Quad], angle: int = 0) -> float:
    """How far a page is slanted, in degrees clockwise, from -45 to 45; 0 where nothing tells.

    The median over lines, each counting by its length: long lines know their slant best.

    Args:
        quads: Lines, clockwise from the top left in reading direction.
        angle: How far the page has to be turned clockwise to stand upright, as `page_angle` says.
            Lines that run otherwise do not count.
    """
    # Along the longer side: the slant of a short side is that of a few pixels.
    slants, lengths = [], []
    for quad in (quad for quad in quads if line_angle(quad) == angle):
        along, across = quad[1] + quad[2] - quad[0] - quad[3], quad[3] + quad[2] - quad[0] - quad[1]
        x, y = along if np.hypot(*along) >= np.hypot(*across) else (across[1], -across[0])
        slants.append((float(np.degrees(np.arctan2(y, x))) + angle + 45) % 90 - 45)
        lengths.append(float(np.hypot(x, y)))
    if not slants:
        return 0.0
    order = np.argsort(slants)
    half = np.cumsum(np.array(lengths)[order])
    return slants[int(order[np.searchsorted(half, half[-1] / 2)])]


def level(quad: Quad, skew: float, size: tuple[float, float]) -> Quad:
    """Points of a page of this size after the page is turned back by its skew about its middle."""
    middle = np.array(size, np.float32) / 2
    cos, sin = np.cos(np.radians(skew)), np.sin(np.radians(skew))
    back = np.array([[cos, sin], [-sin, cos]], np.float32)
    return ((quad - middle) @ back.T + middle).astype(np.float32)
