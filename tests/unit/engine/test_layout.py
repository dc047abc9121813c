"""Lines to the page of the result tree; our own turn is undone."""

from itertools import pairwise

import numpy as np
import pytest

from wenyun.engine.ctc import Reading
from wenyun.engine.geometry import Quad
from wenyun.engine.layout.page import lay_out
from wenyun.engine.layout.turns import line_angle, page_angle, turn_points
from wenyun.engine.lines import Line
from wenyun.result import Page

WIDTH, HEIGHT = 400, 600
TURNS = (0, 90, 180, 270)


def line(x: float, y: float, text: str = "text", width: float = 100, height: float = 20) -> Line:
    quad = np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]], np.float32)
    return Line(quad).read_as(reading(text), "crnn")


def reading(text: str) -> Reading:
    places = tuple((i + 0.5) / max(1, len(text)) for i in range(len(text)))
    return Reading(text, (0.9,) * len(text), places)


def photographed(lines: list[Line], angle: int) -> tuple[list[Line], tuple[int, int]]:
    """Lines of an upright page on a picture that has to be turned clockwise by `angle`."""
    back = (360 - angle) % 360
    size = (WIDTH, HEIGHT) if angle % 180 == 0 else (HEIGHT, WIDTH)
    moved = [
        Line(turn_points(one.quad, back, (WIDTH, HEIGHT)), reading=one.reading) for one in lines
    ]
    return moved, size


def laid(
    lines: list[Line], size: tuple[int, int] = (WIDTH, HEIGHT), offset: tuple[int, int] = (0, 0)
) -> Page:
    picture = np.zeros((size[1], size[0], 3), np.uint8)
    return lay_out(lines, offset, picture, 1, {})


def texts(page: Page) -> list[str]:
    return [one.text for one in page.lines()]


@pytest.mark.parametrize("angle", TURNS)
def test_points_turned_and_turned_back(angle: int) -> None:
    quad = line(30, 40).quad
    size = (WIDTH, HEIGHT) if angle % 180 == 0 else (HEIGHT, WIDTH)
    there = turn_points(quad, angle, (WIDTH, HEIGHT))
    assert np.array_equal(turn_points(there, (360 - angle) % 360, size), quad)


@pytest.mark.parametrize(
    ("angle", "corner"), [(0, (0, 0)), (90, (600, 0)), (180, (400, 600)), (270, (0, 400))]
)
def test_where_the_top_left_corner_goes(angle: int, corner: tuple[int, int]) -> None:
    """Turning clockwise takes it to the top right first."""
    assert tuple(turn_points(np.zeros((1, 2), np.float32), angle, (WIDTH, HEIGHT))[0]) == corner


def test_turning_points_is_turning_pixels() -> None:
    """As numpy turns a picture."""
    picture = np.zeros((HEIGHT, WIDTH), np.uint8)
    picture[40:60, 30:130] = 1
    for angle in TURNS:
        turned = np.rot90(picture, -angle // 90)
        quad = turn_points(line(30, 40).quad, angle, (WIDTH, HEIGHT))
        (x0, y0), (x1, y1) = quad.min(axis=0).astype(int), quad.max(axis=0).astype(int)
        assert turned[y0:y1, x0:x1].all()
        assert turned.sum() == (x1 - x0) * (y1 - y0)


@pytest.mark.parametrize("angle", TURNS)
def test_the_angle_of_a_line(angle: int) -> None:
    (moved,), _ = photographed([line(30, 40)], angle)
    assert line_angle(moved.quad) == angle
    assert line_angle(line(30, 40).turned(angle).quad) == angle


@pytest.mark.parametrize("lean", [-40, -10, 10, 40])
def test_the_angle_of_a_line_that_leans(lean: float) -> None:
    """The nearest quarter turn counts."""
    slope = np.tan(np.radians(lean)) * 100
    quad = line(30, 100).quad + np.array([[0, 0], [0, slope], [0, slope], [0, 0]], np.float32)
    assert line_angle(quad) == 0


def test_the_angle_of_a_page_is_what_most_lines_say() -> None:
    upright, turned = [line(0, y).quad for y in (0, 30, 60)], line(0, 90).turned(90).quad
    assert page_angle([*upright, turned]) == 0
    assert page_angle([upright[0], *[turned] * 2]) == 90


def test_a_page_of_two_minds_is_left_as_it_is() -> None:
    assert page_angle([line(0, 0).quad, line(0, 30).turned(180).quad]) == 0
    assert page_angle([line(0, 0).turned(by).quad for by in (90, 270, 180)]) == 0


def test_a_page_without_lines() -> None:
    picture = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    page = lay_out([], (0, 0), picture, 3, {"detect": 0.5})
    assert page == Page(3, WIDTH, HEIGHT, 0, (), {"detect": 0.5})


PROSE = [line(20, 40 + 30 * n, f"line {n}", width=300 - 10 * n) for n in range(5)]


@pytest.mark.parametrize("angle", TURNS)
def test_a_turned_page_is_read_in_the_order_of_the_upright_one(angle: int) -> None:
    moved, size = photographed(PROSE[::-1], angle)
    page = laid(moved, size)
    assert page.angle == angle
    assert [page.width, page.height] == [*size]
    assert texts(page) == [f"line {n}" for n in range(5)]


@pytest.mark.parametrize("angle", TURNS)
def test_boxes_of_a_turned_page_lie_on_the_picture_as_displayed(angle: int) -> None:
    moved, size = photographed(PROSE, angle)
    found = list(laid(moved, size).lines())
    for one, source in zip(found, moved, strict=True):
        assert np.allclose(one.box, source.quad)


@pytest.mark.parametrize("angle", TURNS)
def test_boxes_begin_at_the_top_left_in_reading_direction(angle: int) -> None:
    moved, size = photographed(PROSE[:1], angle)
    (found,) = laid(moved, size).lines()
    upright = turn_points(np.array(found.box, np.float32), angle, size)
    assert np.allclose(upright, PROSE[0].quad)


def test_the_offset_of_a_region_is_added() -> None:
    page = laid([line(10, 20)], offset=(100, 200))
    (found,) = page.lines()
    assert (*found.box[0], *page.blocks[0].box[0]) == (110, 220, 110, 220)
    assert (page.width, page.height) == (WIDTH, HEIGHT)


def test_boxes_stay_on_the_page() -> None:
    (found,) = laid(
        [
            line(-10, -5),
        ][:1]
    ).lines()
    assert found.box == ((0, 0), (90, 0), (90, 15), (0, 15))


def test_a_block_frames_its_lines() -> None:
    page = laid(PROSE)
    (block,) = page.blocks
    assert block.type == "text"
    assert len(block.lines) == 5
    assert block.box == ((20, 40), (320, 40), (320, 180), (20, 180))


def test_what_stands_apart_is_a_block_of_its_own() -> None:
    page = laid([*PROSE, line(20, 400, "far below")])
    assert [len(block.lines) for block in page.blocks] == [5, 1]


def test_columns_are_read_from_right_to_left() -> None:
    quads: list[Quad] = [
        np.array([[x, 20], [x + 40, 20], [x + 40, 400], [x, 400]], np.float32)
        for x in (60, 180, 120)
    ]
    lines = [
        Line(quad).as_column().read_as(reading(text), "crnn")
        for quad, text in zip(quads, "三一二", strict=True)
    ]
    page = laid(lines)
    assert (texts(page), page.angle) == (["一", "二", "三"], 0)


def test_what_a_line_takes_along() -> None:
    one = line(10, 10, " spaced ").read_as(Reading(" spaced ", (0.5,) * 8, (0.5,) * 8), "second")
    (found,) = laid([one]).lines()
    assert (found.text, found.confidence, found.model) == ("spaced", 0.5, "second")


def test_lines_never_overtake_on_one_page() -> None:
    tops = [one.box[0][1] for one in laid(PROSE[::-1]).lines()]
    assert all(above < below for above, below in pairwise(tops))


def test_a_line_of_nothing_but_spaces_is_no_line() -> None:
    page = laid([line(10, 10, "  "), line(10, 100, "text")])
    assert texts(page) == ["text"]
