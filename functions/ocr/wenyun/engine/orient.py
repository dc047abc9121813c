"""Which way lines run: turned pages, vertical columns, lines on their head. Evidence decides.

Nothing is turned on a classifier's word alone: a turn has to read better.
"""

from collections.abc import Callable, Sequence

from wenyun.engine.classify import LineAngle
from wenyun.engine.geometry import Image, crop
from wenyun.engine.lines import Line

ReadLines = Callable[[Sequence[Line]], list[Line]]
"""Reads lines with the first model."""

OpenClassifier = Callable[[], LineAngle | None]
"""Opens the 180 degrees classifier, if there is one."""

SAMPLE = 6
"""Lines that speak for the page: the longest."""

UNSURE = 0.8
"""A line read less surely than this may stand on its head."""

BETTER = 0.05
"""A turn must read surer by this much."""

TURNS = (90, 270)


def settle_tall(lines: Sequence[Line], direction: str, read: ReadLines) -> list[Line]:
    """Decide for every tall box how it runs; the others stay as they are.

    Where most boxes are tall the page itself is turned or vertical, so a sample decides for all.
    """
    tall = [line for line in lines if line.tall]
    if not tall:
        return list(lines)
    if direction == "vertical":
        return [line.as_column() if line.tall else line for line in lines]
    ways = _ways(direction)
    if 2 * len(tall) > len(lines) and len(tall) > 1:
        way = _best_way(sorted(tall, key=_length)[-SAMPLE:], ways, read)
        return (
            [ways[way](line) for line in lines]
            if way < len(TURNS)
            else _each(lines, [ways[way]], read)
        )
    return _each(lines, ways, read)


def settle_heads(
    lines: Sequence[Line], image: Image, classifier: OpenClassifier, read: ReadLines
) -> list[Line]:
    """Turn lines that were read badly because they stand on their head, and read them again."""
    suspects = [i for i, line in enumerate(lines) if line.confidence < UNSURE and not line.column]
    model = classifier() if suspects else None
    if model is None:
        return list(lines)
    flags = model.flipped([crop(image, lines[i].quad) for i in suspects])
    flipped = [i for i, flag in zip(suspects, flags, strict=True) if flag]
    settled = list(lines)
    for index, again in zip(flipped, read([lines[i].turned(180) for i in flipped]), strict=True):
        if again.confidence > lines[index].confidence + BETTER:
            settled[index] = again
    return settled


def _ways(direction: str) -> list[Callable[[Line], Line]]:
    turned = [lambda line, by=by: line.turned(by) for by in TURNS]
    upright = [Line.as_column] if direction == "auto" else [lambda line: line]
    return [*turned, *upright]


def _best_way(
    sample: Sequence[Line], ways: Sequence[Callable[[Line], Line]], read: ReadLines
) -> int:
    """The way in which the sample reads surest, each character counting once."""
    scores = [_sureness(read([way(line) for line in sample])) for way in ways]
    return max(range(len(ways)), key=scores.__getitem__)


def _each(
    lines: Sequence[Line], ways: Sequence[Callable[[Line], Line]], read: ReadLines
) -> list[Line]:
    """Each tall line in the way in which it reads surest."""
    tall = [i for i, line in enumerate(lines) if line.tall]
    settled = list(lines)
    if len(ways) == 1:
        for index in tall:
            settled[index] = ways[0](lines[index])
        return settled
    tries = [read([way(lines[i]) for i in tall]) for way in ways]
    for place, index in enumerate(tall):
        settled[index] = max((found[place] for found in tries), key=lambda line: line.confidence)
    return settled


def _sureness(lines: Sequence[Line]) -> float:
    values = [c for line in lines if line.reading for c in line.reading.confidences]
    return sum(values) / len(values) if values else 0.0


def _length(line: Line) -> float:
    return float(abs(line.quad[2] - line.quad[0]).max())
