"""Rulings to borders, and borders to cells."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenyun.engine.layout.tables.lattice import Lattice, lattices, without_struck
from wenyun.engine.layout.tables.level import Floats
from wenyun.engine.layout.tables.spans import Span, owners, spans

EM = 20.0


def rulings(*rows: tuple[float, float, float]) -> Floats:
    return np.array(rows, np.float64).reshape(-1, 3)


def moved(some: Floats, by: float, start: float, end: float) -> Floats:
    return np.asarray(some + np.array([by, start, end]), np.float64)


def full(rows: int, columns: int) -> Lattice:
    return Lattice(
        np.arange(columns + 1, dtype=np.float64) * 100,
        np.arange(rows + 1, dtype=np.float64) * 50,
        np.ones((rows + 1, columns), np.bool_),
        np.ones((rows, columns + 1), np.bool_),
    )


LEVEL = rulings((0, 0, 300), (50, 0, 300), (100, 0, 300))
UPRIGHT = rulings((0, 0, 100), (100, 0, 100), (200, 0, 100), (300, 0, 100))


def test_crossing_rulings_make_a_grid() -> None:
    (lattice,) = lattices(LEVEL, UPRIGHT, EM)
    assert lattice.shape == (2, 3)
    assert lattice.across.all()
    assert lattice.down.all()


def test_a_missing_piece_of_a_ruling_joins_cells() -> None:
    level = rulings((0, 0, 300), (50, 100, 300), (100, 0, 300))
    (lattice,) = lattices(level, UPRIGHT, EM)
    assert spans(lattice)[0] == Span(0, 0, 2, 1)
    assert len(spans(lattice)) == 5


def test_ends_that_miss_each_other_a_little_still_meet() -> None:
    (lattice,) = lattices(moved(LEVEL, 0, 6, -6), moved(UPRIGHT, 0, 4, -8), EM)
    assert lattice.shape == (2, 3)


def test_a_double_line_is_one_border() -> None:
    level = np.concatenate([LEVEL, moved(LEVEL[1:2], 5, 0, 0)])
    (lattice,) = lattices(level, UPRIGHT, EM)
    assert lattice.shape == (2, 3)


def test_rules_beyond_the_last_upright_one_have_columns_there() -> None:
    (lattice,) = lattices(LEVEL, UPRIGHT[1:3], EM)
    assert lattice.shape == (2, 3)
    assert lattice.us[0] == pytest.approx(0)
    assert lattice.us[-1] == pytest.approx(300)


def test_tables_apart_are_two_grids() -> None:
    found = lattices(
        np.concatenate([LEVEL, moved(LEVEL, 1000, 0, 0)]),
        np.concatenate([UPRIGHT, moved(UPRIGHT, 0, 1000, 1000)]),
        EM,
    )
    assert [lattice.shape for lattice in found] == [(2, 3), (2, 3)]


def test_an_underline_in_a_cell_is_no_border() -> None:
    level = np.concatenate([LEVEL, rulings((30, 130, 170))])
    (lattice,) = lattices(level, UPRIGHT, EM)
    assert lattice.shape == (2, 3)


def test_a_stray_ruling_below_the_table_is_cut_off() -> None:
    level = np.concatenate([LEVEL, rulings((111, 150, 230))])
    (lattice,) = lattices(level, UPRIGHT, EM)
    assert lattice.shape == (2, 3)


@pytest.mark.parametrize(
    ("level", "upright"),
    [
        (LEVEL[:1], UPRIGHT),
        (LEVEL, UPRIGHT[:0]),
        (LEVEL[:0], UPRIGHT[:0]),
        (LEVEL, moved(UPRIGHT, 999, 999, 999)),
    ],
)
def test_too_few_rulings_make_no_grid(level: Floats, upright: Floats) -> None:
    assert lattices(level, upright, EM) == []


def test_an_upright_border_that_lines_run_across_is_a_stroke() -> None:
    rects = np.array([[60, 10, 140, 30], [60, 60, 140, 80], [210, 10, 290, 30]], np.float64)
    assert without_struck(full(2, 3), rects, EM).shape == (2, 2)
    assert without_struck(full(2, 3), rects[1:], EM).shape == (2, 3)


def test_cells_whose_common_border_broke_stay_rectangles() -> None:
    lattice = full(2, 2)
    lattice.down[0, 1] = lattice.across[1, 0] = False
    cells = spans(lattice)
    assert (owners(cells, (2, 2)) >= 0).all()
    assert len(cells) == 3


@given(st.integers(1, 6), st.integers(1, 6), st.data())
def test_spans_cover_any_lattice_once(rows: int, columns: int, data: st.DataObject) -> None:
    bits = data.draw(st.lists(st.booleans(), min_size=99, max_size=99))
    lattice = full(rows, columns)
    lattice.across[:] = np.resize(bits, lattice.across.shape)
    lattice.down[:] = np.resize(bits[::-1], lattice.down.shape)
    covered = np.zeros((rows, columns), int)
    for cell in spans(lattice):
        covered[cell.row : cell.row + cell.row_span, cell.col : cell.col + cell.col_span] += 1
    assert (covered == 1).all()
