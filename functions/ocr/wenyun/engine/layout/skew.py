"""Lines of a page that leans or was seen from the side, as they stand on a level page."""

from collections.abc import Sequence

import numpy as np

from wenyun.engine.geometry import Quad, sides
from wenyun.engine.layout.rects import Rects, bounds
from wenyun.engine.ranks import median

MIN_LINES = 6
"""Fewer lines do not say how a page leans."""

LEVEL = 0.003
"""Slopes below this are left alone: boxes are no more exact."""

MOST = 0.36
"""Steeper than 20 degrees is no lean."""

LONG = 4.0
"""Lines at least so many times as long as thick show their slope."""

REACH = 8
"""How many lines further on a line looks for the one that stands flush with it."""


def level_rects(quads: Sequence[Quad], vertical: bool) -> Rects:
    """The rectangles around lines after the page's lean is taken out of them.

    The lines' own slope levels the rows, the drift of flush edges from line to line the columns.

    Args:
        quads: Boxes on an upright page.
        vertical: Whether most lines are columns of vertical text.
    """
    if len(quads) < MIN_LINES:
        return bounds(quads)
    points = np.stack(quads).astype(np.float32)
    slope = _slope(points, 1 if vertical else 0)
    if abs(slope) > LEVEL:
        points[:, :, 0 if vertical else 1] -= slope * points[:, :, 1 if vertical else 0]
    drift = _drift(bounds(list(points)), vertical)
    if abs(drift) > LEVEL:
        points[:, :, 1 if vertical else 0] -= drift * points[:, :, 0 if vertical else 1]
    return bounds(list(points))


def _slope(points: np.ndarray, along: int) -> float:
    """The median slope of long lines, each weighing as much as it is long.

    Args:
        points: (N, 4, 2) corners.
        along: 0 if lines run from left to right, 1 if they run down.
    """
    edges = points[:, 3 if along else 1] - points[:, 0]
    shapes = np.array([sides(quad) for quad in points], np.float32)
    length, thick = shapes[:, along], shapes[:, 1 - along]
    usable = (length > LONG * thick) & (np.abs(edges[:, along]) > 1e-3)
    if int(np.sum(usable)) < MIN_LINES // 2:
        return 0.0
    slopes = edges[usable, 1 - along] / edges[usable, along]
    order = np.argsort(slopes)
    weight = np.cumsum(length[usable][order])
    slope = float(slopes[order][np.searchsorted(weight, weight[-1] / 2)])
    return slope if abs(slope) < MOST else 0.0


def _drift(rects: Rects, vertical: bool) -> float:
    """How far flush edges move sideways from line to line, in parts of the way down."""
    if vertical:
        rects = rects[:, [1, 0, 3, 2]]
    rects = rects[np.argsort(rects[:, 1], kind="stable")]
    drifts = []
    for step in range(1, min(REACH, len(rects))):
        above, below = rects[:-step], rects[step:]
        way = below[:, 1] - above[:, 1]
        height = np.minimum(above[:, 3] - above[:, 1], below[:, 3] - below[:, 1])
        near = (way > 0.8 * height) & (way < 3 * height)
        for edge in (0, 2):
            moved = below[:, edge] - above[:, edge]
            flush = near & (np.abs(moved) < 0.4 * height)
            drifts.append(moved[flush] / way[flush])
    found = np.concatenate(drifts) if drifts else np.zeros(0)
    return median(found) if len(found) >= 2 * MIN_LINES else 0.0
