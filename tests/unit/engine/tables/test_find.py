"""Tables on whole pages: what is found, and what holds for every page."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bench.tables import as_line, tables_of, true_lines
from tests.bench.tables_score import plain, score
from tests.scenes.catalogue import render
from tests.scenes.page import rectangle
from tests.scenes.tables.catalogue import TABLES, draw
from tests.scenes.tables.truth import TablePage
from wenyun.engine.layout.tables.find import FoundTable, find_tables
from wenyun.result import Line


def found_on(page: TablePage) -> list[FoundTable]:
    return tables_of(page.scene, true_lines(page.scene))


def grid_of(table: FoundTable) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.col): cell.text for cell in table.cells}


@pytest.mark.parametrize("name", list(TABLES))
@pytest.mark.parametrize("condition", ["clean", "natural"])
def test_every_kind_of_table_is_found_cell_by_cell(name: str, condition: str) -> None:
    tally = score(draw(name, 2, condition), found_on(draw(name, 2, condition)))
    assert (tally.matched, tally.false) == (tally.tables, 0)
    assert tally.place_f1 > 0.9
    assert tally.relation_f1 > 0.95


@pytest.mark.parametrize("scene", ["menu", "book", "card", "english", "sign", "handwriting"])
def test_what_is_no_table_is_none(scene: str) -> None:
    for seed in (1, 2):
        page = render(scene, seed)
        assert tables_of(page, true_lines(page)) == []


def test_of_an_invoice_the_goods_are_the_table() -> None:
    page = render("invoice", 3)
    (table,) = tables_of(page, true_lines(page))
    grid = grid_of(table)
    assert [grid[0, col] for col in range(8)] == [
        "项目名称", "规格型号", "单位", "数量", "单价", "金额", "税率", "税额"
    ]  # fmt: skip
    assert "购买方信息" not in grid.values()
    assert any(plain(text) == "合计" for text in grid.values())


@pytest.mark.parametrize("name", ["grid_spans", "three_spans", "plain_lines", "rows", "two"])
@pytest.mark.parametrize("seed", [3, 4])
def test_no_line_is_lost_or_doubled_and_cells_cover_the_grid(name: str, seed: int) -> None:
    page = draw(name, seed, "natural")
    lines = true_lines(page.scene)
    tables = tables_of(page.scene, lines)
    members = [i for table in tables for i in table.members]
    assert len(members) == len(set(members))
    for table in tables:
        check_grid(table)
        check_text(table, lines)


def check_grid(table: FoundTable) -> None:
    """Spans cover every place once."""
    rows = max(cell.row + cell.row_span for cell in table.cells)
    columns = max(cell.col + cell.col_span for cell in table.cells)
    covered = np.zeros((rows, columns), int)
    for cell in table.cells:
        rows_of = slice(cell.row, cell.row + cell.row_span)
        covered[rows_of, cell.col : cell.col + cell.col_span] += 1
    assert (covered == 1).all()
    order = [(cell.row, cell.col) for cell in table.cells]
    assert all(a < b for a, b in pairwise(order))


def check_text(table: FoundTable, lines: list[Line] | tuple[Line, ...] | object) -> None:
    """Every character of the members stands in a cell, once."""
    assert isinstance(lines, list | tuple)
    theirs = sorted(plain("".join(lines[i].text for i in table.members)))
    assert sorted(plain("".join(cell.text for cell in table.cells))) == theirs


@pytest.mark.parametrize("name", ["grid", "three_spans", "plain_lines"])
@pytest.mark.parametrize("scale", [0.24, 3.0])
def test_boxes_may_count_other_units_than_pixels(name: str, scale: float) -> None:
    page = draw(name, 5)
    picture = np.ascontiguousarray(page.scene.picture[..., ::-1])
    lines = [as_line(line.text, line.box) for line in page.scene.lines]
    points = [as_line(line.text, line.box * scale) for line in page.scene.lines]
    width, height = page.scene.size
    pixels = find_tables(lines, (width, height), picture)
    other = find_tables(points, (width * scale, height * scale), picture)
    assert [grid_of(table) for table in pixels] == [grid_of(table) for table in other]
    for one, two in zip(pixels, other, strict=True):
        assert np.array(two.box) == pytest.approx(np.array(one.box) * scale, abs=scale)


def test_without_a_picture_alignment_alone_makes_tables() -> None:
    page = draw("plain", 1)
    (table,) = find_tables(true_lines(page.scene), page.scene.size, None)
    assert grid_of(table) == {(c.row, c.col): page.text(c) for c in page.tables[0].cells}


def test_lines_of_a_cell_are_joined_by_a_line_break() -> None:
    page = draw("grid_lines", 3)
    (table,) = found_on(page)
    wanted = {(c.row, c.col): page.text(c) for c in page.tables[0].cells}
    assert grid_of(table) == wanted
    assert any("\n" in text for text in wanted.values())


def test_a_line_read_across_a_border_is_cut_there() -> None:
    page = draw("grid", 6)
    cells = page.tables[0].cells
    row = [cell for cell in cells if cell.row == 1 and cell.members][:2]
    numbers = [cell.members[0] for cell in row]
    left, right = (page.scene.lines[i] for i in numbers)
    (x0, y0), (x1, y1) = left.box[0], right.box[2]
    joined = as_line(f"{left.text} {right.text}", rectangle(x0, y0, x1, y1))
    rest = [one for i, one in enumerate(page.scene.lines) if i not in numbers]
    lines = [joined, *(as_line(line.text, line.box) for line in rest)]
    (table,) = tables_of(page.scene, lines)
    assert grid_of(table)[1, row[0].col] == left.text
    assert grid_of(table)[1, row[1].col] == right.text
    assert table.members.count(0) == 1


@pytest.mark.parametrize("size", [(0.0, 0.0), (-1.0, 50.0)])
def test_a_page_without_size_has_no_tables(size: tuple[float, float]) -> None:
    assert find_tables([as_line("a", rectangle(0, 0, 9, 9))] * 9, size, None) == []


def test_an_empty_page_has_no_tables() -> None:
    assert find_tables([], (100, 100), np.zeros((100, 100, 3), np.uint8)) == []


coordinate = st.floats(0, 400, allow_nan=False)
side = st.floats(0, 60, allow_nan=False)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(coordinate, coordinate, side, side), max_size=40),
    st.integers(0, 2**32 - 1),
)
def test_any_lines_over_any_rulings_give_whole_tables(
    boxes: list[tuple[float, float, float, float]], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    picture = np.full((300, 400, 3), 255, np.uint8)
    for at in rng.integers(0, 300, int(rng.integers(0, 9))):
        picture[at : at + 2, int(rng.integers(0, 100)) : int(rng.integers(200, 400))] = 30
    for at in rng.integers(0, 400, int(rng.integers(0, 9))):
        picture[int(rng.integers(0, 80)) : int(rng.integers(150, 300)), at : at + 2] = 30
    lines = [
        as_line(f"t{i} x", rectangle(x, y, x + w, y + h)) for i, (x, y, w, h) in enumerate(boxes)
    ]
    members: list[int] = []
    for table in find_tables(lines, (400, 300), picture):
        check_grid(table)
        check_text(table, lines)
        members += table.members
    assert len(members) == len(set(members))
