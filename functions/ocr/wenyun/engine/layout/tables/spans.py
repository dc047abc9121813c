"""A lattice to cells: base cells with no border between them are one."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wenyun.engine.layout.tables.lattice import Lattice
from wenyun.engine.ranks import distinct

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A cell's place in the grid."""

    row: int
    col: int
    row_span: int = 1
    col_span: int = 1


def spans(lattice: Lattice) -> list[Span]:
    """The cells of a lattice, row by row: they cover it, and none overlaps another."""
    regions = _regions(lattice)
    found: list[Span] = []
    for region in distinct(regions):
        found += _rectangles(np.asarray(regions == region, np.bool_))
    return sorted(found)


def owners(cells: list[Span], shape: tuple[int, int]) -> Numbers:
    """(R, C) int64: which cell each base cell is of; -1 where there is none."""
    owner = np.full(shape, -1, np.int64)
    for number, cell in enumerate(cells):
        rows = slice(cell.row, cell.row + cell.row_span)
        owner[rows, cell.col : cell.col + cell.col_span] = number
    return owner


def _regions(lattice: Lattice) -> Numbers:
    """(R, C) int64: base cells with no border between them have the same number."""
    rows, columns = lattice.shape
    number = np.arange(rows * columns, dtype=np.int64).reshape(rows, columns)
    beside, below = ~lattice.down[:, 1:-1], ~lattice.across[1:-1]
    while True:
        before = number.copy()
        low = np.minimum(number[:, :-1], number[:, 1:])
        number[:, :-1] = np.where(beside, low, number[:, :-1])
        number[:, 1:] = np.where(beside, low, number[:, 1:])
        low = np.minimum(number[:-1], number[1:])
        number[:-1] = np.where(below, low, number[:-1])
        number[1:] = np.where(below, low, number[1:])
        if (before == number).all():
            return number


def _rectangles(region: npt.NDArray[np.bool_]) -> list[Span]:
    """A region as few rectangles: one, unless a border between two cells was not seen."""
    rows, columns = np.flatnonzero(region.any(axis=1)), np.flatnonzero(region.any(axis=0))
    row, column, high, wide = int(rows[0]), int(columns[0]), len(rows), len(columns)
    if region[row : row + high, column : column + wide].all():
        return [Span(row, column, high, wide)]
    level = _strips(region)
    upright = [Span(s.col, s.row, s.col_span, s.row_span) for s in _strips(region.T)]
    return level if len(level) <= len(upright) else upright


def _strips(region: npt.NDArray[np.bool_]) -> list[Span]:
    """Runs of base cells, row by row, those of equal extent below each other as one."""
    open_: dict[tuple[int, int], Span] = {}
    found = []
    for row, cells in enumerate(region):
        edges = np.flatnonzero(np.diff(np.concatenate([[False], cells, [False]]).astype(np.int8)))
        runs = {(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)}
        found += [span for run, span in open_.items() if run not in runs]
        open_ = {
            run: Span(open_[run].row, run[0], open_[run].row_span + 1, run[1] - run[0])
            if run in open_
            else Span(row, run[0], 1, run[1] - run[0])
            for run in sorted(runs)
        }
    return found + list(open_.values())
