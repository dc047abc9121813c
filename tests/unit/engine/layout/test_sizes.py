"""How large and how bold lines are set."""

import cv2
import numpy as np
import pytest

from wenyun.engine.layout.sizes import drop, is_latin, stroke_weights, type_size, usual


@pytest.mark.parametrize(
    ("text", "size"),
    [("古籍 ab", 20), ("(alphabet gym)", 20), ("ALL", 23), ("ripe pear", 23), ("one", 28.6)],
)
def test_a_line_without_tall_letters_is_set_larger_than_it_is_high(text: str, size: float) -> None:
    assert type_size(text, 20) == pytest.approx(size, abs=0.1)


def test_scripts() -> None:
    assert is_latin("the mill 12")
    assert not is_latin("采用 CPU 制造")
    assert drop("gym", 20) == 4
    assert drop("arm", 20) == 0


def test_bold_lines_have_thicker_strokes() -> None:
    page = np.full((200, 600, 3), 255, np.uint8)
    for y in (60, 140):
        cv2.putText(page, "Weights of lines", (20, y), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (0, 0, 0), 2)
    page[90:160] = cv2.erode(page[90:160], np.ones((4, 4), np.uint8))
    rects = np.array([(10, 15, 590, 75), (10, 95, 590, 155), (10, 170, 590, 190)], np.float32)
    thin, thick, none = stroke_weights(rects, page, 1.0)
    assert 1.6 < thick / thin < 3.5
    assert none == 0
    white_on_black = stroke_weights(rects, 255 - page, 1.0)
    assert np.allclose(white_on_black[:2], [thin, thick])
    doubled = np.asarray(
        cv2.resize(page, None, fx=2, fy=2, interpolation=cv2.INTER_NEAREST), np.uint8
    )
    assert np.allclose(stroke_weights(rects, doubled, 2.0)[:2], [thin, thick], rtol=0.15)


def test_rectangles_beyond_the_picture() -> None:
    page = np.full((50, 50, 3), 255, np.uint8)
    rects = np.array([(-20, -20, 10, 10), (60, 60, 90, 90), (10, 10, 10, 10)], np.float32)
    assert stroke_weights(rects, page, 1.0).tolist() == [0, 0, 0]


def test_the_usual_value_is_that_of_most_characters() -> None:
    values = np.array([50, 20, 20, 0], np.float32)
    assert usual(values, ["big", "a long line of text", "another", "unknown"]) == 20
    assert usual(np.zeros(2, np.float32), ["a", "b"]) == 0
