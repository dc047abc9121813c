"""Columns cut into characters and set side by side."""

import numpy as np
import pytest

from wenyun.engine.ctc import Reading
from wenyun.engine.geometry import Image
from wenyun.engine.vertical import Cell, characters, restack, unstack

PAPER, INK = 240, 20


def column(height: int, *strokes: tuple[int, int], width: int = 40, paper: int = PAPER) -> Image:
    """A column with a stroke from row to row, 4 pixels off either edge."""
    image = np.full((height, width, 3), paper, np.uint8)
    for top, bottom in strokes:
        image[top:bottom, 4 : width - 4] = INK if paper == PAPER else 255 - INK
    return image


def test_one_stroke_a_character() -> None:
    cells = characters(column(160, (10, 42), (60, 92), (110, 142)))
    assert cells == [(10, 42), (60, 92), (110, 142)]


def test_strokes_of_one_character_are_joined() -> None:
    """`二` is two strokes with air between, within the height of one character."""
    assert characters(column(160, (10, 18), (34, 42), (80, 88), (104, 112))) == [
        (10, 42),
        (80, 112),
    ]


def test_the_closest_strokes_are_joined_first() -> None:
    """A middle stroke belongs to the character that it stands closer to."""
    assert characters(column(160, (10, 30), (33, 40), (60, 90))) == [(10, 40), (60, 90)]


def test_light_ink_on_dark_paper() -> None:
    assert characters(column(160, (10, 42), (60, 92), paper=15)) == [(10, 42), (60, 92)]


def test_an_empty_column() -> None:
    blank = column(160)
    assert characters(blank) == []
    cut, cells = restack(blank)
    assert cut is blank
    assert cells == ()


def test_characters_side_by_side() -> None:
    """Squares of the column's width, as many as there are characters."""
    line, _ = restack(column(200, (10, 42), (60, 92), (110, 142)))
    assert line.shape == (40, 120, 3)
    inked = (line[:, :, 0] < 128).any(axis=0)
    edges = np.flatnonzero(np.diff(inked.astype(int))) + 1
    assert edges.tolist() == [4, 36, 44, 76, 84, 116]


def test_a_flat_character_stands_in_the_middle() -> None:
    """`一` is padded to a square with the paper's colour."""
    line, _ = restack(column(100, (46, 54)))
    assert line.shape == (40, 40, 3)
    assert np.flatnonzero(line[:, 20, 0] < 128).tolist() == list(range(16, 24))
    assert (line[[0, -1]] > 150).all()


def test_a_flat_character_of_light_ink() -> None:
    line, _ = restack(column(100, (46, 54), paper=15))
    assert (line[[0, -1]] < 40).all()
    assert (line[18:22, 10:30] > 200).all()


def test_a_character_higher_than_the_column_is_shrunk() -> None:
    """A merged clump keeps its shape: it is scaled to the line's height."""
    line, _ = restack(column(100, (5, 95)))
    assert line.shape[0] == 40
    assert line.shape[1] == pytest.approx(40 * 40 / 90, abs=1)


@pytest.mark.parametrize("shape", [(1, 1), (200, 1), (3, 3), (500, 2), (10, 400)])
def test_columns_of_any_shape(shape: tuple[int, int]) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (*shape, 3)).astype(np.uint8)
    line, _ = restack(noise)
    assert min(line.shape) >= 1
    assert line.dtype == np.uint8


def test_cells_say_where_the_characters_were() -> None:
    _, cells = restack(column(200, (10, 42), (60, 92), (110, 142)))
    assert [(cell.top, cell.bottom) for cell in cells] == [(0.05, 0.21), (0.3, 0.46), (0.55, 0.71)]
    assert [round(cell.start * 3, 6) for cell in cells] == [0, 1, 2]
    assert cells[-1].end == 1.0


CELLS = (Cell(0.0, 0.5, 0.1, 0.3), Cell(0.5, 1.0, 0.6, 0.8))


def test_places_go_back_into_the_column() -> None:
    reading = Reading("上下", (0.9, 0.9), (0.25, 0.75), spans=((0.05, 0.45), (0.55, 1.0)))
    back = unstack(reading, CELLS)
    assert back.positions == pytest.approx((0.2, 0.7))
    assert back.spans == ((0.1, 0.3), (0.6, 0.8))
    assert back.text == reading.text


def test_two_characters_of_one_cell_share_it() -> None:
    """A clump that could not be cut."""
    reading = Reading("上下", (0.9, 0.9), (0.1, 0.4), spans=((0.0, 0.2), (0.25, 0.45)))
    first, second = unstack(reading, CELLS).spans
    assert first == pytest.approx((0.1, 0.18))
    assert second == pytest.approx((0.2, 0.28))


def test_a_line_that_was_no_column_stays() -> None:
    reading = Reading("ab", (0.9, 0.9), (0.2, 0.7))
    assert unstack(reading, ()) is reading
