"""Sides past what OpenCV transforms: read in bounded time, never an error."""

import cv2
import numpy as np
import pytest

from wenyun.deadline import Deadline
from wenyun.engine.geometry import Image, crop
from wenyun.options import Options
from wenyun.settings import Settings
from wenyun.wiring import make_reader

LONG = 40_000


def striped(height: int, width: int) -> Image:
    """A white picture with a tilted black stroke from corner to corner."""
    page = np.full((height, width, 3), 255, np.uint8)
    cv2.line(page, (0, 2), (width - 1, height - 3), (0, 0, 0), 2)
    return page


def test_a_tilted_line_longer_than_opencv_takes_is_cut_smaller() -> None:
    page = striped(60, LONG)
    quad = np.array([[0, 0], [LONG, 20], [LONG, 60], [0, 40]], np.float32)
    cut = crop(page, quad)
    assert 30_000 < cut.shape[1] < 32_767
    assert np.min(cut) == 0


@pytest.mark.parametrize(("height", "width"), [(40, LONG), (LONG, 40), (3, LONG), (LONG, 3)])
def test_extreme_pictures_are_read(height: int, width: int) -> None:
    data = cv2.imencode(".png", striped(height, width))[1].tobytes()
    page = make_reader(Settings.from_env()).read(data, Options(), Deadline.after(60)).pages[0]
    assert (page.width, page.height) == (width, height)
