"""Marks: what is long, thin and level in a grey picture."""

import cv2
import numpy as np
import pytest

from wenyun.engine.layout.runs import Mask
from wenyun.engine.layout.tables.level import Floats
from wenyun.engine.layout.tables.marks import find_marks

EM = 20.0


def paper(shade: int = 240) -> Mask:
    return np.full((300, 400), shade, np.uint8)


def found_in(grey: Mask, strokes: Mask | None = None) -> Floats:
    ground = np.asarray(cv2.medianBlur(grey, 31), np.uint8)
    return find_marks(grey, ground, EM, strokes, 1.2)


@pytest.mark.parametrize(("ground", "mark"), [(240, 20), (240, 215), (40, 220)])
def test_marks_darker_and_lighter_than_the_paper_are_found_where_they_are(
    ground: int, mark: int
) -> None:
    grey = paper(ground)
    grey[150:152, 60:340] = mark
    (found,) = found_in(grey)
    assert found == pytest.approx([60, 151, 340, 151], abs=8)


@pytest.mark.parametrize("rise", [-12, 0, 7, 20])
def test_a_mark_may_lean(rise: int) -> None:
    grey = paper()
    cv2.line(grey, (50, 150), (350, 150 + rise), 0, 2)
    found = found_in(grey)
    slopes = (found[:, 3] - found[:, 1]) / (found[:, 2] - found[:, 0])
    assert np.max(found[:, 2]) - np.min(found[:, 0]) > 250
    assert slopes == pytest.approx(rise / 300, abs=0.02)


def test_longer_marks_come_first() -> None:
    grey = paper()
    grey[80:82, 60:160] = grey[150:152, 60:340] = grey[220:222, 60:240] = 0
    assert np.round(found_in(grey)[:, 1] / 10).tolist() == [15, 22, 8]


def test_short_thick_and_bent_things_are_no_marks() -> None:
    grey = paper()
    grey[60:62, 60:70] = 0
    grey[100:130, 60:340] = 0
    cv2.polylines(grey, [np.array([[100, 212], [200, 200], [300, 212]])], False, 0, 2)
    assert len(found_in(grey)) == 0


def test_strokes_are_left_out() -> None:
    grey, strokes = paper(), np.zeros((300, 400), np.uint8)
    grey[150:152, 60:340] = grey[200:202, 60:340] = 0
    strokes[140:160] = 255
    assert np.round(found_in(grey, strokes)[:, 1] / 10).tolist() == [20]


def test_coarse_noise_is_no_mark_and_no_error() -> None:
    noise = np.asarray(np.random.default_rng(3).integers(0, 2, (300, 400)) * 255, np.uint8)
    assert len(found_in(noise)) == 0
