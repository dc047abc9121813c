"""Reading order of lines on an upright page, and the blocks that they form."""

import numpy as np
import pytest

from wenyun.engine.layout import gutters, order
from wenyun.engine.layout.order import reading_order, regions
from wenyun.engine.layout.rects import Rects, bounds

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


def test_no_lines() -> None:
    assert reading_order(np.zeros((0, 4), np.float32)) == []


def test_two_tiers_of_vertical_columns() -> None:
    """Each tier is read from right to left, the upper one first."""
    upper = [(500 - 40 * n, 20, 525 - 40 * n, 400) for n in range(8)]
    lower = [(x0, 450, x1, 830) for x0, _, x1, _ in upper]
    assert shuffled(*upper, *lower, vertical=True) == in_order(16)


def test_a_narrow_column_of_small_type_beside_a_wide_one() -> None:
    wide = column(0, range(10), width=400)
    small = [(440, 25 * n + 7, 600, 25 * n + 21) for n in range(9)]
    assert shuffled(*wide, *small) == in_order(19)


def test_labels_out_of_step_beside_prose_are_a_column() -> None:
    """A sidebar of contacts: too short to be prose, but level with nothing."""
    contacts = [(440, 41.0 * n + 3, 500 + 9 * (n % 3), 41.0 * n + 19) for n in range(6)]
    assert shuffled(*column(0, range(9), width=400), *contacts) == in_order(15)


def test_the_short_last_line_of_a_paragraph_above_columns() -> None:
    """It fits into the left column, but belongs to what spans both."""
    head = [row(20, 420, 0), row(20, 420, 1), row(20, 120, 2)]
    lines = [*head, *column(0, range(4, 11)), *column(240, range(4, 11))]
    assert shuffled(*lines) == in_order(17)


def test_articles_below_one_another_are_read_one_after_the_other() -> None:
    """Two pairs of columns, the lower ones each under a headline of its own."""
    upper = [*column(0, range(6)), *column(240, range(6))]
    heads = [(0, 220, 150, 260), (240, 220, 390, 260)]
    lower = [*column(0, range(9, 15)), *column(240, range(9, 15))]
    lines = [*upper, heads[0], *lower[:6], heads[1], *lower[6:]]
    assert shuffled(*lines) == in_order(26)


def test_a_masthead_in_the_middle_comes_first() -> None:
    """It crosses neither of the gutters beside it."""
    columns = [*column(0, range(3, 11)), *column(240, range(3, 11)), *column(480, range(3, 11))]
    assert shuffled((260, 0, 420, 50), *columns) == in_order(25)


def test_noise_across_a_gutter_does_not_cut_the_columns() -> None:
    columns = [*column(0, range(9)), *column(240, range(9))]
    stray = (190, 4 * PITCH + 2, 250, 4 * PITCH + 16)
    found = reading_order(rects(*columns, stray))
    assert [i for i in found if i < 18] == in_order(18)


def test_a_picture_in_a_column_stays_in_it() -> None:
    left, right = column(0, range(4)), column(240, range(12))
    picture = (0, 4 * PITCH, 200, 7 * PITCH)
    lower = column(0, range(8, 12))
    boxes = rects(*left, picture, *lower, *right)
    solid = np.zeros(len(boxes), np.bool_)
    solid[4] = True
    assert [sorted(region) for region in regions(boxes, solid)] == [
        list(range(9)),
        list(range(9, 21)),
    ]


def test_the_work_on_a_page_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gutters are looked for a number of times that does not grow with the lines."""
    calls = [0]
    inner = gutters.find_gutter

    def counted(part: gutters.Part) -> gutters.Gutter | None:
        calls[0] += 1
        return inner(part)

    monkeypatch.setattr(order, "find_gutter", counted)
    counts = []
    for many in (50, 1_250):
        calls[0] = 0
        boxes = rects(
            *[(x, 30 * n, x + 200, 30 * n + 20) for n in range(many) for x in (0, 240, 480, 720)]
        )
        assert reading_order(boxes) == [4 * n + c for c in range(4) for n in range(many)]
        counts.append(calls[0])
    assert counts[0] == counts[1] == 7


def test_regions_within_regions_end() -> None:
    """Steps that invite one cut after another: no deeper than the limit."""
    boxes = [row(40 * n, 40 * n + 200, 5 * n + k) for n in range(60) for k in range(4)]
    assert sorted(reading_order(rects(*boxes))) == in_order(240)


def test_one_row_of_thousands() -> None:
    boxes = rects(*[(12 * n, 0, 12 * n + 10, 20) for n in range(5_000)])
    assert reading_order(boxes) == in_order(5_000)
