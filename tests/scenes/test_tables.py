"""Table pages: their truth is what is drawn."""

import numpy as np
import pytest

from tests.scenes.tables.catalogue import TABLES, draw


@pytest.mark.parametrize("name", list(TABLES))
def test_cells_cover_the_grid_and_hold_their_lines(name: str) -> None:
    page = draw(name, 1, "natural")
    seen: list[int] = []
    for table in page.tables:
        rows = max(cell.row + cell.row_span for cell in table.cells)
        columns = max(cell.col + cell.col_span for cell in table.cells)
        covered = np.zeros((rows, columns), int)
        for cell in table.cells:
            rows_of = slice(cell.row, cell.row + cell.row_span)
            covered[rows_of, cell.col : cell.col + cell.col_span] += 1
            seen += cell.members
            if cell.members:
                low, high = cell.box.min(axis=0) - 2, cell.box.max(axis=0) + 2
                ink = page.ink(cell)
                assert (ink >= low).all()
                assert (ink <= high).all()
        assert (covered == 1).all()
    assert len(seen) == len(set(seen)) <= len(page.scene.lines)


def test_the_same_seed_draws_the_same_page() -> None:
    one, two, other = draw("grid", 1), draw("grid", 1), draw("grid", 2)
    assert (one.scene.picture == two.scene.picture).all()
    assert (
        one.scene.picture.shape != other.scene.picture.shape
        or (one.scene.picture != other.scene.picture).any()
    )


def test_kinds_have_what_they_are_named_for() -> None:
    spans = draw("grid_spans", 1).tables[0].cells
    assert any(cell.row_span > 1 for cell in spans)
    assert any(cell.col_span > 1 for cell in spans)
    assert any(not cell.members for cell in draw("grid_empty", 1).tables[0].cells)
    assert any(len(cell.members) > 1 for cell in draw("grid_lines", 1).tables[0].cells)
    assert len(draw("two", 1).tables) == 2
    prose = draw("prose_plain", 1)
    assert len(prose.scene.lines) > sum(len(cell.members) for cell in prose.tables[0].cells)
