"""How a page lies: upright, on a side or on its head, in lines or in columns. Evidence decides.

There are two ways for lines and two for columns, given how most boxes run. A sample is read in the
ways that are in question, and the way with the most surely read characters wins; but a page is
taken to be upright unless another way reads better by a margin.

One thing has to be known of recognisers: trained on columns that were laid on the left side, they
read Han characters that lie so as well as upright ones. A way therefore casts a shadow: the page
turned a quarter less reads as well, in the other layout, and only there. Where both read well, the
way that casts the shadow is the right one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wenyun.engine.evidence import evidence, is_han, sureness
from wenyun.engine.lines import Line

ReadLines = Callable[[Sequence[Line]], list[Line]]
"""Reads lines with the first model."""

SAMPLE = 6
"""Lines that speak for the page: the longest."""

SURE = 0.9
"""Lines read more surely than this do not stand on their head. Upside down, Latin text comes to
0.85 at most (measured on drawn and real pages, all turned)."""

UNLIKE = 0.8
"""Wide boxes read less surely than this may even be columns of a page on its side."""

MARGIN, LEAST = 1.15, (2.0, 0.5)
"""Another way needs so many times the evidence of the upright one, and so much more: of wide boxes,
of tall ones. Measured: the right way has 1.3 times and more; upright pages never have above 0.95 in
another way."""

SHADOW = 0.85
"""A way with so much of the evidence of its shadow is the right one (right ways have 0.93 and more,
others 0.5 at most, where there are enough characters)."""

SHADOW_UPRIGHT = 0.6
"""The same, where the way in question is upright."""

FEW = 8.0
"""Evidence below which ways are hard to tell apart: short words look alike in many."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a page is taken to lie: the clockwise turn that it needs, in lines or in columns."""

    turn: int
    columns: bool

    def __call__(self, line: Line) -> Line:
        """A line of the page taken this way; on a page of columns, tall boxes are such."""
        turned = line.turned(self.turn)
        return turned.as_column() if self.columns and turned.tall else turned


def settle_page(lines: Sequence[Line], direction: str, read: ReadLines) -> list[Line]:
    """Turn all lines as the page lies; those of the sample may come back read.

    Args:
        lines: As the detector found them, upright.
        direction: auto, horizontal (no columns) or vertical (tall boxes are columns).
        read: Reads lines.
    """
    return settle_way(lines, direction, read)[0]


def settle_way(lines: Sequence[Line], direction: str, read: ReadLines) -> tuple[list[Line], Way]:
    """As `settle_page`, and the way in which the page is taken to lie."""
    tall = most_are_tall(lines)
    sample = sorted(
        (i for i, line in enumerate(lines) if line.tall == tall), key=lambda i: -length(lines[i])
    )[:SAMPLE]
    if not sample:
        return list(lines), Way(0, False)
    trial = Trial([lines[i] for i in sample], tall, direction, read)
    way = trial.best()
    settled = [way(line) for line in lines]
    for index, line in zip(sample, trial.read(way), strict=True):
        settled[index] = line
    return settled, way


def most_are_tall(lines: Sequence[Line]) -> bool:
    """Whether tall boxes are longer in sum than wide ones; squares say nothing."""
    weights = [length(line) * (line.tall - line.wide) for line in lines]
    return sum(weights) > 0


def length(line: Line) -> float:
    """The longer side of the upright frame around a line, in pixels."""
    return float(abs(line.quad[2] - line.quad[0]).max())


class Trial:
    """Reads a sample in one way after another, each at most once."""

    def __init__(self, sample: Sequence[Line], tall: bool, direction: str, read: ReadLines) -> None:
        self._sample = sample
        self._tall = tall
        self._direction = direction
        self._read = read
        self._found: dict[Way, list[Line]] = {}
        self._weights: dict[Way, float] = {}

    def read(self, way: Way) -> list[Line]:
        """The sample read in a way."""
        if way not in self._found:
            self._found[way] = self._read([way(line) for line in self._sample])
            self._weights[way] = evidence(self._found[way])
        return self._found[way]

    def best(self) -> Way:
        """The way in which the page lies."""
        upright = Way(0, self._tall)
        if self._direction == "horizontal":
            return self._choose([Way(90, False), Way(270, False)] if self._tall else self._heads())
        if self._direction == "vertical" or not self._tall:
            ways = self._heads()
        else:
            ways = [upright, Way(90, False), Way(270, False), Way(180, True)]
        if self._direction == "auto" and not self._tall:
            ways += self._sides()
        return self._choose(ways)

    def _heads(self) -> list[Way]:
        """Upright, and on its head if the upright sample reads badly."""
        upright = Way(0, self._tall)
        sure = sureness(self.read(upright)) >= SURE
        return [upright] if sure else [upright, Way(180, self._tall)]

    def _sides(self) -> list[Way]:
        """Wide boxes may be columns on their side: if they read badly, or as well as a shadow."""
        found = self.read(Way(0, False))
        if sureness(found) < UNLIKE:
            return [Way(90, True), Way(270, True)]
        longest = max(range(len(found)), key=lambda i: evidence([found[i]]))
        if not is_han(found[longest]):
            return []
        other = self._read([Way(90, True)(self._sample[longest])])
        likely = evidence(other) >= SHADOW * evidence([found[longest]])
        return [Way(90, True), Way(270, True)] if likely else []

    def _choose(self, ways: Sequence[Way]) -> Way:
        """The way with the most evidence, if it has enough to outdo the upright one.

        Args:
            ways: The upright way first, lines before columns: where there is little to tell ways
                apart by, the first of equals is taken.
        """
        for way in ways:
            self.read(way)
        weights = self._weights
        best = max(ways, key=lambda way: weights[way])
        if weights[best] < FEW:
            best = next(way for way in ways if weights[way] >= SHADOW * weights[best])
        caster = Way((best.turn + 90) % 360, not best.columns)
        if caster in weights and self._casts(caster, best):
            best = caster
        upright = ways[0]
        if upright.turn != 0 or best == upright or (best.turn == 90 and self._casts(best, upright)):
            return best
        needed = MARGIN * weights[upright] + LEAST[self._tall]
        return best if weights[best] >= needed else upright

    def _casts(self, way: Way, shadow: Way) -> bool:
        """Whether what another way reads is but a shadow of this one."""
        weight = self._weights[way]
        if way.turn == 0:
            return weight >= SHADOW_UPRIGHT * self._weights[shadow]
        opposite = self._weights.get(Way((way.turn + 180) % 360, way.columns), weight)
        # What reads well on its head too reads well in any way, and tells none from another.
        clear = 2 * opposite < weight and (weight >= FEW or not way.columns)
        return clear and weight >= SHADOW * self._weights[shadow]
