"""Sides past what OpenCV transforms: read in bounded time, never an error."""

from collections import Counter

import cv2
import numpy as np
import pytest

from tests.bench.text import distance, normal
from tests.enginekit.draw import text_line
from tests.enginekit.pages import bgr
from tests.enginekit.reading import exact, texts
from tests.integration.engine.conftest import Read
from tests.scenes import long
from tests.scenes.fonts import FontMissingError
from tests.scenes.page import ScenePage
from tests.scenes.words import material
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


def strip(seed: int, height: int) -> ScenePage:
    try:
        return long.strip(np.random.default_rng(seed), height)
    except FontMissingError as error:
        pytest.skip(str(error))


def doubled(found: list[str], wanted: list[str]) -> Counter[str]:
    """Lines of the truth that were read more often than they stand there."""
    there = Counter(map(normal, wanted))
    return Counter({t: n - there[t] for t, n in Counter(map(normal, found)).items() if t in there})


@pytest.mark.parametrize("seed", [1, 2])
def test_a_long_screenshot_reads_as_its_screens_do(seed: int, read: Read) -> None:
    """A chat and an article of many screens: no line is lost, cut or doubled."""
    drawn = strip(seed, 6000)
    wanted = [line.text for line in drawn.lines]
    found = texts(read(bgr(drawn), profile="fast"))
    assert exact(found, wanted) >= 0.9 * len(wanted)
    assert max(doubled(found, wanted).values()) == 0
    assert len(found) <= 1.02 * len(wanted)
    assert distance(normal("".join(found)), normal("".join(wanted))) < 0.05 * len("".join(wanted))


@pytest.mark.parametrize("shift", [0, 9, 18, 27])
def test_lines_on_the_seams_of_bands_are_read_once(shift: int, read: Read) -> None:
    """Numbers close below each other, so that seams fall on them in every way."""
    line = [text_line(f"{n:04} {n * 7919 % 10007:05}", size=30, margin=6) for n in range(120)]
    page = np.full((120 * 44 + shift + 20, 620, 3), 255, np.uint8)
    for row, one in enumerate(line):
        top = 10 + shift + 44 * row
        page[top : top + one.shape[0], 30 : 30 + one.shape[1]] = one
    found = [normal(text) for text in texts(read(page, profile="fast"))]
    assert len(found) == 120
    assert found == sorted(found)
    assert sum(text.startswith(f"{n:04}") for n, text in enumerate(found)) >= 118


def test_a_line_two_hundred_times_as_wide_as_high(read: Read) -> None:
    """Read in pieces: a character in a hundred may be wrong, none is lost or doubled at a seam."""
    text = "".join(material("prose")["paragraphs"])[:330]
    picture = text_line(text, size=24, margin=6)
    assert picture.shape[1] > 200 * picture.shape[0]
    (found,) = texts(read(picture, profile="fast"))
    assert distance(normal(found), normal(text)) <= 6
    assert abs(len(found) - len(text)) <= 3


@pytest.mark.parametrize(("turns", "angle"), [(1, 270), (2, 180), (3, 90)])
def test_a_long_line_that_is_turned(turns: int, angle: int, read: Read) -> None:
    text = "".join(material("prose")["paragraphs"])[40:140]
    picture = np.ascontiguousarray(np.rot90(text_line(text, size=24, margin=6), -turns))
    page = read(picture, profile="fast")
    assert page.angle == angle
    (found,) = texts(page)
    assert distance(normal(found), normal(text)) <= 3
