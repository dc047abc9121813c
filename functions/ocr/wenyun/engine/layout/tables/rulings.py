"""Rulings: long thin marks in a picture, level or upright, lighter or darker than the paper.

They are looked for in a small grey picture. What lies within the lines of text is left out: it is
strokes.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from wenyun.engine.geometry import Image
from wenyun.engine.layout.runs import Mask
from wenyun.engine.layout.small import smaller, together, wholes
from wenyun.engine.layout.tables.level import Floats
from wenyun.engine.layout.tables.links import link
from wenyun.engine.layout.tables.marks import find_marks

EM = 22.0
"""Text is so many pixels high in the reduced picture, or lower."""

LONGEST = 2000
"""Sides of the reduced picture are at most this long."""

LEVEL_IN_TEXT, UPRIGHT_IN_TEXT = 0.55, 0.4
"""Rulings that lie in lines of text for more than this part are strokes."""

COARSE = 6
"""So many pixels each way are one where only the ground is looked at."""

SAMPLES = 32
"""Places at which a ruling is looked at."""


@dataclass(frozen=True, slots=True)
class Rulings:
    """(N, 4) float64 x0, y0, x1, y1: level ones from left to right, upright from top to bottom."""

    level: Floats
    upright: Floats


NONE = np.zeros((0, 4))


def find_rulings(
    picture: Image, size: tuple[float, float], boxes: Floats, text_height: float
) -> Rulings:
    """The rulings of a page, in the unit of its boxes.

    Args:
        picture: (H, W, 3) uint8 BGR, the upright page.
        size: Width and height of the page in the unit of the boxes.
        boxes: (N, 4, 2) corners of lines of text.
        text_height: How high text is, in that unit.
    """
    height, width = picture.shape[:2]
    full = text_height * height / size[1]
    shrink = min(1.0, EM / max(full, 1.0), LONGEST / max(height, width))
    grey = _reduced(picture, shrink)
    scale = np.array([grey.shape[1] / size[0], grey.shape[0] / size[1]])
    em = max(6.0, float(text_height * scale[1]))
    text = _inside(boxes * scale, grey.shape, -1.0)
    ground = _ground(grey, em)
    upright = find_marks(_turned(grey), _turned(ground), em, None, 1.4)
    upright = link(upright[_share_on(text.T, upright) < UPRIGHT_IN_TEXT], em)[:, [1, 0, 3, 2]]
    level = find_marks(grey, ground, em, _inside(boxes * scale, grey.shape, 0.1 * em), 1.2)
    crossings = _drawn(upright, grey.shape, round(0.8 * em))
    level = link(level[_share_on(text, level, crossings) < LEVEL_IN_TEXT], em)
    back = np.concatenate([scale, scale])
    return Rulings(level / back, upright / back)


def _reduced(picture: Image, shrink: float) -> Mask:
    """(h, w) uint8: the darkest channel, so that coloured rules are as dark as black ones."""
    height, width = (max(8, round(side * shrink)) for side in picture.shape[:2])
    if shrink == 1.0:
        return _darkest(picture)
    return smaller(_darkest(together(picture, wholes(picture, (width, height)))), (width, height))


def _darkest(picture: Image) -> Mask:
    blue, green, red = cv2.split(picture)
    return np.asarray(cv2.min(cv2.min(blue, green), red), np.uint8)


def _inside(boxes: Floats, shape: tuple[int, ...], inset: float) -> Mask:
    """(h, w) uint8: 255 within lines of text, so many pixels in from their edges."""
    mask = np.zeros(shape, np.uint8)
    middle = boxes.mean(axis=1, keepdims=True)
    arms = boxes - middle
    arms = np.sign(arms) * np.maximum(0.0, np.abs(arms) - np.array([0.0, inset]))
    for box in middle + arms:
        cv2.fillConvexPoly(mask, np.round(box).astype(np.int32), 255)
    return mask


def _ground(grey: Mask, em: float) -> Mask:
    """(h, w) uint8: what text and rules stand on, the middle grey of the surroundings."""
    height, width = grey.shape
    small = together(grey, min(COARSE, height, width))
    ground = cv2.medianBlur(small, max(3, int(1.5 * em / COARSE) | 1))
    return np.asarray(cv2.resize(ground, (width, height)), np.uint8)


def _drawn(rulings: Floats, shape: tuple[int, ...], thick: int) -> Mask:
    """(h, w) uint8: 255 on the rulings."""
    mask = np.zeros(shape, np.uint8)
    for x0, y0, x1, y1 in np.round(rulings).astype(int).tolist():
        cv2.line(mask, (x0, y0), (x1, y1), 255, thick)
    return mask


def _share_on(mask: Mask, rulings: Floats, but: Mask | None = None) -> Floats:
    """(N,): which part of each ruling lies on a mask; what is on `but` does not count."""
    steps = np.linspace(0.02, 0.98, SAMPLES)[None, :, None]
    points = rulings[:, None, :2] * (1 - steps) + rulings[:, None, 2:] * steps
    x = np.clip(points[..., 0].astype(int), 0, mask.shape[1] - 1)
    y = np.clip(points[..., 1].astype(int), 0, mask.shape[0] - 1)
    counted = np.ones(x.shape, np.bool_) if but is None else but[y, x] == 0
    shares = ((mask[y, x] > 0) & counted).sum(axis=1) / np.maximum(1, counted.sum(axis=1))
    return np.asarray(shares, np.float64)


def _turned(mask: Mask) -> Mask:
    """(w, h) uint8, laid out anew: OpenCV takes no transposed views."""
    return np.asarray(cv2.transpose(mask), np.uint8)
