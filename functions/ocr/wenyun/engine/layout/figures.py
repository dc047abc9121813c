"""Figures: large areas of a page that are neither paper nor text.

The page is looked at small. What differs from the paper and lies under no line is closed to
areas, as the run-length smoothing of K. Wong, R. Casey and F. Wahl does ("Document analysis
system", IBM Journal 26(6), 1982); an area is a figure if it is large, well filled, and holds
little text.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from wenyun.engine.geometry import Image
from wenyun.engine.layout.levels import counts_of, median_of
from wenyun.engine.layout.rects import Rects, Values
from wenyun.engine.layout.runs import Mask
from wenyun.engine.layout.small import smaller

SIDE = 640
"""The page's longer side, in pixels, when it is searched."""

MIN_LINES = 6
"""A picture with fewer lines is no document: a sign is not a figure with text."""

PAPER = 0.4
"""On a document this part of the pixels is paper."""

ALIKE = 5
"""The paper's pixels are no more levels off its usual one."""

STEP = 2
"""Every so manieth pixel each way says what the paper's levels are."""

FAR = 28
"""Levels from the paper's at which a pixel is something else."""

MIN_AREA, MAX_AREA = 0.008, 0.6
"""A figure covers so much of the page."""

MIN_SIDE = 3.0
"""Both its sides are at least this many type sizes long."""

FILLED = 0.2
"""So much of its frame differs from the paper, once gaps are closed: a table's grid does not."""

BANNER = 1.5
"""A picture under lines this much larger than the body is a banner: its title is read as one."""

MOST_TEXT = 0.25
"""Lines cover no more of it."""

Frame = tuple[float, float, float, float]
"""x0, y0, x1, y1."""


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure's rectangle, and the lines that lie in it."""

    rect: Frame
    members: tuple[int, ...]


def find_figures(
    rects: Rects, body: float, size: tuple[float, float], picture: Image
) -> list[FoundFigure]:
    """The figures of an upright page.

    Args:
        rects: (N, 4) lines of the upright page.
        body: The body's type size, in the unit of the rectangles.
        size: The page's width and height, in that unit.
        picture: (H, W, 3) uint8 BGR, the upright page.
    """
    if len(rects) < MIN_LINES or body <= 0:
        return []
    scale = SIDE / max(size)
    shape = max(1, round(size[1] * scale)), max(1, round(size[0] * scale))
    other = _other_than_paper(smaller(picture, (shape[1], shape[0])))
    if other is None:
        return []
    text = _under_lines(rects, scale, shape, body)
    areas = _areas(np.asarray(other & ~text & 1, np.uint8), scale * body)
    found: list[FoundFigure] = []
    for area in areas:
        figure = _figure(area, other, rects, scale, body)
        if figure is not None and not any(_meet(figure.rect, one.rect) for one in found):
            found.append(figure)
    return found


def _other_than_paper(small: Image) -> Mask | None:
    """(H, W) 1 where a pixel is not paper; None if the picture is not mostly paper."""
    few = np.ascontiguousarray(cv2.GaussianBlur(small, (3, 3), 0)[::STEP, ::STEP])
    near = [np.asarray(channel, np.uint8) for channel in cv2.split(few)]
    levels = np.asarray(cv2.max(cv2.max(near[0], near[1]), near[2]), np.uint8)
    bright = int(np.argmax(counts_of(levels)))
    like = np.asarray(cv2.inRange(levels, bright - ALIKE, bright + ALIKE), np.uint8)
    paper = [int(median_of(counts_of(one, like))) for one in near]
    low, high = [max(0, level - FAR) for level in paper], [min(255, level + FAR) for level in paper]
    is_paper = np.asarray(cv2.inRange(small, np.array(low), np.array(high)), np.uint8)
    share = 1 - cv2.countNonZero(is_paper) / is_paper.size
    return np.asarray(is_paper == 0, np.uint8) if share < 1 - PAPER else None


def _under_lines(rects: Rects, scale: float, shape: tuple[int, int], body: float) -> Mask:
    mask = np.zeros(shape, np.uint8)
    air = 0.12 * body
    boxes = (rects + np.array([-air, -air, air, air], np.float32)) * scale
    for x0, y0, x1, y1 in boxes:
        mask[max(0, int(y0)) : int(y1) + 2, max(0, int(x0)) : int(x1) + 2] = 1
    return mask


def _areas(mask: Mask, size: float) -> list[tuple[int, int, int, int]]:
    """x, y, width, height of what is left once gaps are closed, with thin rules and without.

    A chart's frame belongs to it, but a page's frame must not tie everything together.
    """
    reach = max(3, round(size) | 1)
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    return [*_frames(np.asarray(closed, np.uint8)), *_frames(np.asarray(opened, np.uint8))]


def _frames(mask: Mask) -> list[tuple[int, int, int, int]]:
    """x, y, width, height of the parts of a mask that hang together, from the top."""
    outlines, tree = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    outer = np.reshape(tree, (-1, 4))[:, 3] < 0 if outlines else ()
    frames = [cv2.boundingRect(one) for one, own in zip(outlines, outer, strict=True) if own]
    return sorted(((x, y, w, h) for x, y, w, h in frames), key=lambda frame: (frame[1], frame[0]))


def _figure(
    area: tuple[int, int, int, int], other: Mask, rects: Rects, scale: float, body: float
) -> FoundFigure | None:
    x, y, wide, high = area
    page = other.shape[0] * other.shape[1]
    if not MIN_AREA < wide * high / page < MAX_AREA or min(wide, high) < MIN_SIDE * body * scale:
        return None
    if float(np.mean(other[y : y + high, x : x + wide])) < FILLED:
        return None
    frame = x / scale, y / scale, (x + wide) / scale, (y + high) / scale
    inside = _inside(rects, frame)
    thick = np.minimum(rects[inside, 2] - rects[inside, 0], rects[inside, 3] - rects[inside, 1])
    if float(np.max(thick, initial=0.0)) > BANNER * body:
        return None
    covered = float(np.sum(_sizes(rects[inside]))) * scale * scale / (wide * high)
    return FoundFigure(frame, tuple(map(int, inside))) if covered < MOST_TEXT else None


def _inside(rects: Rects, frame: Frame) -> npt.NDArray[np.intp]:
    x, y = (rects[:, 0] + rects[:, 2]) / 2, (rects[:, 1] + rects[:, 3]) / 2
    return np.flatnonzero((x > frame[0]) & (x < frame[2]) & (y > frame[1]) & (y < frame[3]))


def _meet(one: Frame, other: Frame) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    return wide > 0 and min(one[3], other[3]) > max(one[1], other[1])


def _sizes(rects: Rects) -> Values:
    return (rects[:, 2] - rects[:, 0]) * (rects[:, 3] - rects[:, 1])
