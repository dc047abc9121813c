"""Rulings in pictures."""

import cv2
import numpy as np
import pytest

from wenyun.engine.geometry import Image
from wenyun.engine.layout.tables.level import Floats, fit_level
from wenyun.engine.layout.tables.rulings import NONE, Rulings, find_rulings

EM = 24.0
NO_TEXT = np.zeros((0, 4, 2))


def paper(shade: int = 245) -> Image:
    return np.full((400, 600, 3), shade, np.uint8)


def found_in(picture: Image, boxes: Floats = NO_TEXT, em: float = EM) -> Rulings:
    height, width = picture.shape[:2]
    return find_rulings(picture, (width, height), boxes, em)


def frame(picture: Image, colour: tuple[int, int, int], thick: int = 1) -> Image:
    cv2.rectangle(picture, (50, 60), (550, 340), colour, thick)
    return picture


@pytest.mark.parametrize("colour", [(0, 0, 0), (30, 30, 200), (220, 170, 60), (190, 190, 190)])
@pytest.mark.parametrize("thick", [1, 3])
def test_rules_of_any_colour_are_seen(colour: tuple[int, int, int], thick: int) -> None:
    rulings = found_in(frame(paper(), colour, thick))
    assert sorted(np.round(rulings.level[:, 1] / 10).tolist()) == [6, 34]
    assert sorted(np.round(rulings.upright[:, 0] / 10).tolist()) == [5, 55]
    assert (rulings.level[:, 2] - rulings.level[:, 0] > 480).all()


def test_light_rules_on_a_dark_ground_are_seen() -> None:
    rulings = found_in(frame(paper(60), (255, 255, 255), 2))
    assert len(rulings.level) == len(rulings.upright) == 2


def test_a_dotted_rule_is_one_ruling() -> None:
    picture = paper()
    picture[200:202, 60:540] = 20
    for x in range(60, 540, 6):
        picture[200:202, x : x + 3] = 245
    (ruling,) = found_in(picture).level
    assert ruling[2] - ruling[0] > 450


def test_a_broken_rule_is_one_ruling() -> None:
    picture = paper()
    picture[200, 60:300] = picture[200, 320:540] = 20
    assert len(found_in(picture).level) == 1


@pytest.mark.parametrize("degrees", [-3, -1, 2, 3])
def test_a_page_a_few_degrees_askew_keeps_its_rules(degrees: float) -> None:
    matrix = cv2.getRotationMatrix2D((300, 200), degrees, 0.8)
    picture = np.asarray(
        cv2.warpAffine(frame(paper(), (0, 0, 0), 2), matrix, (600, 400), borderValue=(245,) * 3),
        np.uint8,
    )
    rulings = found_in(picture)
    assert len(rulings.level) == len(rulings.upright) == 2
    level = fit_level(rulings.level, rulings.upright, NO_TEXT, (600, 400))
    for ends in rulings.level:
        start, end = level.flat(ends.reshape(2, 2))
        assert start[1] == pytest.approx(end[1], abs=2.5)


def test_strokes_within_lines_of_text_are_no_rules() -> None:
    picture = paper()
    picture[200:202, 100:180] = 0
    box = np.array([[[90, 188], [190, 188], [190, 214], [90, 214]]], np.float64)
    assert len(found_in(picture).level) == 1
    assert len(found_in(picture, box).level) == 0


def test_noise_and_blank_pages_have_no_rules() -> None:
    noise = np.random.default_rng(1).normal(200, 9, (400, 600, 3))
    for picture in (paper(), np.asarray(np.clip(noise, 0, 255), np.uint8)):
        rulings = found_in(picture)
        assert len(rulings.level) == len(rulings.upright) == 0


def test_a_large_page_is_looked_at_small() -> None:
    picture = np.full((3000, 4000, 3), 245, np.uint8)
    cv2.rectangle(picture, (400, 400), (3600, 2600), (20, 20, 20), 6)
    rulings = found_in(picture, em=70.0)
    assert len(rulings.level) == len(rulings.upright) == 2
    assert rulings.level[:, 2] == pytest.approx([3600, 3600], abs=30)


def test_a_tiny_picture_is_no_error() -> None:
    assert len(found_in(np.zeros((1, 1, 3), np.uint8)).level) == 0


def test_level_coordinates_go_there_and_back() -> None:
    lines = np.array([[0, 10, 600, 22], [0, 200, 600, 206], [0, 390, 600, 390]], np.float64)
    level = fit_level(lines, NONE, NO_TEXT, (600, 400))
    points = np.random.default_rng(2).uniform(0, 400, (50, 2))
    assert level.back(level.flat(points)) == pytest.approx(points, abs=0.05)
    assert level.flat(lines[0].reshape(2, 2))[:, 1] == pytest.approx([16, 16], abs=1.0)


def test_without_rules_lines_of_text_say_how_a_page_leans() -> None:
    x, y = np.meshgrid([100.0, 300.0], [50.0, 100.0, 150.0])
    left = np.stack([x.ravel(), y.ravel() + 0.02 * x.ravel()], axis=1)
    right = left + np.array([150, 3])
    down = np.array([0, 20])
    boxes = np.stack([left, right, right + down, left + down], axis=1)
    level = fit_level(NONE, NONE, boxes, (600, 400))
    assert level.rise == pytest.approx(0.02, abs=1e-3)
    assert level.lean == pytest.approx(-0.02, abs=1e-3)
