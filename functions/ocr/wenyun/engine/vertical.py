"""Columns of vertical text, set side by side so that a reader of horizontal lines can read them."""

from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from wenyun.engine.geometry import Image
from wenyun.engine.ink import ink_of

MAX_CELL = 1.25
"""A character is at most this many times as high as the column is wide."""

Span = tuple[int, int]


def restack(column: Image) -> Image:
    """Cut a column into its characters and set them from left to right.

    Args:
        column: (H, W, 3) uint8 BGR, one column of upright characters.

    Returns:
        (W, about H, 3): the same characters as a horizontal line; the column itself if no ink is
        found in it.
    """
    cells = characters(column)
    if not cells:
        return column
    side, ground = column.shape[1], _ground(column)
    return np.concatenate(
        [_square(column[top:bottom], side, ground) for top, bottom in cells], axis=1
    )


def characters(column: Image) -> list[Span]:
    """Top and bottom row of each character of a column."""
    ink = ink_of(column)
    rows = np.asarray(ink.any(axis=1), np.bool_)
    columns = np.flatnonzero(ink.any(axis=0))
    if not len(columns):
        return []
    size = float(columns[-1] - columns[0] + 1)
    return _merge(_runs(rows), MAX_CELL * size)


def _runs(rows: npt.NDArray[np.bool_]) -> list[Span]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], rows.astype(np.int8), [0]])))
    return [(int(top), int(bottom)) for top, bottom in edges.reshape(-1, 2)]


def _merge(runs: list[Span], limit: float) -> list[Span]:
    """Join strokes to characters: always the closest pair whose sum still is one character."""
    cells = list(runs)
    while len(cells) > 1:
        gaps = [
            (below[0] - above[1], index)
            for index, (above, below) in enumerate(pairwise(cells))
            if below[1] - above[0] <= limit
        ]
        if not gaps:
            break
        _, index = min(gaps)
        cells[index : index + 2] = [(cells[index][0], cells[index + 1][1])]
    return cells


def _ground(column: Image) -> list[float]:
    """The paper's colour; a cell's own edge may be all ink, as that of `一` is."""
    colour: list[float] = np.median(column[~ink_of(column)], axis=0).tolist()
    return colour


def _square(cell: Image, side: int, ground: list[float]) -> Image:
    """A character in the middle of a square of the ground's colour, or as it is if higher."""
    missing = max(0, side - cell.shape[0])
    top = missing // 2
    padded = cv2.copyMakeBorder(cell, top, missing - top, 0, 0, cv2.BORDER_CONSTANT, value=ground)
    scale = side / padded.shape[0]
    width = max(1, round(padded.shape[1] * scale))
    return np.asarray(cv2.resize(padded, (width, side), interpolation=cv2.INTER_AREA), np.uint8)
