"""A page's picture made small."""

import cv2
import numpy as np

from wenyun.engine.geometry import Image

SMOOTHED = 0.75
"""Pictures made smaller than this are smoothed first: a pixel between neighbours would be lost."""

SIGMA = 0.5
"""How far they are, in pixels: so they come nearest to the mean."""


def smaller(picture: Image, size: tuple[int, int]) -> Image:
    """(H, W) or (H, W, 3) uint8 at another width and height, about the mean of what is covered.

    OpenCV has this as `INTER_AREA`, which takes ten times as long unless it is whole pixels that
    become one; so these are taken together first, and what is left is done between neighbours.

    Args:
        picture: (H, W) or (H, W, 3) uint8.
        size: Width and height wanted.
    """
    picture = together(picture, wholes(picture, size))
    if size[0] < SMOOTHED * picture.shape[1]:
        picture = np.asarray(cv2.GaussianBlur(picture, (3, 3), SIGMA), np.uint8)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR), np.uint8)


def wholes(picture: Image, size: tuple[int, int]) -> int:
    """How many whole pixels each way become one at a width and height."""
    return int(min(picture.shape[1] // size[0], picture.shape[0] // size[1]))


def together(picture: Image, count: int) -> Image:
    """(H, W) or (H, W, 3) uint8 with so many pixels each way as one, their mean.

    What is left over at the right and the foot is left out.
    """
    if count < 2:
        return picture
    high, wide = picture.shape[0] // count, picture.shape[1] // count
    covered = picture[: high * count, : wide * count]
    return np.asarray(cv2.resize(covered, (wide, high), interpolation=cv2.INTER_AREA), np.uint8)
