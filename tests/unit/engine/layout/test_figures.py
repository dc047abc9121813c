"""Pictures on a page."""

import cv2
import numpy as np
import pytest

from wenyun.engine.geometry import Image
from wenyun.engine.layout.figures import find_figures
from wenyun.engine.layout.rects import Rects

SIZE = (1000.0, 1400.0)
LINES = np.array([(100, 100 + 30 * n, 900, 120 + 30 * n) for n in range(16)], np.float32)


def sheet(paper: int = 250) -> Image:
    page = np.full((1400, 1000, 3), paper, np.uint8)
    for x0, y0, x1, y1 in LINES.astype(int):
        page[y0 + 4 : y1 - 4, x0:x1:3] = 20
    return page


def photo(page: Image, box: tuple[int, int, int, int] = (200, 700, 800, 1100)) -> Image:
    x0, y0, x1, y1 = box
    page[y0:y1, x0:x1] = np.random.default_rng(1).integers(0, 180, (y1 - y0, x1 - x0, 3))
    return page


def found(page: Image, lines: Rects = LINES) -> list[tuple[int, ...]]:
    return [tuple(round(v) for v in f.rect) for f in find_figures(lines, 20.0, SIZE, page)]


@pytest.mark.parametrize("paper", [250, 200])
def test_a_photo(paper: int) -> None:
    ((x0, y0, x1, y1),) = found(photo(sheet(paper)))
    assert np.allclose([x0, y0, x1, y1], [200, 700, 800, 1100], atol=8)


def test_a_page_of_text_has_none() -> None:
    assert found(sheet()) == []


def test_a_chart_in_its_frame() -> None:
    page = sheet()
    cv2.rectangle(page, (200, 700), (800, 1100), (60, 60, 60), 2)
    for bar in range(8):
        left = 225 + 70 * bar
        page[1098 - 40 * (bar + 1) : 1098, left : left + 50] = (180, 90, 40)
    ((x0, y0, x1, y1),) = found(page)
    assert np.allclose([x0, y0, x1, y1], [200, 700, 800, 1100], atol=8)


def test_rules_and_frames_are_no_figures() -> None:
    page = sheet()
    cv2.line(page, (100, 650), (900, 650), (0, 0, 0), 3)
    cv2.rectangle(page, (200, 700), (800, 1100), (0, 0, 0), 2)
    assert found(page) == []


def test_a_frame_around_the_page_does_not_hide_a_photo() -> None:
    page = photo(sheet())
    cv2.rectangle(page, (20, 20), (980, 1380), (0, 0, 0), 3)
    assert len(found(page)) == 1


def test_a_coloured_ground_of_text_is_no_figure() -> None:
    page = sheet()
    page[90:600, 80:920] = np.minimum(page[90:600, 80:920], 200)
    assert found(page) == []


def test_lines_within_a_figure_are_its_own() -> None:
    label = np.array([(300, 800, 420, 820)], np.float32)
    lines = np.concatenate([LINES, label])
    (figure,) = find_figures(lines, 20.0, SIZE, photo(sheet()))
    assert figure.members == (16,)


def test_a_picture_that_is_all_photo_has_no_paper() -> None:
    assert found(photo(sheet(), (0, 0, 1000, 1400))) == []


def test_few_lines_are_no_document() -> None:
    assert found(photo(sheet()), LINES[:5]) == []


def test_the_picture_may_be_larger_than_the_page() -> None:
    large = np.asarray(cv2.resize(photo(sheet()), None, fx=1.5, fy=1.5), np.uint8)
    ((x0, y0, x1, y1),) = found(large)
    assert np.allclose([x0, y0, x1, y1], [200, 700, 800, 1100], atol=8)
