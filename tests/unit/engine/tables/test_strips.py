"""Strips of a page, and tables that stand beside other text."""

import numpy as np
import pytest

from wenyun.engine.layout.tables.find import find_tables
from wenyun.engine.layout.tables.kinds import is_year
from wenyun.engine.layout.tables.strips import LEAST_LINES, strips
from wenyun.result import Line

SIZE = (1200.0, 1600.0)
EM = 20.0


def line(text: str, x: float, y: float, width: float) -> Line:
    return Line(text, 0.9, ((x, y), (x + width, y), (x + width, y + EM), (x, y + EM)), "crnn")


def rects(lines: list[Line]) -> np.ndarray:
    boxes = np.array([one.box for one in lines], np.float64)
    return np.concatenate([boxes.min(axis=1), boxes.max(axis=1)], axis=1)


PROSE = [line("正文" * 17, 60, 40 + 30 * n, 680) for n in range(12)]
SIDEBAR = [line("旁注文字", 800 + 3 * (n % 2), 40 + 29 * n, 150 + 20 * (n % 4)) for n in range(30)]
HEAD = ["指标", "2022", "2023", "2024E"]
ROWS = [HEAD, *([f"项目{'甲乙丙丁戊己'[n]}", f"{n}1.5", f"{n}2.5", f"{n}3.5"] for n in range(6))]
TABLE = [
    line(text, 60 + 200 * col, 500 + 30 * row, 80 if col == 0 else 50)
    for row, texts in enumerate(ROWS)
    for col, text in enumerate(texts)
]


def test_a_sidebar_is_a_strip_of_its_own() -> None:
    lines = PROSE + TABLE + SIDEBAR
    main, side = strips(rects(lines), range(len(lines)), EM)
    assert main == list(range(len(PROSE + TABLE)))
    assert [lines[i] for i in side] == SIDEBAR


def test_a_title_across_is_in_no_strip() -> None:
    lines = [line("标题" * 20, 60, 5, 1000), *PROSE, *SIDEBAR]
    assert [0 in strip for strip in strips(rects(lines), range(len(lines)), EM)] == [False, False]


def test_one_column_is_one_strip() -> None:
    assert strips(rects(PROSE), range(len(PROSE)), EM) == [list(range(len(PROSE)))]


def test_what_has_few_lines_is_no_strip() -> None:
    few = SIDEBAR[: LEAST_LINES - 1]
    lines = PROSE + few
    assert strips(rects(lines), range(len(lines)), EM) == [list(range(len(lines)))]
    assert strips(rects(few), range(len(few)), EM) == []


def test_a_table_beside_a_sidebar_is_found() -> None:
    lines = PROSE + TABLE + SIDEBAR
    (table,) = find_tables(lines, SIZE, None)
    assert [lines[i] for i in table.members] == TABLE
    cells = {(cell.row, cell.col): cell.text for cell in table.cells}
    assert cells == {(r, c): text for r, texts in enumerate(ROWS) for c, text in enumerate(texts)}


def test_a_note_below_is_no_row() -> None:
    note = line("注：摊薄每股收益按最新总股本计算", 60, 500 + 30 * len(ROWS) - 4, 320)
    lines = [*TABLE, note]
    (table,) = find_tables(lines, SIZE, None)
    assert len(TABLE) not in table.members


@pytest.mark.parametrize("text", ["2024", "2024年", "2024E", "2023a", "2024 E", "2024H1", "2025Q3"])
def test_headings_that_are_years(text: str) -> None:
    assert is_year(text)


@pytest.mark.parametrize("text", ["2024元", "2024EUR", "12024", "3024", "2024Q5"])
def test_numbers_that_are_no_years(text: str) -> None:
    assert not is_year(text)
