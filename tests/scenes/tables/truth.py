"""What a table page gives: a scene page, and the tables on it cell by cell."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from tests.scenes.page import Quad, ScenePage

Condition = Callable[[ScenePage, np.random.Generator], ScenePage]


@dataclass(frozen=True, slots=True)
class TruthCell:
    """A cell: its place in the grid, the page's lines in it by number, and its box."""

    row: int
    col: int
    row_span: int
    col_span: int
    members: tuple[int, ...]
    box: Quad


@dataclass(frozen=True, slots=True)
class TruthTable:
    """A table: its frame and its cells, empty ones included, row by row."""

    box: Quad
    cells: tuple[TruthCell, ...]


@dataclass(frozen=True, slots=True)
class TablePage:
    """A scene page with its tables from top to bottom."""

    scene: ScenePage
    tables: tuple[TruthTable, ...]

    def text(self, cell: TruthCell) -> str:
        """A cell's lines, one below the other."""
        return "\n".join(self.scene.lines[i].text for i in cell.members)

    def ink(self, cell: TruthCell) -> Quad:
        """The upright box around a cell's lines."""
        points = np.concatenate([self.scene.lines[i].box for i in cell.members])
        (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
        return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float32)


def seen(page: TablePage, condition: Condition, rng: np.random.Generator) -> TablePage:
    """The page under a camera or scanner; frames and cells move with the paper."""
    kept = len(page.scene.ignore)
    boxes = [box for table in page.tables for box in (table.box, *(c.box for c in table.cells))]
    scene = condition(replace(page.scene, ignore=(*page.scene.ignore, *boxes)), rng)
    moved = iter(scene.ignore[kept:])
    tables = tuple(
        TruthTable(next(moved), tuple(replace(cell, box=next(moved)) for cell in table.cells))
        for table in page.tables
    )
    return TablePage(replace(scene, ignore=scene.ignore[:kept]), tables)
