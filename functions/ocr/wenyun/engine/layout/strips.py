"""Lines as a compositor sees them: pieces of one line joined, with size, weight and edges."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from wenyun.engine.layout.markers import is_number_apart
from wenyun.engine.layout.rects import Rects, Values, extent
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


def _is_heading(row: list[int], setting: Setting, gaps: Values) -> bool:
    """Whether a row is a chapter's number and, further on, its title."""
    near = float(np.max(gaps)) < HEADING_PIECES * float(np.max(setting.sizes[row]))
    return len(row) == 2 and near and is_number_apart(setting.texts[row[0]])


def strip_of(row: list[int], setting: Setting) -> Strip:
    """A row as one strip; pieces far apart make it one of several columns, as in a form."""
    rects, sizes = setting.rects[row], setting.sizes[row]
    gaps = rects[1:, 0] - np.maximum.accumulate(rects[:, 2])[:-1]
    x0, y0, x1, y1 = extent(rects)
    lengths = [len(setting.texts[i]) for i in row]
    main = row[int(np.argmax(lengths))]
    return Strip(
        members=tuple(row),
        x0=x0,
        y0=y0,
        x1=x1,
        y1=y1,
        size=float(setting.sizes[main]),
        weight=float(setting.weights[main]),
        text=" ".join(setting.texts[i] for i in row),
        alone=not np.any(gaps > PIECES * np.max(sizes)) or _is_heading(row, setting, gaps),
    )
