"""Lines as a compositor sees them: pieces of one line joined, with size, weight and edges."""

from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol

import numpy as np

from wenyun.engine.layout.markers import is_number_apart
from wenyun.engine.layout.rects import Rects, Values
from wenyun.engine.layout.sizes import FIRST_WIDE, drop

PIECES = 1.6
"""Pieces of a line that are no further apart than this many sizes are one line."""

HEADING_PIECES = 5.0
"""A chapter's number and its title may be so many sizes apart."""


class Setting(Protocol):
    """What is known of every line of a zone, by number."""

    @property
    def rects(self) -> Rects:
        """(N, 4) rectangles."""

    @property
    def sizes(self) -> Values:
        """(N,) type sizes."""

    @property
    def weights(self) -> Values:
        """(N,) stroke thickness, 0 where unknown."""

    @property
    def texts(self) -> list[str]:
        """What each line says."""


@dataclass(frozen=True, slots=True)
class Strip:
    """One line across a column. `alone` is False where a row holds several that stand apart."""

    members: tuple[int, ...]
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    weight: float
    text: str
    alone: bool = True

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.y0 + self.y1) / 2

    @property
    def base(self) -> float:
        """The height of the line that its letters stand on, where they run across."""
        return self.y1 - drop(self.text, self.size)

    @property
    def units(self) -> int:
        """How long the text is, in halves of a character of Han."""
        return len(self.text) + sum(map(FIRST_WIDE.__le__, self.text))

    @property
    def centre(self) -> float:
        """Half way along it."""
        return (self.x0 + self.x1) / 2


def _is_heading(row: list[int], setting: Setting, gap: float) -> bool:
    """Whether a row is a chapter's number and, further on, its title."""
    near = gap < HEADING_PIECES * float(np.max(setting.sizes[row]))
    return len(row) == 2 and near and is_number_apart(setting.texts[row[0]])


def strip_of(row: list[int], setting: Setting) -> Strip:
    """A row as one strip; pieces far apart make it one of several columns, as in a form."""
    rects: list[list[float]] = setting.rects[row].tolist()
    texts = [setting.texts[i] for i in row]
    main = row[max(range(len(row)), key=lambda at: len(texts[at]))]
    gap = _widest_gap(rects)
    return Strip(
        members=tuple(row),
        x0=min(rect[0] for rect in rects),
        y0=min(rect[1] for rect in rects),
        x1=max(rect[2] for rect in rects),
        y1=max(rect[3] for rect in rects),
        size=float(setting.sizes[main]),
        weight=float(setting.weights[main]),
        text=" ".join(texts),
        alone=len(row) == 1
        or gap <= PIECES * float(np.max(setting.sizes[row]))
        or _is_heading(row, setting, gap),
    )


def _widest_gap(rects: list[list[float]]) -> float:
    """The widest white between neighbours of a row."""
    ends = accumulate((rect[2] for rect in rects), max)
    return max((after[0] - end for after, end in zip(rects[1:], ends, strict=False)), default=0.0)
