"""The scorer of tables, on tables whose score is plain."""

from dataclasses import replace

import pytest

from tests.bench.tables import false_table, main, report, true_lines
from tests.bench.tables_score import Tally, matches, relations, score
from tests.scenes.tables.catalogue import draw
from tests.scenes.tables.truth import TablePage
from wenyun.engine.layout.tables.find import FoundTable
from wenyun.result import Box, Cell


def box_of(quad: object) -> Box:
    first, second, third, fourth = ((float(x), float(y)) for x, y in quad)  # type: ignore[attr-defined]
    return first, second, third, fourth


def perfect(page: TablePage) -> list[FoundTable]:
    return [
        FoundTable(
            box_of(table.box),
            tuple(
                Cell(c.row, c.col, c.row_span, c.col_span, page.text(c), box_of(c.box))
                for c in table.cells
            ),
            tuple(i for cell in table.cells for i in cell.members),
        )
        for table in page.tables
    ]


@pytest.fixture(scope="module")
def page() -> TablePage:
    return draw("grid_spans", 1)


def test_the_truth_itself_scores_everything(page: TablePage) -> None:
    tally = score(page, perfect(page))
    assert (tally.matched, tally.false, tally.perfect) == (1, 0, 1)
    assert (tally.cell_f1, tally.place_f1, tally.relation_f1) == (1, 1, 1)


def test_nothing_found_scores_nothing(page: TablePage) -> None:
    tally = score(page, [])
    assert (tally.tables, tally.matched, tally.cell_f1, tally.relation_f1) == (1, 0, 0, 0)


def test_a_misread_cell_costs_a_cell_but_no_neighbours(page: TablePage) -> None:
    (table,) = perfect(page)
    misread = replace(table.cells[3], text="?")
    found = replace(table, cells=(*table.cells[:3], misread, *table.cells[4:]))
    tally = score(page, [found])
    assert tally.exact == tally.cells - 1
    assert (tally.place_f1, tally.relation_f1, tally.perfect) == (1, 1, 0)


def test_a_table_elsewhere_is_false(page: TablePage) -> None:
    (table,) = perfect(page)
    box = ((0.0, 0.0), (20.0, 0.0), (20.0, 9.0), (0.0, 9.0))
    tally = score(page, [table, replace(table, box=box)])
    assert (tally.matched, tally.false) == (1, 1)
    assert tally.cell_f1 < 1


def test_a_frame_around_the_whole_page_is_not_the_table(page: TablePage) -> None:
    (table,) = perfect(page)
    width, height = (4.0 * side for side in page.scene.size)
    whole = replace(table, box=((0.0, 0.0), (width, 0.0), (width, height), (0.0, height)))
    assert matches(page.tables, [whole]) == [(page.tables[0], None)]


def test_neighbours_reach_over_empty_cells_and_along_spans() -> None:
    box = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    cells = [
        Cell(0, 0, 1, 3, "a", box),
        Cell(1, 0, 1, 1, "b", box),
        Cell(1, 1, 1, 1, "", box),
        Cell(1, 2, 1, 1, "c", box),
    ]
    assert relations(cells, [0, 1, 3]) == {(0, 1, "below"), (0, 3, "below"), (1, 3, "right")}


def test_sums_and_reports() -> None:
    total = Tally(pages=1, tables=2, matched=1, cells=4, given=4, exact=2)
    total += Tally(pages=1, found=3, matched=1)
    assert (total.pages, total.matched, total.false, total.cell_f1) == (2, 2, 1, 0.5)
    assert "| all | 2 | 2 | 1 |" in report({"grid": total})
    assert "| menu | 5 | 0 | 0 |" in false_table({"menu": (5, 0, 0)})


def test_true_lines_are_all_there_in_another_order(page: TablePage) -> None:
    texts = [line.text for line in true_lines(page.scene)]
    wanted = [line.text for line in page.scene.lines]
    assert sorted(texts) == sorted(wanted)
    assert texts != wanted


def test_the_command_prints_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--pages", "1", "--table", "three", "--condition", "clean"])
    assert "| three | 1 | 1 | 0 | 1 | 100.0%" in capsys.readouterr().out
