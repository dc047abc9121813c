"""What is cut out along a box."""

import cv2
import numpy as np
import pytest

from wenyun.engine.geometry import Image, Quad, crop, sides

WIDTH, HEIGHT = 120, 80


@pytest.fixture
def picture() -> Image:
    """Every pixel says where it is: blue is x, green is y."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    return np.stack([x, y, np.zeros_like(x)], axis=2).astype(np.uint8)


def box(x0: float, y0: float, x1: float, y1: float) -> Quad:
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float32)


def test_a_level_box_is_cut_to_the_pixel(picture: Image) -> None:
    assert np.array_equal(crop(picture, box(10, 20, 60, 45)), picture[20:45, 10:60])


def test_a_level_box_is_no_copy(picture: Image) -> None:
    assert np.shares_memory(crop(picture, box(10, 20, 60, 45)), picture)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_box_is_cut_upright(turns: int, picture: Image) -> None:
    """The box begins so many corners back: what is cut runs from its first side."""
    quad = np.roll(box(10, 20, 60, 45), turns, axis=0)
    expected = np.rot90(picture[20:45, 10:60], -turns).astype(int)
    found = crop(picture, quad).astype(int)
    assert found.shape == expected.shape
    assert np.abs(found - expected)[2:-2, 2:-2].max() <= 1


def test_a_tilted_line_is_straightened() -> None:
    """A bar of ink turned by 12 degrees fills what is cut along it."""
    page = np.full((200, 300, 3), 255, np.uint8)
    corners = cv2.boxPoints(((150, 100), (180, 30), 12.0)).astype(np.float32)
    cv2.fillConvexPoly(page, corners.round().astype(np.int32), (0, 0, 0))
    quad = np.roll(corners, -int(np.argmin(corners.sum(axis=1))), axis=0)
    cut = crop(page, quad)
    assert cut.shape[:2] == tuple(round(side) for side in reversed(sides(quad)))
    assert int(np.max(cut[3:-3, 3:-3])) < 40


def test_perspective_is_undone() -> None:
    """A chessboard seen from the side comes out with straight columns."""
    board = np.kron((np.indices((4, 12)).sum(axis=0) % 2) * 255, np.ones((10, 10)))
    flat = np.repeat(board.astype(np.uint8)[..., None], 3, axis=2)
    source = np.array([[0, 0], [120, 0], [120, 40], [0, 40]], np.float32)
    seen = np.array([[20, 30], [190, 10], [180, 70], [30, 60]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, seen)
    page = np.asarray(cv2.warpPerspective(flat, matrix, (220, 100)), np.uint8)
    cut = cv2.resize(crop(page, seen), (120, 40), interpolation=cv2.INTER_AREA)
    middles = cut[5::10, 5::10, 0].astype(int)
    assert np.abs(middles - flat[5::10, 5::10, 0]).max() < 90


@pytest.mark.parametrize(
    "quad",
    [
        box(-30, -20, 40, 30),
        box(90, 60, 200, 200),
        box(-10, -10, 500, 500),
        box(119.7, 79.8, 120, 80),
        box(120, 80, 120, 80),
        box(0, 0, 0, 0),
        box(200, 200, 300, 220),
        box(-50, -50, -10, -10),
        np.array([[-20, 10], [140, -30], [150, 60], [-10, 100]], np.float32),
        np.array([[5, 5], [5.2, 5.1], [5.1, 5.4], [5, 5.3]], np.float32),
    ],
)
def test_boxes_that_leave_the_picture_or_hold_nothing(quad: Quad, picture: Image) -> None:
    cut = crop(picture, quad)
    assert cut.ndim == 3
    assert min(cut.shape) >= 1
    assert cut.dtype == np.uint8


def test_what_lies_outside_is_the_edge_repeated() -> None:
    page = np.full((50, 50, 3), 200, np.uint8)
    quad = np.array([[-20, 5], [40, -15], [45, 20], [-15, 40]], np.float32)
    assert int(np.min(crop(page, quad))) >= 199
