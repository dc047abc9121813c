"""How a page stands, and points of it after a turn."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from wenyun.engine.geometry import Image, Quad
from wenyun.result import Box, Point


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


def upright_size(size: tuple[float, float], angle: int) -> tuple[float, float]:
    """Width and height of a page after a turn by `angle`."""
    return size if angle % 180 == 0 else (size[1], size[0])


def turn_box(box: Box, angle: int, size: tuple[float, float]) -> Box:
    """A box of a page of this size after the page is turned clockwise by `angle`.

    Its first corner stays the one where reading begins.
    """
    if not angle:
        return box
    width, height = size

    def turned(point: Point) -> Point:
        x, y = point
        if angle == 180:
            return width - x, height - y
        return (height - y, x) if angle == 90 else (y, width - x)

    first, second, third, fourth = map(turned, box)
    return first, second, third, fourth


def turn_picture(picture: Image, angle: int) -> Image:
    """(H, W, 3) turned clockwise: a view, no copy."""
    return np.rot90(picture, -angle // 90) if angle else picture
