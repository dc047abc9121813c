"""Pages that lean."""

import numpy as np
import pytest

from wenyun.engine.geometry import Quad
from wenyun.engine.layout.order import reading_order
from wenyun.engine.layout.skew import level_rects

LINES = [
    np.array([[x, y], [x + 300, y], [x + 300, y + 20], [x, y + 20]], np.float32)
    for x in (50, 390)
    for y in range(50, 950, 30)
]


def leaning(degrees: float) -> list[Quad]:
    turn = np.radians(degrees)
    matrix = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return [(quad @ matrix).astype(np.float32) for quad in LINES]


@pytest.mark.parametrize("degrees", [-15, -5, 0, 1, 5, 15])
def test_lines_of_a_leaning_page_come_out_level(degrees: float) -> None:
    rects = level_rects(leaning(degrees), False)
    assert np.all(rects[:, 3] - rects[:, 1] < 22)
    assert np.ptp(rects[:30, 0]) < 2
    assert reading_order(rects) == list(range(60))


@pytest.mark.parametrize("degrees", [-5, 5])
def test_vertical_columns_of_a_leaning_page(degrees: float) -> None:
    columns = [quad[[0, 3, 2, 1], ::-1] for quad in leaning(degrees)]
    rects = level_rects(columns, True)
    assert np.all(rects[:, 2] - rects[:, 0] < 22)
    assert np.ptp(rects[:30, 1]) < 2


def test_a_page_that_leans_only_sideways() -> None:
    """Seen from the side: rows are level, but the columns' edges run off."""
    sheared = [quad + np.array([0.06, 0]) * quad[:, 1:] for quad in LINES]
    rects = level_rects([quad.astype(np.float32) for quad in sheared], False)
    assert np.ptp(rects[:30, 0]) < 2


def test_a_level_page_is_left_as_it_is() -> None:
    rects = level_rects(LINES, False)
    assert np.array_equal(rects[0], [50, 50, 350, 70])


def test_few_lines_do_not_say() -> None:
    quads = leaning(10)[:3]
    assert np.allclose(level_rects(quads, False)[0, 1], float(np.min(quads[0][:, 1])))
