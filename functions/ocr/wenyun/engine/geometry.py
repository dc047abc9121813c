"""Boxes and what is cut along them. Points are (x, y) in pixels."""

from math import dist

import cv2
import numpy as np
import numpy.typing as npt

from wenyun.result import Box

Image = npt.NDArray[np.uint8]
Quad = npt.NDArray[np.float32]
"""(4, 2) float32, clockwise from the top left."""

HALF = np.float32(0.5)
"""Boxes count from the corners of pixels, OpenCV's transforms from their middles."""

REACH = 3
"""Pixels around a box that interpolation looks at."""

MAX_WARP = 32_000
"""OpenCV transforms no picture whose side passes 32,766 pixels."""


def order_corners(points: Quad) -> Quad:
    """(4, 2) corners in any order to clockwise from the top left, for upright text."""
    centre = points.mean(axis=0)
    angles = np.arctan2(points[:, 1] - centre[1], points[:, 0] - centre[0])
    around = points[np.argsort(angles)]
    start = int(np.argmin(around.sum(axis=1)))
    return np.roll(around, -start, axis=0).astype(np.float32)


def sides(quad: Quad) -> tuple[float, float]:
    """Width and height of a quad: the longer of each pair of opposite sides."""
    a, b, c, d = quad.tolist()  # asked for thousands of times a page, and arrays are slow to start
    return max(dist(a, b), dist(c, d)), max(dist(b, c), dist(d, a))


def crop(image: Image, quad: Quad) -> Image:
    """Cut a quad out of (H, W, 3) and straighten it by a perspective transform."""
    width, height = (max(1, round(side)) for side in sides(quad))
    box = upright_rectangle(quad)
    if box is not None:
        return _slice(image, box)
    part, local = _surroundings(image, quad)
    shrink = min(1.0, MAX_WARP / max(*part.shape[:2], width, height))
    if shrink < 1.0:
        part = np.asarray(cv2.resize(part, None, fx=shrink, fy=shrink), np.uint8)
        width, height = max(1, int(width * shrink)), max(1, int(height * shrink))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(local * np.float32(shrink) - HALF, target - HALF)
    straight = cv2.warpPerspective(
        part, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(straight, np.uint8)


def _surroundings(image: Image, quad: Quad) -> tuple[Image, Quad]:
    """The part of the image around a quad, and the quad's corners in it."""
    x0, y0 = (max(0, int(low) - REACH) for low in np.floor(quad.min(axis=0)))
    x1, y1 = (int(high) + REACH for high in np.ceil(quad.max(axis=0)))
    part = _slice(image, (x0, y0, x1, y1))
    corner = np.array([min(x0, image.shape[1] - 1), min(y0, image.shape[0] - 1)], np.float32)
    return part, quad - corner


def upright_rectangle(quad: Quad) -> tuple[int, int, int, int] | None:
    """x0, y0, x1, y1 if the quad's sides are level within half a pixel, else None."""
    (x0, y0), (x1, y1) = quad.min(axis=0), quad.max(axis=0)
    level = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float32)
    if np.abs(quad - level).max() > 0.5:
        return None
    return round(float(x0)), round(float(y0)), round(float(x1)), round(float(y1))


def _slice(image: Image, box: tuple[int, int, int, int]) -> Image:
    """The part of the image under a box, at least a pixel each way."""
    height, width = image.shape[:2]
    x0, y0 = min(max(box[0], 0), width - 1), min(max(box[1], 0), height - 1)
    x1, y1 = min(max(box[2], x0 + 1), width), min(max(box[3], y0 + 1), height)
    return image[y0:y1, x0:x1]


def to_box(quad: Quad, width: int, height: int) -> Box:
    """A quad as a box of the result tree, inside the page."""
    first, second, third, fourth = (
        (min(max(x, 0.0), float(width)), min(max(y, 0.0), float(height))) for x, y in quad.tolist()
    )
    return first, second, third, fourth


def around(boxes: list[Box]) -> Box:
    """The upright rectangle around boxes."""
    xs = [x for box in boxes for x, _ in box]
    ys = [y for box in boxes for _, y in box]
    x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
    return (x0, y0), (x1, y0), (x1, y1), (x0, y1)
