"""Rows and columns from where lines stand."""

from collections.abc import Sequence

import numpy as np
import pytest

from wenyun.engine.layout.tables.aligned import align, draft
from wenyun.engine.layout.tables.bare import bare_tables
from wenyun.engine.layout.tables.draft import Draft, cell_text
from wenyun.engine.layout.tables.level import Floats
from wenyun.engine.layout.tables.rows import bands, tall_rows
from wenyun.engine.layout.tables.ruled import ruled_tables
from wenyun.engine.layout.tables.spans import Span
from wenyun.result import Line

EM = 20.0
Item = tuple[str, float, float]
"""A text with its left edge and the top of its line."""


def page(items: Sequence[Item]) -> tuple[Floats, list[Line]]:
    rects = np.array([[x, y, x + 11 * len(t), y + 20] for t, x, y in items], np.float64)
    boxes = [((a, b), (c, b), (c, d), (a, d)) for a, b, c, d in rects.tolist()]
    return rects, [Line(i[0], 1.0, box, "crnn") for i, box in zip(items, boxes, strict=True)]


def grid(rows: Sequence[Sequence[str]], pitch: float = 40, step: float = 160) -> list[Item]:
    return [
        (text, 50 + step * col, 50 + pitch * row)
        for row, cells in enumerate(rows)
        for col, text in enumerate(cells)
        if text
    ]


def texts(table: Draft) -> dict[tuple[int, int], str]:
    pairs = zip(table.cells, table.pieces, strict=True)
    return {(cell.row, cell.col): cell_text(pieces) for cell, pieces in pairs}


def aligned(items: list[Item]) -> Draft:
    rects, lines = page(items)
    found = align(rects, range(len(rects)), 0.8, EM)
    assert found is not None
    return draft(found, lines, EM)


def bare(items: list[Item]) -> list[Draft]:
    rects, lines = page(items)
    return bare_tables(rects, lines, range(len(rects)), EM)


PRICES = [
    ["Item", "Price", "Count"],
    ["Tea", "3.20", "12"],
    ["Milk", "1.15", "7"],
    ["Rice", "", "9"],
]


def test_rows_columns_and_empty_cells() -> None:
    table = aligned(grid(PRICES))
    assert texts(table) == {
        (r, c): text for r, row in enumerate(PRICES) for c, text in enumerate(row)
    }


def test_a_heading_over_two_columns_spans_them() -> None:
    items = [("North and South", 235.0, 10.0), *grid(PRICES)]
    assert Span(0, 1, 1, 2) in aligned(items).cells


def test_a_narrow_heading_in_the_middle_of_two_columns_spans_them() -> None:
    items = [("2024", 296.0, 10.0), *grid(PRICES)]
    table = aligned(items)
    assert table.cells[:2] == (Span(0, 0), Span(0, 1, 1, 2))


def test_a_label_between_two_header_rows_spans_both() -> None:
    rows = [["", "Price", "Count"], *PRICES[1:]]
    items = [("North and South", 235.0, 10.0), ("Item", 50.0, 30.0), *grid(rows)]
    assert Span(0, 0, 2, 1) in aligned(items).cells


def test_close_lines_that_continue_a_column_are_one_cell() -> None:
    items = [*grid(PRICES, pitch=60), ("of the day", 50.0, 132.0)]
    assert texts(aligned(items))[1, 0] == "Tea\nof the day"


def test_bands_are_lines_that_overlap_in_height() -> None:
    rects, _ = page([("b", 200, 0), ("a", 0, 3), ("c", 0, 40)])
    assert bands(rects) == [[1, 0], [2]]
    assert bands(rects, []) == []


def test_one_column_is_no_alignment() -> None:
    rects, _ = page([("one", 0, 0), ("two", 0, 40)])
    assert align(rects, [0, 1], 0.8, EM) is None
    assert align(rects, [], 0.8, EM) is None


def test_headings_over_numbers_make_a_table_without_rules() -> None:
    (table,) = bare(grid(PRICES))
    assert len(table.cells) == 12


WORDS = [["City", "River", "Owner"], ["Leeds", "Aire", "Ann"], ["York", "Ouse", "Bob"],
         ["Paris", "Seine", "Eva"]]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "tables"),
    [
        (WORDS, 1),
        (WORDS[:3], 0),
        ([["Tea", "3.20", "Beer", "4.50"], ["Milk", "1.15", "Wine", "6.20"],
          ["Water", "1.00", "Juice", "2.80"], ["Soup", "4.00", "Cake", "3.10"]], 0),
        ([["Name:", "Ann", "Date:"], ["City:", "Leeds", "Zip:"], ["Tel:", "none", "Fax:"],
          ["Age:", "some", "Sex:"]], 0),
        ([["Total", "3.20"], ["Tax", "1.15"], ["Sum", "4.35"], ["Paid", "5.00"]], 0),
        ([["Item", "Price", "Count"], ["Tea", "3.20", "12"]], 0),
    ],
)  # fmt: skip
def test_menus_forms_and_receipts_are_no_tables(rows: list[list[str]], tables: int) -> None:
    assert len(bare(grid(rows))) == tables


def test_a_paragraph_above_is_not_of_the_table() -> None:
    prose = [("a line of prose that fills the page from its left to its right", 50.0, y)
             for y in (0.0, 26.0)]  # fmt: skip
    below = [(text, x, y + 60) for text, x, y in grid(PRICES)]
    (table,) = bare([*prose, *below])
    assert min(table.members()) == 2


def rules(*places: float, end: float = 500) -> Floats:
    return np.array([[place, 40, end] for place in places], np.float64)


def ruled(items: Sequence[Item], level: Floats) -> list[Draft]:
    rects, lines = page(items)
    return ruled_tables(level, rects, lines, range(len(rects)), EM)


def test_three_lines_make_a_table_of_two_columns() -> None:
    rows = [row[:2] for row in PRICES]
    (table,) = ruled(grid(rows), rules(40, 80, 200))
    assert len(table.cells) == 8
    assert table.vs[[0, -1]].tolist() == [40, 200]


def test_a_rule_under_each_row_parts_rows_of_several_lines() -> None:
    items = [*grid(PRICES, pitch=60), ("of the day", 50.0, 132.0), ("only", 210.0, 132.0)]
    (table,) = ruled(items, rules(40, 100, 160, 220, 260))
    assert texts(table)[1, 0] == "Tea\nof the day"
    assert max(cell.row for cell in table.cells) == 3


def test_two_tables_of_one_width_with_prose_between_are_two() -> None:
    prose = ("a line of prose that fills the page", 50.0, 230.0)
    second = [(text, x, y + 230) for text, x, y in grid(PRICES)]
    level = rules(40, 80, 210, 270, 310, 440)
    assert len(ruled([*grid(PRICES), prose, *second], level)) == 2


def test_prose_between_rules_is_no_table() -> None:
    text, sides = "one side of a page of prose", (50.0, 360.0)
    lines = [(text, x, 50.0 + 30 * n) for n in range(6) for x in sides]
    assert ruled(lines, rules(40, 110, 240, end=700)) == []


def test_rows_without_rules_between_upright_ones() -> None:
    rects, _ = page(grid(PRICES))
    borders = np.array([40.0, 190, 350, 480])
    assert tall_rows(rects, borders, EM) == [80, 120, 160]
    assert tall_rows(rects[:3], borders, EM) == []
    assert tall_rows(rects, borders[:2], EM) == []
