"""How well tables are found: whole cells, and neighbours alone.

Neighbours follow Göbel, Hassan, Oro and Orsi, "A methodology for evaluating algorithms for table
understanding in PDF documents" (DocEng 2012): pairs of filled cells side by side or one below the
other, with nothing filled in between. There the text of cells says which pair is which; here their
place does, so that misread characters do not count against the structure.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Protocol

import numpy as np

from tests.bench.match import overlap
from tests.bench.text import normal
from tests.scenes.tables.truth import TablePage, TruthTable
from wenyun.engine.layout.tables.find import FoundTable

SAME = 0.5
"""A table is found by one that shares half of the smaller frame, and is at most twice as large."""

Relation = tuple[int, int, str]


class Placed(Protocol):
    """What has a place in a grid."""

    @property
    def row(self) -> int: ...
    @property
    def col(self) -> int: ...
    @property
    def row_span(self) -> int: ...
    @property
    def col_span(self) -> int: ...


@dataclass(slots=True)
class Tally:
    """Counts over pages; `+=` adds another's."""

    pages: int = 0
    tables: int = 0
    found: int = 0
    matched: int = 0
    perfect: int = 0
    cells: int = 0
    given: int = 0
    exact: int = 0
    placed: int = 0
    relations: int = 0
    related: int = 0
    kept: int = 0

    def __iadd__(self, other: "Tally") -> "Tally":
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))
        return self

    @property
    def false(self) -> int:
        """Tables found where there is none."""
        return self.found - self.matched

    @property
    def cell_f1(self) -> float:
        """Cells with row, column, spans and text right."""
        return _f1(self.exact, self.cells, self.given)

    @property
    def place_f1(self) -> float:
        """Cells with row, column and spans right, whatever the text."""
        return _f1(self.placed, self.cells, self.given)

    @property
    def relation_f1(self) -> float:
        """Neighbours kept."""
        return _f1(self.kept, self.relations, self.related)


def _f1(hit: int, wanted: int, given: int) -> float:
    return 2 * hit / (wanted + given) if wanted + given else 1.0


def score(page: TablePage, found: Sequence[FoundTable]) -> Tally:
    """One page's counts."""
    tally = Tally(pages=1, tables=len(page.tables), found=len(found))
    pairs = matches(page.tables, found)
    for truth, table in pairs:
        if table is not None:
            tally += _compare(page, truth, table)
        else:
            tally.cells += len(truth.cells)
            tally.relations += len(relations(truth.cells, _filled(truth)))
    taken = [id(table) for _, table in pairs]
    for table in found:
        if id(table) not in taken:
            tally.given += len(table.cells)
            filled = [i for i, cell in enumerate(table.cells) if cell.text]
            tally.related += len(relations(table.cells, filled))
    return tally


def matches(
    truths: Sequence[TruthTable], found: Sequence[FoundTable]
) -> list[tuple[TruthTable, FoundTable | None]]:
    """Each table of the truth with the one found in its place."""
    if not found or not truths:
        return [(truth, None) for truth in truths]
    frames = np.array([table.box for table in found], np.float32)
    shared = overlap(np.stack([truth.box for truth in truths]), frames)
    areas = np.array([[_area(t.box) / max(1.0, _area(f)) for f in frames] for t in truths])
    shared[(areas < 0.5) | (areas > 2)] = 0
    pairs: list[tuple[TruthTable, FoundTable | None]] = []
    for row, truth in enumerate(truths):
        best = int(np.argmax(shared[row]))
        hit = shared[row, best] >= SAME
        pairs.append((truth, found[best] if hit else None))
        if hit:
            shared[:, best] = 0
    return pairs


def _area(box: np.ndarray) -> float:
    (x0, y0), (x1, y1) = box.min(axis=0), box.max(axis=0)
    return float((x1 - x0) * (y1 - y0))


def _filled(truth: TruthTable) -> list[int]:
    return [i for i, cell in enumerate(truth.cells) if cell.members]


def _compare(page: TablePage, truth: TruthTable, table: FoundTable) -> Tally:
    wanted = Counter((*_place(cell), normal(page.text(cell))) for cell in truth.cells)
    given = Counter((*_place(cell), normal(cell.text)) for cell in table.cells)
    exact = sum((wanted & given).values())
    places = Counter(map(_place, truth.cells)) & Counter(map(_place, table.cells))
    where = _mapped(page, truth, table)
    filled = [i for i, cell in enumerate(table.cells) if cell.text]
    theirs = relations(table.cells, filled)
    ours = relations(truth.cells, _filled(truth))
    kept = sum(
        (where[a], where[b], way) in theirs for a, b, way in ours if a in where and b in where
    )
    whole = exact == len(truth.cells) == len(table.cells)
    return Tally(
        matched=1,
        perfect=int(whole),
        cells=len(truth.cells),
        given=len(table.cells),
        exact=exact,
        placed=sum(places.values()),
        relations=len(ours),
        related=len(theirs),
        kept=kept,
    )


def _mapped(page: TablePage, truth: TruthTable, table: FoundTable) -> dict[int, int]:
    """Which cell found holds the ink of which cell of the truth, where it holds no other's."""
    boxes = np.array([cell.box for cell in table.cells], np.float32)
    low, high = boxes.min(axis=1), boxes.max(axis=1)
    where = {}
    for i in _filled(truth):
        middle = page.ink(truth.cells[i]).mean(axis=0)
        held = np.flatnonzero(((low <= middle) & (middle <= high)).all(axis=1))
        if len(held):
            where[i] = int(held[0])
    crowded = {cell for cell, count in Counter(where.values()).items() if count > 1}
    return {i: cell for i, cell in where.items() if cell not in crowded}


def relations(cells: Sequence[Placed], filled: Iterable[int]) -> set[Relation]:
    """Neighbours among the filled cells: to the right, and below."""
    grid: dict[tuple[int, int], int] = {}
    for i in filled:
        for row in range(cells[i].row, cells[i].row + cells[i].row_span):
            for col in range(cells[i].col, cells[i].col + cells[i].col_span):
                grid[row, col] = i
    found: set[Relation] = set()
    last_right: dict[int, int] = {}
    last_below: dict[int, int] = {}
    for (row, col), i in sorted(grid.items()):
        for before, at, way in ((last_right, row, "right"), (last_below, col, "below")):
            if at in before and before[at] != i:
                found.add((before[at], i, way))
            before[at] = i
    return found


def _place(cell: Placed) -> tuple[int, int, int, int]:
    return cell.row, cell.col, cell.row_span, cell.col_span


def plain(text: str) -> str:
    """A text without spaces and line breaks."""
    return "".join(text.split())
