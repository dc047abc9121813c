"""Marks in one line, with small gaps between them, are one ruling."""

import numpy as np

from wenyun.engine.layout.tables.level import Floats

GAP = 1.3
"""Gaps up to this many text heights are closed: prints break, text is written over rules."""

APART = 0.3
"""Marks so many text heights beside each other are not in one line."""

SHORTEST = 1.8
"""Shorter rulings, in text heights, are strokes."""


def link(marks: Floats, em: float) -> Floats:
    """(N, 4) level marks to (M, 4) rulings, those too short left out.

    Args:
        marks: x0, y0, x1, y1 of each, from left to right.
        em: How high text is.
    """
    chains = np.zeros_like(marks)
    count = 0
    for mark in marks[np.argsort(marks[:, 0])]:
        at = _chain_of(chains[:count], mark, em)
        if at is None:
            chains[count] = mark
            count += 1
        elif mark[2] > chains[at, 2]:
            chains[at, 2:] = mark[2:]
    found = chains[:count]
    return found[found[:, 2] - found[:, 0] >= SHORTEST * em]


def _chain_of(chains: Floats, mark: Floats, em: float) -> int | None:
    """The chain that a mark carries on."""
    if not len(chains):
        return None
    length = np.maximum(chains[:, 2] - chains[:, 0], 1.0)
    slope = (chains[:, 3] - chains[:, 1]) / length
    slope = np.where(length > 6 * em, slope, _slope(mark) if mark[2] - mark[0] > 6 * em else slope)
    expected = chains[:, 3] + slope * (mark[0] - chains[:, 2])
    apart = np.abs(expected - mark[1])
    fits = (mark[0] - chains[:, 2] <= GAP * em) & (apart <= APART * em)
    if not fits.any():
        return None
    return int(np.argmin(np.where(fits, apart, np.inf)))


def _slope(mark: Floats) -> float:
    return float((mark[3] - mark[1]) / max(1.0, mark[2] - mark[0]))
