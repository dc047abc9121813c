"""Which lines are running text: lines of one width, closely below one another."""

import numpy as np

from wenyun.engine.layout.rects import Flags, Rects

REACH = 60
"""How many lines further down the page a line looks for its neighbour: a row holds fewer."""

MIN_RATIO = 8.0
"""A line of prose is at least this many times as wide as high: cells of a table are not."""

SHARED = 0.75
"""Neighbours share this part of the width that both cover."""

GAP, SIZES = 1.4, 1.4
"""Neighbours are at most so many line heights apart, and differ by this factor in height."""


def stacked(rects: Rects) -> Flags:
    """(N,) bool: lines with a neighbour right above or below that begins and ends where they do.

    This is local on purpose: whether lines fill their column need not know where the column is.
    """
    found = np.zeros(len(rects), np.bool_)
    order = np.argsort(rects[:, 1], kind="stable")
    first = np.arange(len(rects))[:, None]
    second = first + np.arange(1, REACH)
    first, second = (side[second < len(rects)] for side in np.broadcast_arrays(first, second))
    above, below = order[first], order[second]
    alike = _alike(rects[above], rects[below])
    found[above[alike]] = True
    found[below[alike]] = True
    return found


def _alike(above: Rects, below: Rects) -> Flags:
    heights = above[:, 3] - above[:, 1], below[:, 3] - below[:, 1]
    lower, higher = np.minimum(*heights), np.maximum(*heights)
    shared = np.minimum(above[:, 2], below[:, 2]) - np.maximum(above[:, 0], below[:, 0])
    both = np.maximum(above[:, 2], below[:, 2]) - np.minimum(above[:, 0], below[:, 0])
    gap = below[:, 1] - above[:, 3]
    close = (gap < GAP * higher) & (gap > -0.4 * lower) & (higher < SIZES * lower)
    wide = (shared > SHARED * both) & (shared > MIN_RATIO * lower)
    return np.asarray(close & wide, np.bool_)
