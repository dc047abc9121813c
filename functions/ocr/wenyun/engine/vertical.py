"""Columns of vertical text, set side by side so that a reader of horizontal lines can read them."""

from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from wenyun.engine.ctc import Reading
from wenyun.engine.geometry import Image
from wenyun.engine.ink import ink_of

MAX_CELL = 1.25
"""A character is at most this many times as high as the column is wide."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """A character of a column, set into a line.

    `start` and `end` are parts of the line's width, `top` and `bottom` of the column's height.
    """

    start: float
    end: float
    top: float
    bottom: float


def restack(column: Image) -> tuple[Image, tuple[Cell, ...]]:
    """Cut a column into its characters and set them from left to right.

    Args:
        column: (H, W, 3) uint8 BGR, one column of upright characters.

    Returns:
        (W, about H, 3), the same characters as a horizontal line, and where each of them was; the
        column itself and nothing if no ink is found in it.
    """
    spans = characters(column)
    if not spans:
        return column, ()
    side, ground = column.shape[1], _ground(column)
    squares = [_square(column[top:bottom], side, ground) for top, bottom in spans]
    return np.concatenate(squares, axis=1), _cells(spans, squares, column.shape[0])


def unstack(reading: Reading, cells: tuple[Cell, ...]) -> Reading:
    """What was read from characters set side by side, with its places along the column."""
    if not cells:
        return reading
    return replace(
        reading,
        positions=tuple(_place(at, cells) for at in reading.positions),
        spans=tuple(_column_span(span, cells) for span in reading.spans),
    )


def _column_span(span: tuple[float, float], cells: tuple[Cell, ...]) -> tuple[float, float]:
    """A character that has a cell to itself is as high as the cell."""
    cell = _cell((span[0] + span[1]) / 2, cells)
    if span[1] - span[0] > (cell.end - cell.start) / 2 or span[0] == span[1]:
        return cell.top, cell.bottom
    edges = (min(max(at, cell.start), cell.end - 1e-9) for at in span)
    first, second = (_place(at, cells) for at in edges)
    return first, second


def _place(at: float, cells: tuple[Cell, ...]) -> float:
    """A place along the line as one along the column."""
    cell = _cell(at, cells)
    part = min(max((at - cell.start) / (cell.end - cell.start), 0.0), 1.0)
    return cell.top + part * (cell.bottom - cell.top)


def _cell(at: float, cells: tuple[Cell, ...]) -> Cell:
    return next((cell for cell in cells if at < cell.end), cells[-1])


def _cells(spans: list[Span], squares: list[Image], height: int) -> tuple[Cell, ...]:
    ends = np.cumsum([0, *(square.shape[1] for square in squares)])
    places = (ends / ends[-1]).tolist()
    return tuple(
        Cell(start, end, top / height, bottom / height)
        for (top, bottom), (start, end) in zip(spans, pairwise(places), strict=True)
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
