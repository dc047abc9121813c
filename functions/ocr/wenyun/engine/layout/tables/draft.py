"""A table before it is written down: its grid, and which text stands in which cell."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wenyun.engine.layout.tables.level import Floats
from wenyun.engine.layout.tables.spans import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of a line, by its number, that stands in a cell; `rect` is u0, v0, u1, v1."""

    line: int
    text: str
    rect: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Draft:
    """Borders in level coordinates, cells row by row, and the pieces in each."""

    us: Floats
    vs: Floats
    cells: tuple[Span, ...]
    pieces: tuple[tuple[Piece, ...], ...]

    def members(self) -> tuple[int, ...]:
        """Numbers of the lines in the table, row by row, each once."""
        return tuple(dict.fromkeys(piece.line for cell in self.pieces for piece in cell))


def in_order(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """A cell's pieces row by row, each row from left to right."""
    return tuple(piece for row in visual_rows(pieces) for piece in row)


def cell_text(pieces: Sequence[Piece]) -> str:
    """A cell's text: what stands side by side with a space between, rows with a line break."""
    return "\n".join(" ".join(piece.text for piece in row) for row in visual_rows(pieces))


def visual_rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that stand side by side, from top to bottom."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (p.rect[1] + p.rect[3], p.rect[0], p.line)):
        if rows and _beside(rows[-1][0], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: (p.rect[0], p.line)) for row in rows]


def _beside(one: Piece, other: Piece) -> bool:
    shared = min(one.rect[3], other.rect[3]) - max(one.rect[1], other.rect[1])
    lower = min(one.rect[3] - one.rect[1], other.rect[3] - other.rect[1])
    return shared > 0.5 * lower


def rect_of(row: Floats) -> tuple[float, float, float, float]:
    """A row of (N, 4) as numbers."""
    u0, v0, u1, v1 = (float(value) for value in np.asarray(row, np.float64))
    return u0, v0, u1, v1
