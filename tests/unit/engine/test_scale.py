"""How large the detector sees a page."""

import math

import numpy as np
import pytest

from wenyun.engine.geometry import Quad
from wenyun.engine.scale import (
    BLOAT,
    CLOSER,
    MAX_UPSCALE,
    PROBE_SIDE,
    SMALL,
    WORTHWHILE,
    ScaleSettings,
    pages_in,
    probe_scale,
    second_scale,
    third_scale,
)

SIZE = (2000, 1500)
FIRST = PROBE_SIDE / 2000
WANTED = ScaleSettings(text_height=26.0, max_pixels=1_600_000)
LARGEST = math.sqrt(WANTED.max_pixels / (2000 * 1500))


def lines(*heights: float) -> list[Quad]:
    """Level lines so many pixels high, as the first look found them."""
    return [np.array([[0, 0], [400, 0], [400, h], [0, h]], np.float32) for h in heights]


def seen(height: float) -> float:
    """The height in the picture of a line that the first look shows so high."""
    return (height + BLOAT) / FIRST


@pytest.mark.parametrize("size", [(4000, 3000), (640, 480), (300, 900), (1100, 3200)])
def test_the_first_look_has_one_longest_side(size: tuple[int, int]) -> None:
    assert max(size) * probe_scale(*size) == pytest.approx(PROBE_SIDE)


def test_a_tiny_picture_is_not_blown_up_without_end() -> None:
    assert probe_scale(20, 10) == MAX_UPSCALE


def test_large_text_needs_no_second_look() -> None:
    assert second_scale(lines(seen(30), seen(60)), FIRST, SIZE, WANTED) is None


def test_small_text_is_looked_at_larger() -> None:
    """Lines that the first look shows 18 pixels high come out at the height that is wanted."""
    scale = second_scale(lines(seen(18)), FIRST, SIZE, WANTED)
    assert scale == pytest.approx(FIRST * WANTED.text_height / 18)


@pytest.mark.parametrize("height", [1, 3, 8])
def test_the_second_look_is_bounded_by_area(height: float) -> None:
    assert second_scale(lines(seen(height)), FIRST, SIZE, WANTED) == pytest.approx(LARGEST)


def test_what_most_lines_say_counts() -> None:
    crowd = lines(*[seen(18)] * 5, seen(300), seen(2))
    assert second_scale(crowd, FIRST, SIZE, WANTED) == pytest.approx(FIRST * 26 / 18)


def test_a_little_larger_is_not_worth_it() -> None:
    """Just above and just below the ratio from which a second look pays."""
    height = WANTED.text_height / WORTHWHILE
    assert second_scale(lines(seen(height * 1.02)), FIRST, SIZE, WANTED) is None
    assert second_scale(lines(seen(height * 0.98)), FIRST, SIZE, WANTED) is not None


def test_vertical_lines_count_by_their_width() -> None:
    tall = [np.array([[0, 0], [w, 0], [w, 900], [0, 900]], np.float32) for w in [seen(18)] * 3]
    assert second_scale(tall, FIRST, SIZE, WANTED) == pytest.approx(FIRST * 26 / 18)


def test_nothing_found_is_looked_for_as_large_as_may_be() -> None:
    assert second_scale([], FIRST, SIZE, WANTED) == pytest.approx(LARGEST)


def test_nothing_found_in_a_small_picture_stays_so() -> None:
    assert second_scale([], MAX_UPSCALE, (100, 80), WANTED) is None


def test_a_small_picture_is_enlarged_at_most_so_much() -> None:
    scale = second_scale(lines(8), 1.0, (640, 400), ScaleSettings(text_height=100))
    assert scale == MAX_UPSCALE


@pytest.mark.parametrize("pixels", [500_000, 1_600_000, 4_000_000])
@pytest.mark.parametrize("size", [(2000, 1500), (6000, 4000), (3000, 9000)])
def test_the_detector_sees_no_more_of_a_page_than_it_may(
    pixels: int, size: tuple[int, int]
) -> None:
    first = probe_scale(*size)
    scale = second_scale(lines(6 / first), first, size, ScaleSettings(max_pixels=pixels))
    assert scale is None or size[0] * size[1] * scale**2 <= pixels * 1.001


@pytest.mark.parametrize(
    ("size", "pages"),
    [((600, 15_000), 8.33), ((15_000, 600), 8.33), ((2000, 3000), 1.0), ((100, 300), 1.0)],
)
def test_a_long_picture_holds_several_pages(size: tuple[int, int], pages: float) -> None:
    assert pages_in(*size) == pytest.approx(pages, abs=0.01)


@pytest.mark.parametrize("size", [(600, 15_000), (15_000, 600)])
def test_a_long_picture_is_looked_at_as_its_pages_would_be(size: tuple[int, int]) -> None:
    assert probe_scale(*size) == pytest.approx(probe_scale(600, 1800))
    page, pictures = (
        second_scale(lines(9 / PROBE_SIDE * 1800), probe_scale(*one), one, WANTED)
        for one in ((600, 1800), size)
    )
    assert page == pictures


def test_tiny_text_of_a_large_page_is_looked_at_once_more() -> None:
    tiny = lines((SMALL - 1) / LARGEST)
    assert third_scale(tiny, LARGEST, SIZE, WANTED) == pytest.approx(CLOSER * LARGEST)


@pytest.mark.parametrize("height", [SMALL + 0.1, 40])
def test_text_that_is_seen_well_needs_no_third_look(height: float) -> None:
    assert third_scale(lines(height / LARGEST), LARGEST, SIZE, WANTED) is None


def test_a_scale_that_the_size_did_not_bound_needs_none_either() -> None:
    assert third_scale(lines(4 / LARGEST), 0.9 * LARGEST, SIZE, WANTED) is None


def test_nothing_found_twice_is_not_looked_for_again() -> None:
    assert third_scale([], LARGEST, SIZE, WANTED) is None


def test_the_third_look_enlarges_no_more_than_the_others() -> None:
    assert third_scale(lines(2), MAX_UPSCALE, (300, 300), WANTED) is None
