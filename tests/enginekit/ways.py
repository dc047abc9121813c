"""A reader that knows how lines run: for tests of turns."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from wenyun.engine.ctc import Reading
from wenyun.engine.layout.turns import line_angle
from wenyun.engine.lines import Line

Run = tuple[int, bool]
"""The turn that a line needs to be upright, and whether it is a column."""


def box(x: float, y: float, width: float, height: float) -> Line:
    """An upright box, as the detector gives it."""
    quad = [[x, y], [x + width, y], [x + width, y + height], [x, y + height]]
    return Line(np.array(quad, np.float32))


def tall(number: int) -> Line:
    """One of many tall boxes beside each other."""
    return box(20 + 40 * number, 20, 20, 300)


def wide(number: int) -> Line:
    """One of many wide boxes below each other."""
    return box(20, 20 + 40 * number, 300, 20)


def run(line: Line) -> Run:
    """How a line is taken to run."""
    return line_angle(line.quad), line.column


@dataclass
class Truth:
    """Reads surely what is taken the way it runs, as surely its shadow, and badly all else.

    `runs` says how lines run, `chars` what stands there; `shadow` is how sure the characters of
    the shadow are (see `orient`), `wrong` those of the other ways.
    """

    runs: Run
    chars: str = "一二三四五六七八九十"
    right: float = 0.95
    shadow: float = 0.95
    wrong: float = 0.4
    asked: list[Run] = field(default_factory=list)

    def __call__(self, lines: Sequence[Line]) -> list[Line]:
        """Read lines, noting how they were taken to run."""
        self.asked += [run(line) for line in lines]
        return [self.read(line) for line in lines]

    def read(self, line: Line) -> Line:
        """What is read of a line that is taken to run its way."""
        sure = self._sure(line)
        count = len(self.chars)
        places = tuple((place + 0.5) / count for place in range(count))
        return line.read_as(Reading(self.chars, (sure,) * count, places), "crnn")

    def _sure(self, line: Line) -> float:
        if run(line) == self.runs and not line.lying:
            return self.right
        turn, column = self.runs
        as_shadow = ((turn + 270) % 360, not column)
        return self.shadow if run(line) == as_shadow else self.wrong
