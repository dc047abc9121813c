"""Tables with a drawn grid: lines put into its cells."""

from collections.abc import Sequence

import numpy as np

from wenyun.engine.layout.tables.draft import Draft, Piece, in_order, rect_of
from wenyun.engine.layout.tables.lattice import Bools, Lattice, pruned, without_struck
from wenyun.engine.layout.tables.level import Floats
from wenyun.engine.layout.tables.rows import tall_rows
from wenyun.engine.layout.tables.spans import Numbers, owners, spans
from wenyun.engine.layout.tables.splits import split_line
from wenyun.result import Line

OVER = 0.5
"""A line that reaches so many text heights over a border on both sides is cut there."""

MIN_CELLS = 4
MIN_FILLED = 3
FILLED = 0.25
"""Cells with text, of all: charts and picture frames have fewer."""

CROSSED = 0.4
"""Where more lines than this share run over borders, it is ruled writing paper, no table."""

PROSE_LINES = 8
"""Cells with so many lines are columns of a newspaper; half of all lines may be in such."""

UNDIVIDED = 2.6
"""A row so many text heights high may be several rows with no rule between them."""


def draw_up(
    lattice: Lattice, rects: Floats, lines: Sequence[Line], free: Sequence[int], em: float
) -> Draft | None:
    """The table in a drawn grid, or nothing if the grid holds something else.

    Args:
        lattice: The grid.
        rects: (N, 4) all lines in level coordinates.
        lines: All lines of the page.
        free: Numbers of the lines that are in no table yet.
        em: How high text is.
    """
    inside = within(lattice, rects, free)
    if len(inside) < MIN_FILLED:
        return None
    lattice = without_struck(lattice, rects[inside], em)
    lattice = _divided(lattice, rects, inside, em)
    if min(lattice.shape) < 2:
        return None
    cells = spans(lattice)
    pieces: list[list[Piece]] = [[] for _ in cells]
    owner, cut = owners(cells, lattice.shape), 0
    for number in inside:
        parts = _parts(lattice, owner, rects[number], lines[number], number, em)
        cut += len(parts) > 2
        for cell, piece in parts:
            pieces[cell].append(piece)
    draft = Draft(lattice.us, lattice.vs, tuple(cells), tuple(in_order(p) for p in pieces))
    return draft if cut <= CROSSED * len(inside) and _is_table(draft) else None


def within(lattice: Lattice, rects: Floats, free: Sequence[int]) -> list[int]:
    """Lines whose middle lies in the grid."""
    u, v = (rects[:, 0] + rects[:, 2]) / 2, (rects[:, 1] + rects[:, 3]) / 2
    held = (u > lattice.us[0]) & (u < lattice.us[-1]) & (v > lattice.vs[0]) & (v < lattice.vs[-1])
    return [i for i in free if held[i]]


def _parts(
    lattice: Lattice, owner: Numbers, rect: Floats, line: Line, number: int, em: float
) -> list[tuple[int, Piece]]:
    """The cells that a line stands in, with what of it stands in each."""
    u0, v0, u1, v1 = rect_of(rect)
    row = int(np.searchsorted(lattice.vs, (v0 + v1) / 2)) - 1
    middle = int(np.searchsorted(lattice.us, (u0 + u1) / 2)) - 1
    over = OVER * em
    borders = [
        b
        for b in range(1, len(lattice.us) - 1)
        if u0 + over < lattice.us[b] < u1 - over and owner[row, b - 1] != owner[row, b]
    ]
    if not borders or u1 - u0 < v1 - v0:
        return [(int(owner[row, middle]), Piece(number, line.text, (u0, v0, u1, v1)))]
    edges = [u0, *(float(lattice.us[b]) for b in borders), u1]
    texts = split_line(line, [(edge - u0) / (u1 - u0) for edge in edges[1:-1]])
    columns = [borders[0] - 1, *borders]
    return [
        (int(owner[row, column]), Piece(number, text, (left, v0, right, v1)))
        for column, text, left, right in zip(columns, texts, edges, edges[1:], strict=False)
        if text
    ]


def _is_table(draft: Draft) -> bool:
    filled = [cell for cell in draft.pieces if cell]
    total = sum(len(cell) for cell in filled)
    prose = sum(len(cell) for cell in filled if len(cell) >= PROSE_LINES)
    return (
        len(draft.cells) >= MIN_CELLS
        and len(filled) >= max(MIN_FILLED, FILLED * len(draft.cells))
        and 2 * prose <= total
    )


def _divided(lattice: Lattice, rects: Floats, inside: Sequence[int], em: float) -> Lattice:
    """The lattice with borders between rows of text that have no rules between them."""
    for row in reversed(range(lattice.shape[0])):
        if lattice.vs[row + 1] - lattice.vs[row] < UNDIVIDED * em:
            continue
        own = lattice.across[row] & lattice.across[row + 1]
        middles = (rects[inside, 1] + rects[inside, 3]) / 2
        here = (middles > lattice.vs[row]) & (middles < lattice.vs[row + 1])
        places = tall_rows(rects[inside][here], lattice.us[lattice.down[row]], em)
        lattice = _with_borders(lattice, row, own, places)
    return lattice


def _with_borders(lattice: Lattice, row: int, own: Bools, places: list[float]) -> Lattice:
    if not places:
        return lattice
    count = len(places)
    vs = np.insert(lattice.vs, row + 1, places)
    across = np.insert(lattice.across, [row + 1] * count, own, axis=0)
    down = np.insert(lattice.down, [row] * count, lattice.down[row], axis=0)
    return pruned(Lattice(vs=vs, us=lattice.us, across=across, down=down))
