"""What has one place in the order, whatever stands in it: tables and figures."""

from dataclasses import dataclass

import numpy as np

from wenyun.engine.geometry import Image
from wenyun.engine.layout.figures import FoundFigure, find_figures
from wenyun.engine.layout.rects import Rects, bounds
from wenyun.engine.layout.sizes import type_size, usual
from wenyun.engine.layout.skew import level_rects
from wenyun.engine.layout.stacks import stacked
from wenyun.engine.layout.tables.find import FoundTable, find_tables
from wenyun.result import Box, Cell, Line

Size = tuple[float, float]

PROSE_SHARE = 0.6
"""If so much of a table's text is running text, columns of prose were taken for it."""

LINES_A_CELL = 1.5
"""With more lines a cell than this, running text is what its cells hold."""


@dataclass(frozen=True, slots=True)
class Upright:
    """A page that stands upright: its lines by number, its size, its picture."""

    lines: list[Line]
    size: Size
    picture: Image | None

    @property
    def scale(self) -> float:
        """Pixels of the picture to one unit of the boxes."""
        return self.picture.shape[1] / self.size[0] if self.picture is not None else 1.0


@dataclass(frozen=True, slots=True)
class Solid:
    """A table or a figure of an upright page: one block, whatever stands in it."""

    type: str
    box: Box
    members: tuple[int, ...]
    cells: tuple[Cell, ...] = ()


def find_solids(upright: Upright) -> list[Solid]:
    """Tables, and figures beside them; no line is in two."""
    quads = [np.array(line.box, np.float32) for line in upright.lines]
    rects = bounds(quads)
    tables = find_tables(upright.lines, upright.size, upright.picture)
    if tables:
        level = level_rects(quads, vertical=False)
        tables = [table for table in tables if not is_columns(table, level)]
    found = [_table(table) for table in tables]
    taken = {i for table in tables for i in table.members}
    for figure in _figures(upright, rects):
        if not any(_overlap(figure.rect, table.box) for table in found):
            members = tuple(i for i in figure.members if i not in taken)
            taken |= set(members)
            found.append(Solid("figure", _frame(figure.rect), members))
    return found


def _figures(upright: Upright, rects: Rects) -> list[FoundFigure]:
    if upright.picture is None:
        return []
    sides = np.minimum(rects[:, 2] - rects[:, 0], rects[:, 3] - rects[:, 1])
    texts = [line.text for line in upright.lines]
    sizes = [type_size(text, float(side)) for text, side in zip(texts, sides, strict=True)]
    body = usual(np.array(sizes, np.float32), texts)
    return find_figures(rects, body, upright.size, upright.picture)


def _table(table: FoundTable) -> Solid:
    return Solid("table", table.box, table.members, table.cells)


def is_columns(table: FoundTable, rects: Rects) -> bool:
    """Whether columns of prose, whose lines keep step, were taken for a table.

    Args:
        table: What was found.
        rects: (N, 4) all lines of the page, on the level.
    """
    members = list(table.members)
    filled = sum(bool(cell.text.strip()) for cell in table.cells)
    if not members or len(members) > LINES_A_CELL * filled:
        return False
    own = rects[members]
    widths = own[:, 2] - own[:, 0]
    running = float(np.sum(widths[stacked(own)]))
    return running > PROSE_SHARE * float(np.sum(widths))


def _frame(rect: tuple[float, float, float, float]) -> Box:
    x0, y0, x1, y1 = rect
    return (x0, y0), (x1, y0), (x1, y1), (x0, y1)


def _overlap(rect: tuple[float, float, float, float], box: Box) -> bool:
    xs, ys = [x for x, _ in box], [y for _, y in box]
    wide = min(rect[2], max(xs)) - max(rect[0], min(xs))
    high = min(rect[3], max(ys)) - max(rect[1], min(ys))
    return wide > 0 and high > 0
