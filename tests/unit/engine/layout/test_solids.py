"""Tables that are none."""

import numpy as np

from tests.unit.engine.layout.setting import line
from wenyun.engine.layout.rects import Rects
from wenyun.engine.layout.solids import is_columns
from wenyun.engine.layout.tables.find import FoundTable
from wenyun.result import Cell

BOX = line("", 0, 0, 700, 400).box


def table(rows: int, columns: int, members: int) -> FoundTable:
    cells = tuple(Cell(r, c, 1, 1, "text", BOX) for r in range(rows) for c in range(columns))
    return FoundTable(BOX, cells, tuple(range(members)))


def grid(rows: int, columns: int, wide: float, step: float = 30) -> Rects:
    return np.array(
        [
            (240 * c, step * r, 240 * c + wide, step * r + 20)
            for r in range(rows)
            for c in range(columns)
        ],
        np.float32,
    )


def test_columns_of_prose_that_keep_step_are_no_table() -> None:
    assert is_columns(table(8, 3, 24), grid(8, 3, 210))


def test_short_cells_are_a_table() -> None:
    assert not is_columns(table(8, 3, 24), grid(8, 3, 100))


def test_rows_far_apart_are_a_table() -> None:
    assert not is_columns(table(8, 3, 24), grid(8, 3, 210, step=60))


def test_cells_of_several_lines_are_a_table() -> None:
    assert not is_columns(table(2, 3, 24), grid(8, 3, 210))


def test_an_empty_table_is_one() -> None:
    assert not is_columns(FoundTable(BOX, (), ()), grid(1, 1, 100))
