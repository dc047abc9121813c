"""Pictures made small: about the mean of what each pixel covers."""

import cv2
import numpy as np
import pytest

from wenyun.engine.geometry import Image
from wenyun.engine.layout.small import smaller, together, wholes


def page(height: int = 480, width: int = 640) -> Image:
    """Paper with lines of text and thin rules."""
    picture = np.full((height, width, 3), 240, np.uint8)
    for y in range(40, height, 40):
        cv2.putText(
            picture, "Weights of lines", (20, y), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (20, 30, 90)
        )
        cv2.line(picture, (0, y + 9), (width, y + 9), (0, 0, 0), 1)
    return picture


@pytest.mark.parametrize("shrink", [0.95, 0.8, 0.74, 0.6, 0.51, 0.45, 0.33, 0.21])
def test_a_small_picture_is_nearly_the_mean_of_what_is_covered(shrink: float) -> None:
    picture = page()
    size = (round(640 * shrink), round(480 * shrink))
    wanted = cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.float64)
    off = np.sqrt(np.mean((smaller(picture, size) - wanted) ** 2))
    plain = cv2.resize(picture, size, interpolation=cv2.INTER_NEAREST)
    assert off < 0.5 * np.sqrt(np.mean((plain - wanted) ** 2))


@pytest.mark.parametrize("shrink", [0.9, 0.76, 0.74, 0.55, 0.45, 0.3])
def test_no_thin_rule_is_lost_between_pixels(shrink: float) -> None:
    for y in range(100, 110):
        picture = np.full((200, 60, 3), 250, np.uint8)
        picture[y] = 0
        small = smaller(picture, (round(60 * shrink), round(200 * shrink)))
        assert int(np.min(small)) < 250 - 0.25 * shrink * 250


def test_grey_pictures_are_made_small_too_and_small_ones_larger() -> None:
    grey = np.full((50, 70), 9, np.uint8)
    assert smaller(grey, (35, 20)).shape == (20, 35)
    assert smaller(grey, (140, 100)).shape == (100, 140)
    assert set(smaller(grey, (35, 20)).ravel().tolist()) == {9}


def test_whole_pixels_become_their_mean() -> None:
    picture = np.array([[0, 10, 99], [20, 30, 99], [99, 99, 99]], np.uint8)
    assert together(picture, 2).tolist() == [[15]]
    assert together(picture, 1) is picture


def test_the_narrower_side_says_how_many_pixels_become_one() -> None:
    picture = np.zeros((90, 400, 3), np.uint8)
    assert wholes(picture, (100, 30)) == 3
    assert wholes(picture, (800, 180)) == 0
