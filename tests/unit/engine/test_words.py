"""Characters as boxes on the page."""

import cv2
import numpy as np
import pytest

from wenyun.engine.ctc import Reading
from wenyun.engine.lines import Line
from wenyun.engine.words import characters, span_boxes
from wenyun.result import Word

LEVEL = np.array([[10, 20], [110, 20], [110, 40], [10, 40]], np.float32)
SEEN = np.array([[10, 20], [110, 35], [120, 60], [5, 40]], np.float32)


def read(text: str, quad: np.ndarray = LEVEL, column: bool = False, spans: bool = True) -> Line:
    count = len(text)
    places = tuple((i + 0.5) / count for i in range(count))
    ends = tuple((i / count, (i + 1) / count) for i in range(count)) if spans else ()
    return Line(quad, column).read_as(Reading(text, (0.5,) * count, places, spans=ends), "crnn")


def of_line(line: Line, quad: np.ndarray, width: int, height: int) -> tuple[Word, ...]:
    (found,) = characters([line], [quad], width, height)
    return found


def cut(quad: np.ndarray, spans: tuple[tuple[float, float], ...]) -> np.ndarray:
    return span_boxes([quad], [spans], [False])


def test_characters_stand_side_by_side() -> None:
    found = of_line(read("发票"), LEVEL, 400, 300)
    assert [one.text for one in found] == ["发", "票"]
    assert list(found[0].box) == [(10, 20), (60, 20), (60, 40), (10, 40)]
    assert list(found[1].box) == [(60, 20), (110, 20), (110, 40), (60, 40)]
    assert found[0].confidence == 0.5


@pytest.mark.parametrize("spans", [True, False])
def test_text_is_what_the_line_says_without_outer_spaces(spans: bool) -> None:
    found = of_line(read("  a b ", spans=spans), LEVEL, 400, 300)
    assert "".join(one.text for one in found) == "a b"


def test_columns_stand_one_below_the_other() -> None:
    tall = np.array([[10, 20], [30, 20], [30, 120], [10, 120]], np.float32)
    found = of_line(read("发票", tall, column=True), tall, 400, 300)
    assert list(found[0].box) == [(10, 20), (30, 20), (30, 70), (10, 70)]
    assert list(found[1].box) == [(10, 70), (30, 70), (30, 120), (10, 120)]


def test_boxes_stay_on_the_page() -> None:
    (found,) = of_line(read("a"), LEVEL, 100, 30)
    assert list(found.box) == [(10, 20), (100, 20), (100, 30), (10, 30)]


def test_nothing_read_has_no_characters() -> None:
    assert of_line(Line(LEVEL), LEVEL, 400, 300) == ()
    assert of_line(read("  "), LEVEL, 400, 300) == ()


def test_perspective_is_the_one_that_the_line_was_cut_along() -> None:
    square = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    matrix = cv2.getPerspectiveTransform(square, SEEN)
    parts = np.array([[[0.25, 0], [0.5, 0], [0.5, 1], [0.25, 1]]], np.float64)
    wanted = cv2.perspectiveTransform(parts, matrix)
    assert np.allclose(cut(SEEN, ((0.25, 0.5),)), wanted, atol=1e-3)


@pytest.mark.parametrize("quad", [np.zeros((4, 2)), LEVEL[[0, 2, 1, 3]], np.full((4, 2), 7.0)])
def test_quads_without_sense_give_finite_boxes(quad: np.ndarray) -> None:
    assert np.isfinite(cut(quad.astype(np.float32), ((0.0, 0.5), (0.5, 1.0)))).all()


def test_no_spans_no_boxes() -> None:
    assert cut(LEVEL, ()).shape == (0, 4, 2)


def test_lines_of_a_page_come_out_as_each_would_alone() -> None:
    tall = np.array([[10, 20], [30, 20], [30, 120], [10, 120]], np.float32)
    lines = [read("发票"), Line(LEVEL), read(" a b", SEEN), read("竖排", tall, column=True)]
    quads = [LEVEL, LEVEL, SEEN, tall]
    alone = [of_line(line, quad, 100, 100) for line, quad in zip(lines, quads, strict=True)]
    assert characters(lines, quads, 100, 100) == alone
    assert characters([], [], 100, 100) == []
