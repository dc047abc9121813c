"""A page seen slightly from the side, made level: rows run along u, columns along v."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

STEEPEST = 0.12
"""Rulings and lines that lean more than this (7 degrees) say nothing about the page."""

MIN_EVIDENCE = 3
"""So many rulings show how the lean changes over the page; fewer, only its mean."""


@dataclass(frozen=True, slots=True)
class Level:
    """How a page leans.

    A level line has the slope dy/dx = `rise + rise_change * y`, an upright one the slope
    dx/dy = `lean + lean_change * x`, where x and y count from the centre.
    """

    centre: tuple[float, float]
    rise: float = 0.0
    rise_change: float = 0.0
    lean: float = 0.0
    lean_change: float = 0.0

    def flat(self, points: Floats) -> Floats:
        """(N, 2) points of the page to (N, 2) level coordinates u, v."""
        x, y = points[:, 0] - self.centre[0], points[:, 1] - self.centre[1]
        u = points[:, 0] - (self.lean + self.lean_change * x) * y
        v = points[:, 1] - (self.rise + self.rise_change * y) * x
        return np.stack([u, v], axis=1)

    def back(self, points: Floats) -> Floats:
        """(N, 2) level coordinates to points of the page, by fixed-point iteration."""
        found = points.copy()
        for _ in range(4):
            found += points - self.flat(found)
        return found


def fit_level(level: Floats, upright: Floats, boxes: Floats, size: tuple[float, float]) -> Level:
    """How a page leans, from its rulings, else from its lines of text.

    Args:
        level: (N, 4) x0, y0, x1, y1 of rulings from left to right.
        upright: (M, 4) of rulings from top to bottom.
        boxes: (K, 4, 2) corners of lines of text.
        size: Width and height of the page.
    """
    centre = (size[0] / 2, size[1] / 2)
    rows = level if len(level) else _axes(boxes)
    rise, rise_change = _slopes(rows[:, [1, 0, 3, 2]], centre[1], size[1], len(level))
    lean, lean_change = _slopes(upright, centre[0], size[0], len(upright))
    if not len(upright):
        lean = -rise
    return Level(centre, rise, rise_change, lean, lean_change)


def _axes(boxes: Floats) -> Floats:
    """(N, 4) middle axes of the boxes that are long enough to show a slope."""
    starts, ends = (boxes[:, 0] + boxes[:, 3]) / 2, (boxes[:, 1] + boxes[:, 2]) / 2
    heights = np.linalg.norm(boxes[:, 3] - boxes[:, 0], axis=1)
    long = ends[:, 0] - starts[:, 0] > 4 * heights
    return np.asarray(np.concatenate([starts, ends], axis=1)[long], np.float64)


def _slopes(ends: Floats, centre: float, reach: float, evidence: int) -> tuple[float, float]:
    """Slope of the first coordinate by the second at the page's centre, and how it changes."""
    length = ends[:, 3] - ends[:, 1]
    slope = (ends[:, 2] - ends[:, 0]) / np.maximum(length, 1e-6)
    place = (ends[:, 0] + ends[:, 2]) / 2 - centre
    sound = (np.abs(slope) < STEEPEST) & (length > 0)
    slope, place, weight = slope[sound], place[sound], length[sound]
    if not len(slope):
        return 0.0, 0.0
    middle = _weighted_median(slope, weight)
    near = np.abs(slope - middle) < 0.03
    if evidence < MIN_EVIDENCE or np.ptp(place[near]) < 0.1 * reach:
        return middle, 0.0
    matrix = np.stack([np.ones(int(near.sum())), place[near]], axis=1) * weight[near, None]
    (base, change), *_ = np.linalg.lstsq(matrix, slope[near] * weight[near], rcond=None)
    return float(base), float(change)


def _weighted_median(values: Floats, weights: Floats) -> float:
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    return float(values[order][int(np.searchsorted(total, total[-1] / 2))])
