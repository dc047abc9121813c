"""Sheets become pages: the engine's pixels in the page's unit, the file's lines among them."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from wenyun.deadline import Deadline
from wenyun.documents.assembly import Frame, read_sheet
from wenyun.documents.sheets import Sheet
from wenyun.errors import WenyunError
from wenyun.options import Options
from wenyun.result import Block, Box, Cell, Line, Page, Word
from wenyun.values import Area


def box(x: float, y: float, w: float, h: float) -> Box:
    return (x, y), (x + w, y), (x + w, y + h), (x, y + h)


def line(text: str, x: float, y: float, w: float = 60, h: float = 12, model: str = "crnn") -> Line:
    step = w / len(text)
    characters = tuple(Word(c, 0.9, box(x + n * step, y, step, h)) for n, c in enumerate(text))
    return Line(text, 0.9, box(x, y, w, h), model, characters)


class FakeEngine:
    """Finds what it is told to find, in pixels, and remembers what it was asked."""

    def __init__(self, *lines: Line, angle: int = 0, cells: tuple[Cell, ...] = ()) -> None:
        self.lines, self.angle, self.cells = lines, angle, cells
        self.asked: list[Options] = []

    def read(self, picture: Any, options: Options, deadline: Deadline, number: int = 1) -> Page:
        self.asked.append(options)
        height, width = picture.shape[:2]
        blocks = (Block("table", box(0, 0, 100, 50), self.lines, self.cells),) if self.lines else ()
        return Page(number, width, height, self.angle, blocks, {"detect": 0.5})


def blank(width: int = 400, height: int = 600) -> Any:
    return np.full((height, width, 3), 255, np.uint8)


def sheet(**more: Any) -> Sheet:
    """A page of 200 × 300 points at two pixels a point."""
    return replace(Sheet(4, 200.0, 300.0, blank(), unit="pt", scale=2.0), **more)


def read(engine: FakeEngine, page: Sheet, **options: Any) -> Page:
    return read_sheet(engine, page, Options(**options), Deadline())  # type: ignore[arg-type]


def texts(page: Page) -> list[str]:
    return [found.text for found in page.lines()]


def test_a_picture_goes_through_as_it_is() -> None:
    engine = FakeEngine(line("像素", 10, 20))
    area = Area(1, 2, 3, 4)
    page = read(engine, Sheet(1, 400, 600, blank()), region=area)
    assert (page.unit, page.width, next(page.lines()).box) == ("px", 400, box(10, 20, 60, 12))
    assert engine.asked[0].region == area


def test_boxes_of_a_pdf_are_in_points_with_all_that_is_in_them() -> None:
    cell = Cell(0, 0, 1, 1, "甲", box(40, 40, 20, 20))
    engine = FakeEngine(line("甲乙", 100, 200, 40, 20), angle=90, cells=(cell,))
    page = read(engine, sheet())
    assert (page.number, page.width, page.height, page.unit, page.angle) == (4, 200, 300, "pt", 90)
    (block,) = page.blocks
    assert block.box == box(0, 0, 50, 25)
    assert block.cells[0].box == box(20, 20, 10, 10)
    assert block.lines[0].box == box(50, 100, 20, 10)
    assert block.lines[0].characters[1].box == box(60, 100, 10, 10)
    assert page.timings == {"detect": 0.5}


def test_a_part_of_the_page_is_placed_where_it_is() -> None:
    engine = FakeEngine(line("甲乙", 100, 200, 40, 20))
    page = read(engine, sheet(origin=(30.0, 60.0), pixels=blank(200, 200)))
    assert next(page.lines()).box == box(80, 160, 20, 10)
    assert (page.width, page.height) == (200, 300)


def test_lines_of_the_file_and_lines_that_are_read_come_in_one_order() -> None:
    own = (line("第一行", 20, 20, model="pdf_text"), line("第三行", 20, 60, model="pdf_text"))
    engine = FakeEngine(line("第二行", 40, 80, 120, 24))
    page = read(engine, sheet(lines=own))
    assert texts(page) == ["第一行", "第二行", "第三行"]
    assert [found.model for found in page.lines()] == ["pdf_text", "crnn", "pdf_text"]
    assert (page.unit, page.width) == ("pt", 200)
    assert page.timings == {"detect": 0.5}


def test_what_the_file_says_already_is_not_said_twice() -> None:
    own = (line("同一行", 20, 20, model="pdf_text"),)
    page = read(
        FakeEngine(line("同一汀", 42, 42, 110, 20), line("别的", 40, 400, 80)), sheet(lines=own)
    )
    assert texts(page) == ["同一行", "别的"]


def test_nothing_is_read_where_the_file_says_all() -> None:
    engine = FakeEngine()
    page = read(engine, sheet(pixels=None, lines=(line("全部", 20, 20, model="pdf_text"),)))
    assert texts(page) == ["全部"]
    assert engine.asked == []


def test_an_empty_page() -> None:
    page = read(FakeEngine(), sheet(pixels=None))
    assert (page.blocks, page.width, page.unit, page.angle) == ((), 200, "pt", 0)


def test_columns_are_read_from_the_right() -> None:
    right = Line("右", 1.0, box(150, 20, 12, 90), "pdf_text")
    left = Line("左", 1.0, box(120, 20, 12, 90), "pdf_text")
    page = read(FakeEngine(), sheet(pixels=None, lines=(left, right), columns=2))
    assert texts(page) == ["右", "左"]


def test_a_page_whose_lines_are_turned() -> None:
    up = tuple(
        Line(text, 1.0, ((x, 200), (x, 100), (x + 12, 100), (x + 12, 200)), "pdf_text")
        for text, x in (("乙", 60), ("甲", 40))
    )
    page = read(FakeEngine(), sheet(pixels=None, lines=up))
    assert page.angle == 90
    assert texts(page) == ["甲", "乙"]


def test_region_and_ignored_areas_are_in_points_and_hold_for_both() -> None:
    own = (line("里面", 20, 20, model="pdf_text"), line("外面", 20, 250, model="pdf_text"))
    engine = FakeEngine()
    page = read(
        engine, sheet(lines=own), region=Area(10, 10, 100, 100), ignore=(Area(0, 90, 50, 20),)
    )
    assert texts(page) == ["里面"]
    assert engine.asked[0].region == Area(20, 20, 200, 200)
    assert engine.asked[0].ignore == (Area(0, 180, 100, 40),)
    assert texts(read(engine, sheet(lines=own), ignore=(Area(0, 0, 200, 100),))) == ["外面"]


def test_a_region_beside_the_pictures_reads_none_of_them() -> None:
    engine = FakeEngine(line("图中", 1, 1))
    own = (line("文字", 20, 20, model="pdf_text"),)
    part = sheet(lines=own, origin=(0.0, 200.0), pixels=blank(400, 200))
    assert texts(read(engine, part, region=Area(0, 0, 200, 100))) == ["文字"]
    assert engine.asked == []


@pytest.mark.parametrize("pixels", [None, blank()])
def test_a_region_outside_the_page(pixels: Any) -> None:
    with pytest.raises(WenyunError, match="200 x 300 pt") as caught:
        read(FakeEngine(), sheet(pixels=pixels), region=Area(200, 0, 10, 10))
    assert (caught.value.code, caught.value.field) == ("invalid_option", "region")


@pytest.mark.parametrize(
    ("area", "pixels"),
    [
        (Area(0, 0, 200, 300), Area(0, 0, 100, 80)),
        (Area(30, 60, 1, 1), Area(0, 0, 2, 2)),
        (Area(20, 50, 20, 20), Area(0, 0, 20, 20)),
        (Area(79, 99, 50, 50), Area(98, 78, 2, 2)),
        (Area(0, 0, 30, 300), None),
        (Area(80, 60, 9, 9), None),
    ],
)
def test_areas_in_a_part_of_a_page(area: Area, pixels: Area | None) -> None:
    """The part begins at 30, 60 and has 100 × 80 pixels, two a point."""
    assert Frame(2.0, (30.0, 60.0)).to_pixels(area, (100, 80)) == pixels
