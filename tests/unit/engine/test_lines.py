"""Lines on their way: which are tall, how they are turned and cut."""

import numpy as np
import pytest

from wenyun.engine.ctc import Reading
from wenyun.engine.lines import TALL, Line


def line(width: float, height: float) -> Line:
    quad = [[10, 10], [10 + width, 10], [10 + width, 10 + height], [10, 10 + height]]
    return Line(np.array(quad, np.float32))


@pytest.mark.parametrize(
    ("width", "height", "tall"),
    [(100, 20, False), (20, 20, False), (20, 20 * TALL, False), (20, 20 * TALL + 1, True)],
)
def test_tall(width: float, height: float, tall: bool) -> None:
    assert line(width, height).tall is tall


def test_a_tall_line_that_is_turned_is_no_longer_tall() -> None:
    assert not line(20, 200).turned(90).tall
    assert not line(20, 200).turned(270).tall
    assert line(20, 200).turned(180).tall


def test_four_quarter_turns_are_none() -> None:
    one = line(100, 20)
    four = one.turned(90).turned(90).turned(90).turned(90)
    assert np.array_equal(four.quad, one.quad)
    assert np.array_equal(one.turned(90).turned(180).quad, one.turned(270).quad)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_turned_line_is_cut_upright(degrees: int) -> None:
    """What has to be turned clockwise by so much is cut turned by so much."""
    page = np.random.default_rng(0).integers(0, 255, (80, 120, 3)).astype(np.uint8)
    one = line(90, 40).turned(degrees)
    cut = one.crop(page).cut()
    expected = np.rot90(page[10:50, 10:100], -degrees // 90)
    assert cut.shape == expected.shape
    assert np.abs(cut[3:-3, 3:-3].astype(int) - expected[3:-3, 3:-3].astype(int)).mean() < 1


def test_the_ratio_of_a_crop_is_that_of_its_box() -> None:
    page = np.zeros((300, 300, 3), np.uint8)
    assert line(100, 20).crop(page).ratio == 5.0
    assert line(20, 100).turned(90).crop(page).ratio == 5.0


def test_a_column_is_cut_as_a_line() -> None:
    """Three square characters, one below the other, come out side by side."""
    page = np.full((300, 200, 3), 255, np.uint8)
    for top in (20, 70, 120):
        page[top : top + 36, 22:58] = 0
    quad = np.array([[20, 10], [60, 10], [60, 170], [20, 170]], np.float32)
    crop = Line(quad).as_column().crop(page)
    cut = crop.cut()
    assert cut.shape[0] == 40
    assert cut.shape[1] == pytest.approx(120, abs=3)
    assert crop.ratio == pytest.approx(3.0, abs=0.1)


def test_a_turn_ends_a_column() -> None:
    assert line(20, 200).as_column().column
    assert not line(20, 200).as_column().turned(90).column


def test_before_anything_is_read() -> None:
    one = line(100, 20)
    assert one.reading is None
    assert (one.confidence, one.weakest) == (0.0, 0.0)


def test_after_reading() -> None:
    one = line(100, 20).read_as(Reading("ab", (0.5, 1.0), (0.2, 0.8)), "second")
    assert (one.confidence, one.weakest, one.model) == (0.75, 0.5, "second")


@pytest.mark.parametrize(
    ("width", "height", "wide"),
    [(20, 100, False), (20, 20, False), (20 * TALL, 20, False), (20 * TALL + 1, 20, True)],
)
def test_wide(width: float, height: float, wide: bool) -> None:
    assert line(width, height).wide is wide


def test_a_lying_column_is_cut_laid_on_its_left_side() -> None:
    """As it is: its first character stands on the left, its head to the left too."""
    page = np.random.default_rng(0).integers(0, 255, (120, 80, 3)).astype(np.uint8)
    one = line(40, 90).as_column(lying=True)
    cut = one.crop(page).cut()
    expected = np.rot90(page[10:100, 10:50])
    assert cut.shape == expected.shape == (40, 90, 3)
    assert np.abs(cut[3:-3, 3:-3].astype(int) - expected[3:-3, 3:-3].astype(int)).mean() < 1
    assert one.crop(page).ratio == 90 / 40


def test_a_turn_ends_lying() -> None:
    assert not line(20, 200).as_column(lying=True).turned(90).lying
