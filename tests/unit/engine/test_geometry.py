"""Boxes: corners in order, sides, and the result tree's form."""

import itertools

import numpy as np
import pytest

from wenyun.engine.geometry import Quad, around, order_corners, sides, to_box, upright_rectangle

LEVEL = np.array([[10, 20], [110, 20], [110, 50], [10, 50]], np.float32)
TILTED = np.array([[10, 30], [100, 12], [106, 42], [16, 60]], np.float32)


@pytest.mark.parametrize("quad", [LEVEL, TILTED], ids=["level", "tilted"])
def test_corners_in_any_order_come_clockwise_from_the_top_left(quad: Quad) -> None:
    for order in itertools.permutations(range(4)):
        assert np.array_equal(order_corners(quad[list(order)]), quad)


def test_corners_of_a_tall_box() -> None:
    tall = np.array([[5, 5], [25, 5], [25, 300], [5, 300]], np.float32)
    assert np.array_equal(order_corners(tall[::-1]), tall)


def test_sides_of_a_rectangle() -> None:
    assert sides(LEVEL) == (100.0, 30.0)


def test_sides_of_a_tilted_box() -> None:
    assert sides(TILTED) == pytest.approx((np.hypot(90, 18), np.hypot(6, 30)))


def test_of_two_opposite_sides_the_longer_counts() -> None:
    keystone = np.array([[10, 0], [90, 0], [100, 40], [0, 40]], np.float32)
    assert sides(keystone) == pytest.approx((100.0, np.hypot(10, 40)))


def test_turning_the_corners_swaps_the_sides() -> None:
    assert sides(np.roll(LEVEL, 1, axis=0)) == (30.0, 100.0)


def test_level_within_half_a_pixel() -> None:
    nudged = LEVEL + np.array([[0, 0.4], [0, 0], [0.3, 0], [0, 0]], np.float32)
    assert upright_rectangle(nudged) == (10, 20, 110, 50)


def test_not_level() -> None:
    assert upright_rectangle(TILTED) is None
    assert upright_rectangle(LEVEL + np.array([[0, 0.8], [0, 0], [0, 0], [0, 0]])) is None


@pytest.mark.parametrize("by", [1, 2, 3])
def test_a_level_box_that_is_read_another_way_is_not_upright(by: int) -> None:
    """Its corners begin elsewhere: slicing it would lose the turn."""
    assert upright_rectangle(np.roll(LEVEL, by, axis=0)) is None


def test_a_box_keeps_its_corners() -> None:
    assert to_box(TILTED, 200, 100) == ((10, 30), (100, 12), (106, 42), (16, 60))
    assert all(isinstance(value, float) for point in to_box(LEVEL, 200, 100) for value in point)


def test_a_box_stays_on_the_page() -> None:
    beyond = np.array([[-5, -1], [250, -2], [251, 40], [-3, 120]], np.float32)
    assert to_box(beyond, 200, 100) == ((0, 0), (200, 0), (200, 40), (0, 100))


def test_around_boxes() -> None:
    boxes = [to_box(LEVEL, 500, 500), to_box(TILTED + 30, 500, 500)]
    assert around(boxes) == ((10, 20), (136, 20), (136, 90), (10, 90))


def test_around_one_box() -> None:
    assert around([to_box(TILTED, 200, 100)]) == ((10, 12), (106, 12), (106, 60), (10, 60))
