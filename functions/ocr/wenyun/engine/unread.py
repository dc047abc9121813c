"""Ink that a reading passed over: a CRNN may stop early and still be sure of what it read."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from wenyun.engine.ctc import Reading

Ink = npt.NDArray[np.bool_]

LONG = 2.0
"""Characters whose centres stand further apart than this many line heights leave room for more."""

REACH = 0.6
"""How far a character reaches from its centre, in line heights."""

TALL = 0.4
"""Ink less high than this share of the line's is a dash, a rule or leader dots."""

DENSE = 0.3
"""Share of columns with ink from which a stretch holds characters."""


def unread_share(reading: Reading, ink: Ink) -> float:
    """Share of the line's inked width that no character accounts for, 0-1.

    Args:
        reading: What was read.
        ink: (H, W) bool, the ink of the line it was read from.
    """
    height, width = ink.shape
    centres = [at * width for at in reading.positions]
    marks = [-REACH * height, *centres, width + REACH * height]
    if all(right - left <= LONG * height for left, right in pairwise(marks)):
        return 0.0
    total = np.count_nonzero(ink.any(axis=0))
    lost = sum(
        _inked(ink, left + REACH * height, right - REACH * height)
        for left, right in pairwise(marks)
        if right - left > LONG * height
    )
    return min(1.0, float(lost / total)) if total else 0.0


def _inked(ink: Ink, left: float, right: float) -> int:
    """Columns with ink between two places, 0 where it is too thin or too sparse for characters."""
    part = ink[:, max(0, round(left)) : max(0, round(right))]
    columns = np.count_nonzero(part.any(axis=0))
    enough = _extent(part) >= TALL * _extent(ink) and columns >= DENSE * part.shape[1]
    return int(columns) if enough else 0


def _extent(ink: Ink) -> int:
    rows = np.flatnonzero(ink.any(axis=1))
    return int(rows[-1] - rows[0] + 1) if len(rows) else 0
