"""Reading order of lines on an upright page, and the blocks that they form."""

import numpy as np
import pytest

from wenyun.engine.layout.order import Rects, blocks, bounds, reading_order

HEIGHT, PITCH = 20, 30


def rects(*boxes: tuple[float, float, float, float]) -> Rects:
    return np.array(boxes, np.float32)


def row(x0: float, x1: float, number: float) -> tuple[float, float, float, float]:
    """A line in the so manieth row."""
    return (x0, number * PITCH, x1, number * PITCH + HEIGHT)


def shuffled(*boxes: tuple[float, float, float, float], vertical: bool = False) -> list[int]:
    """The order of the boxes as numbers of the arguments, whatever order they came in."""
    orders = []
    for seed in range(5):
        mix = np.random.default_rng(seed).permutation(len(boxes))
        found = reading_order(rects(*(boxes[i] for i in mix)), vertical=vertical)
        orders.append([int(mix[i]) for i in found])
    assert all(order == orders[0] for order in orders), orders
    return orders[0]


def in_order(count: int) -> list[int]:
    return list(range(count))


def test_one_line() -> None:
    assert shuffled(row(0, 100, 0)) == [0]


def test_rows_from_top_to_bottom() -> None:
    assert shuffled(row(0, 100, 0), row(10, 90, 1), row(0, 300, 2), row(50, 60, 3)) == in_order(4)


def test_a_row_from_left_to_right() -> None:
    assert shuffled(row(0, 80, 0), row(100, 180, 0.1), row(200, 300, -0.1)) == in_order(3)


def test_lines_of_one_row_may_differ_in_height() -> None:
    """A price in large figures beside its small label."""
    assert shuffled((0, 10, 80, 30), (100, 0, 200, 40), (0, 50, 80, 70)) == in_order(3)


def test_a_row_that_leans_stays_a_row() -> None:
    """Each overlaps its neighbour, the last no longer the first."""
    leaning = [(x, x * 0.06, x + 80, x * 0.06 + HEIGHT) for x in (0, 100, 200, 300, 400)]
    assert shuffled(*leaning) == in_order(5)


def test_lines_that_barely_touch_are_two_rows() -> None:
    assert shuffled((100, 0, 200, 20), (0, 15, 80, 35)) == in_order(2)


def test_a_receipt_is_read_row_by_row() -> None:
    """Labels and amounts stand in columns too, but do not fill them."""
    lines = []
    for number, label in enumerate((60, 140, 45, 110, 80, 30, 150, 66)):
        lines += [row(0, label, number), row(320, 360 + number % 3 * 15, number)]
    assert shuffled(*lines) == in_order(16)


def test_a_table_of_four_columns_is_read_row_by_row() -> None:
    lines = [
        row(x, x + 40 + 7 * ((number + x) % 3), number)
        for number in range(6)
        for x in (0, 150, 300, 450)
    ]
    assert shuffled(*lines) == in_order(24)


def test_a_table_of_uniform_cells_is_read_row_by_row() -> None:
    """Dates and numbers all of one width fill their columns, but are no prose."""
    lines = [row(x, x + 100, number) for number in range(9) for x in (0, 160, 320)]
    assert shuffled(*lines) == in_order(27)


def column(x: float, numbers: range, width: float = 200) -> list[tuple[float, float, float, float]]:
    """Lines of prose; the last is short."""
    ends = [x + width] * (len(numbers) - 1) + [x + width / 3]
    return [row(x, end, number) for number, end in zip(numbers, ends, strict=True)]


def test_two_columns_of_prose_one_after_the_other() -> None:
    assert shuffled(*column(0, range(8)), *column(240, range(8))) == in_order(16)


def test_columns_of_unequal_length() -> None:
    assert shuffled(*column(0, range(10)), *column(240, range(5))) == in_order(15)


def test_three_columns_of_prose() -> None:
    lines = [*column(0, range(8)), *column(240, range(8)), *column(480, range(8))]
    assert shuffled(*lines) == in_order(24)


def test_a_heading_and_a_footer_across_two_columns() -> None:
    lines = [
        row(40, 400, 0),
        *column(0, range(2, 9)),
        *column(240, range(2, 9)),
        row(0, 440, 11),
    ]
    assert shuffled(*lines) == in_order(16)


def test_few_lines_side_by_side_are_no_columns() -> None:
    lines = [row(x, x + 200, number) for number in range(3) for x in (0, 240)]
    assert shuffled(*lines) == in_order(6)


def test_a_paragraph_with_its_first_line_indented_is_one_column() -> None:
    assert shuffled(row(40, 400, 0), *[row(0, 400, n) for n in range(1, 9)]) == in_order(9)


def test_vertical_columns_from_right_to_left() -> None:
    lines = [(500 - 60 * n, 20, 540 - 60 * n, 400) for n in range(6)]
    assert shuffled(*lines, vertical=True) == in_order(6)


def test_vertical_columns_that_are_parted_are_read_from_the_top() -> None:
    lines = [(500, 20, 540, 180), (500, 220, 540, 400), (430, 20, 470, 190), (430, 230, 470, 400)]
    assert shuffled(*lines, vertical=True) == in_order(4)


def test_every_line_comes_once() -> None:
    """Whatever the picture: 200 boxes thrown anywhere."""
    for seed in range(20):
        rng = np.random.default_rng(seed)
        corner, size = rng.uniform(0, 800, (200, 2)), rng.uniform(1, 200, (200, 2))
        boxes = np.concatenate([corner, corner + size], axis=1).astype(np.float32)
        for vertical in (False, True):
            assert sorted(reading_order(boxes, vertical)) == in_order(200)


def test_the_frame_around_a_quad() -> None:
    quad = np.array([[10, 30], [100, 12], [106, 42], [16, 60]], np.float32)
    assert bounds([quad, quad + 5]).tolist() == [[10, 12, 106, 60], [15, 17, 111, 65]]


@pytest.mark.parametrize(
    ("gap", "groups"),
    [(1, [[0, 1]]), (20, [[0, 1]]), (23, [[0, 1]]), (25, [[0], [1]]), (200, [[0], [1]])],
)
def test_lines_close_together_form_a_block(gap: float, groups: list[list[int]]) -> None:
    """Up to 1.2 line heights of air."""
    lines = rects((0, 0, 200, 20), (0, 20 + gap, 200, 40 + gap))
    assert blocks(lines, [0, 1]) == groups


@pytest.mark.parametrize(("gap", "count"), [(10, 1), (79, 1), (81, 2)])
def test_lines_beside_each_other_form_a_block(gap: float, count: int) -> None:
    """Up to four line heights apart."""
    lines = rects((0, 0, 200, 20), (200 + gap, 0, 400 + gap, 20))
    assert len(blocks(lines, [0, 1])) == count


def test_a_new_column_is_a_new_block() -> None:
    lines = rects(*column(0, range(5)), *column(230, range(5)))
    order = reading_order(lines)
    assert blocks(lines, order) == [list(range(5)), list(range(5, 10))]


def test_blocks_keep_the_order() -> None:
    lines = rects(*column(0, range(3)), *column(0, range(7, 10)), *column(0, range(20, 22)))
    found = blocks(lines, reading_order(lines))
    assert found == [[0, 1, 2], [3, 4, 5], [6, 7]]


def test_no_lines_no_blocks() -> None:
    assert blocks(rects((0, 0, 1, 1)), []) == []
