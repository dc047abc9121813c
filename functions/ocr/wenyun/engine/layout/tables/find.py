"""The tables of an upright page: with a drawn grid, with level rules alone, with none.

The page is made level first, by its rulings or its lines of text, so that rows and columns of a
photograph are straight. Grids come first, then stacks of level rules, then what is left; a line is
in one table at most.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wenyun.engine.geometry import Image
from wenyun.engine.layout.tables.bare import bare_tables
from wenyun.engine.layout.tables.draft import Draft, cell_text
from wenyun.engine.layout.tables.drawn import draw_up, within
from wenyun.engine.layout.tables.lattice import Bools, Lattice, lattices
from wenyun.engine.layout.tables.level import Floats, Level, fit_level
from wenyun.engine.layout.tables.ruled import ruled_tables
from wenyun.engine.layout.tables.rulings import NONE, Rulings, find_rulings
from wenyun.engine.layout.tables.spans import spans
from wenyun.engine.layout.tables.strips import strips
from wenyun.engine.ranks import median
from wenyun.result import Box, Cell, Line

FEWEST = 4
"""A table has at least so many lines of text."""

FRAMED = 6
"""A cell with so many lines may hold a table of its own."""

MOST = 20_000
"""Lines looked at: pages with more are no pages."""


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table: its frame, its cells, and which lines are in it, row by row."""

    box: Box
    cells: tuple[Cell, ...]
    members: tuple[int, ...]


def find_tables(
    lines: Sequence[Line], size: tuple[float, float], picture: Image | None
) -> list[FoundTable]:
    """The tables on a page that stands upright, from top to bottom.

    Lines of a cell are joined with a line break, what stands side by side in a cell with a space.
    A line that was read across the border of two drawn cells is cut there, and is one member.

    Args:
        lines: In any order, boxes on the upright page.
        size: Width and height of the upright page, in the unit of the boxes.
        picture: (H, W, 3) uint8 BGR, the upright page, where there is one; it may be of another
            scale than the boxes.
    """
    if not FEWEST <= len(lines) <= MOST or min(size) <= 0:
        return []
    boxes = np.array([line.box for line in lines], np.float64)
    em = _text_height(boxes)
    if em <= 0:
        return []
    rulings = Rulings(NONE, NONE) if picture is None else find_rulings(picture, size, boxes, em)
    level = fit_level(rulings.level, rulings.upright, boxes, size)
    rects = _rects(level, boxes)
    drafts = _drafts(rulings, level, rects, lines, em)
    return [_finished(draft, level, size) for draft in sorted(drafts, key=lambda d: float(d.vs[0]))]


def _text_height(boxes: Floats) -> float:
    """The middle of the lines' short sides."""
    sides = np.linalg.norm(boxes[:, [1, 3]] - boxes[:, [0, 0]], axis=2)
    return median(np.min(sides, axis=1))


def _rects(level: Level, boxes: Floats) -> Floats:
    """(N, 4) u0, v0, u1, v1 of lines in level coordinates."""
    flat = level.flat(boxes.reshape(-1, 2)).reshape(-1, 4, 2)
    return np.concatenate([flat.min(axis=1), flat.max(axis=1)], axis=1)


def _drafts(
    rulings: Rulings, level: Level, rects: Floats, lines: Sequence[Line], em: float
) -> list[Draft]:
    across = _places(level, rulings.level, 1)
    free = list(range(len(lines)))
    found: list[Draft] = []
    for lattice in lattices(across, _places(level, rulings.upright, 0), em):
        drawn = _in_lattice(lattice, rects, lines, free, em)
        found += drawn
        if drawn:
            across = across[~_held(lattice, across, em)]
            free = _less(free, drawn)
    ruled = ruled_tables(across, rects, lines, free, em)
    bare = bare_tables(rects, lines, _less(free, ruled), em)
    free = _less(free, ruled + bare)
    beside = [t for strip in strips(rects, free, em) for t in bare_tables(rects, lines, strip, em)]
    return found + ruled + bare + beside


def _in_lattice(
    lattice: Lattice, rects: Floats, lines: Sequence[Line], free: Sequence[int], em: float
) -> list[Draft]:
    """The tables within the cells of a grid if there are such, else the grid itself."""
    inner: list[Draft] = []
    held = within(lattice, rects, free)
    for cell in spans(lattice) if len(held) >= FRAMED else ():
        rows, columns = cell.row + cell.row_span, cell.col + cell.col_span
        us, vs = lattice.us[[cell.col, columns]], lattice.vs[[cell.row, rows]]
        one = Lattice(us, vs, np.ones((2, 1), np.bool_), np.ones((1, 2), np.bool_))
        own = within(one, rects, held)
        if len(own) >= FRAMED:
            inner += bare_tables(rects, lines, own, em)
    table = None if inner else draw_up(lattice, rects, lines, free, em)
    return inner if table is None else [table]


def _places(level: Level, rulings: Floats, axis: int) -> Floats:
    """(N, 3) place, start and end of rulings in level coordinates; `axis` 1 for level ones."""
    start, end = level.flat(rulings[:, :2]), level.flat(rulings[:, 2:])
    place = (start[:, axis] + end[:, axis]) / 2
    return np.stack([place, start[:, 1 - axis], end[:, 1 - axis]], axis=1)


def _held(lattice: Lattice, across: Floats, em: float) -> Bools:
    """(N,) bool: which level rulings lie in a grid."""
    inside = (across[:, 0] > lattice.vs[0] - em) & (across[:, 0] < lattice.vs[-1] + em)
    overlap = (across[:, 1] < lattice.us[-1]) & (across[:, 2] > lattice.us[0])
    return np.asarray(inside & overlap, np.bool_)


def _less(free: Sequence[int], drafts: Sequence[Draft]) -> list[int]:
    taken = {i for draft in drafts for i in draft.members()}
    return [i for i in free if i not in taken]


def _finished(draft: Draft, level: Level, size: tuple[float, float]) -> FoundTable:
    cells = draft.cells
    firsts = [(0, 0), *((cell.col, cell.row) for cell in cells)]
    lasts = [(-1, -1), *((cell.col + cell.col_span, cell.row + cell.row_span) for cell in cells)]
    (lefts, tops), (rights, feet) = (
        (draft.us[[u for u, _ in ends]], draft.vs[[v for _, v in ends]]) for ends in (firsts, lasts)
    )
    frame, *boxes = _boxes(level, np.stack([lefts, tops, rights, feet], axis=1), size)
    found = tuple(
        Cell(cell.row, cell.col, cell.row_span, cell.col_span, cell_text(pieces), box)
        for cell, pieces, box in zip(cells, draft.pieces, boxes, strict=True)
    )
    return FoundTable(frame, found, draft.members())


def _boxes(level: Level, rects: Floats, size: tuple[float, float]) -> list[Box]:
    """(N, 4) level rectangles as boxes of the page."""
    corners = level.back(rects[:, [0, 1, 2, 1, 2, 3, 0, 3]].reshape(-1, 2))
    numbers = iter(np.clip(corners, 0, size).ravel().tolist())
    points = zip(numbers, numbers, strict=True)
    return list(zip(points, points, points, points, strict=True))
