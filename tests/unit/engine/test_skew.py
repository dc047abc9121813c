"""The slant of a page, from its lines."""

import numpy as np
import pytest

from wenyun.engine.geometry import Quad
from wenyun.engine.layout.turns import level, line_angle, page_angle, page_skew, turn_points

SIZE = (800.0, 600.0)


def line(x: float, y: float, width: float, height: float, slant: float) -> Quad:
    """A line turned clockwise about the middle of the page by so many degrees."""
    quad = np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]], np.float32)
    return level(quad, -slant, SIZE)


def rows(slant: float) -> list[Quad]:
    return [line(100, 60 + 50 * row, 500 - 40 * row, 20, slant) for row in range(8)]


@pytest.mark.parametrize("slant", [-15, -7.5, 0, 0.5, 15, 40])
def test_the_slant_of_level_lines(slant: float) -> None:
    assert page_skew(rows(slant)) == pytest.approx(slant, abs=0.01)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("slant", [-12, 0, 9])
def test_the_slant_of_a_turned_page_is_that_of_the_upright_one(turn: int, slant: float) -> None:
    """The page lies turned; turned back, its lines slant so."""
    back = (360 - turn) % 360
    laid = [turn_points(quad, back, SIZE) for quad in rows(slant)]
    assert page_angle(laid) == turn
    assert page_skew(laid, turn) == pytest.approx(slant, abs=0.01)


def test_columns_slant_as_their_longer_side() -> None:
    columns = [line(100 + 60 * n, 80, 24, 400, 6) for n in range(6)]
    assert page_skew(columns) == pytest.approx(6, abs=0.01)


def test_long_lines_outweigh_short_ones() -> None:
    short = [line(50 * n, 20, 30, 20, -20) for n in range(9)]
    assert page_skew([*rows(4), *short]) == pytest.approx(4, abs=0.01)


def test_lines_that_run_otherwise_do_not_count() -> None:
    side = [np.roll(line(700, 50, 20, 500, 30), 1, axis=0) for _ in range(9)]
    assert line_angle(side[0]) != 0
    assert page_skew([*rows(3), *side]) == pytest.approx(3, abs=0.01)


def test_no_lines_have_no_slant() -> None:
    assert page_skew([]) == 0.0


@pytest.mark.parametrize("slant", [-15, 15])
def test_a_levelled_page_has_level_lines(slant: float) -> None:
    for quad in rows(slant):
        flat = level(quad, page_skew(rows(slant)), SIZE)
        assert np.ptp(flat[:2, 1]) < 0.2
        assert flat[0, 0] == pytest.approx(100, abs=0.2)
