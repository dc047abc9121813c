"""Lines that run otherwise than their page: side text, columns, lines on their head."""

from collections.abc import Callable, Sequence

from wenyun.deadline import NEVER, Deadline
from wenyun.engine.classify import LineAngle
from wenyun.engine.evidence import evidence
from wenyun.engine.geometry import Image, crop
from wenyun.engine.lines import Line
from wenyun.engine.orient import SHADOW_UPRIGHT, ReadLines

OpenClassifier = Callable[[], LineAngle | None]
"""Opens the 180 degrees classifier, if there is one."""

UNSURE = 0.8
"""A line read less surely than this may stand on its head, a column may be a line on its side."""

BETTER, SURER = 1.15, 0.5
"""A turned line has so many times the evidence of the upright one and so much more."""


def settle_tall(lines: Sequence[Line], direction: str, read: ReadLines) -> list[Line]:
    """Read every tall box of an upright page in the way in which it reads surest.

    Args:
        lines: Of a page that stands upright; columns are marked on a page of columns.
        direction: auto, horizontal (no columns) or vertical (tall boxes are columns).
        read: Reads lines.
    """
    if direction == "vertical":
        lines = [line.as_column() if line.tall and not line.column else line for line in lines]
    settled = list(lines)
    for settle, members in (
        (_columns, [i for i, line in enumerate(lines) if line.column]),
        (
            lambda own, read: _side_text(own, direction != "horizontal", read),
            [i for i, line in enumerate(lines) if line.tall and not line.column],
        ),
    ):
        for index, line in zip(members, settle([lines[i] for i in members], read), strict=True):
            settled[index] = line
    return settled


def _columns(columns: Sequence[Line], read: ReadLines) -> list[Line]:
    """Columns of a page of columns: cut into characters, or laid down whole, whichever gives more.

    Cutting fails where characters touch; laid down, Latin words that were set sideways stand
    upright, and Han characters are as recognisers know them from columns.
    """
    unread = iter(read([line for line in columns if line.reading is None]))
    stacked = [next(unread) if line.reading is None else line for line in columns]
    laid = read([line.as_column(lying=True) for line in columns])
    settled = [_more(pair) for pair in zip(stacked, laid, strict=True)]
    unsure = [i for i, line in enumerate(settled) if line.confidence < UNSURE]
    for index, other in zip(unsure, read([settled[i].turned(90) for i in unsure]), strict=True):
        settled[index] = _if_better(settled[index], other)
    return settled


def _side_text(lines: Sequence[Line], may_be_columns: bool, read: ReadLines) -> list[Line]:
    """Tall boxes of a page of lines: turned by a quarter either way, or columns."""
    sides = [read([line.turned(by) for line in lines]) for by in (270, 90)]
    turned = [_more(pair) for pair in zip(*sides, strict=True)]
    if not may_be_columns:
        return turned
    stacked = read([line.as_column() for line in lines])
    return [
        column if _weight(column) > SHADOW_UPRIGHT * _weight(side) else side
        for column, side in zip(stacked, turned, strict=True)
    ]


def _weight(line: Line) -> float:
    """The evidence of a line, as far as the line as a whole is likely to be right.

    Round letters read surely in any way: cut apart, a line on its side gives some of them.
    """
    return evidence([line]) * line.likelihood


def _more(lines: Sequence[Line]) -> Line:
    """The reading with the most evidence, the first of equals."""
    return max(lines, key=lambda line: evidence([line]))


def _if_better(line: Line, again: Line) -> Line:
    """The line read again, turned, if that gives more by a margin."""
    better = evidence([again]) > BETTER * evidence([line]) + SURER
    return again if better else line


def settle_heads(
    lines: Sequence[Line],
    image: Image,
    classifier: OpenClassifier,
    read: ReadLines,
    deadline: Deadline = NEVER,
) -> list[Line]:
    """Turn lines that were read badly because they stand on their head, and read them again.

    Nothing is turned on the classifier's word alone: a turn has to read better.
    """
    suspects = [i for i, line in enumerate(lines) if line.confidence < UNSURE and not line.column]
    model = classifier() if suspects else None
    if model is None:
        return list(lines)
    flags = model.flipped([crop(image, lines[i].quad) for i in suspects], deadline)
    flipped = [i for i, flag in zip(suspects, flags, strict=True) if flag]
    settled = list(lines)
    for index, again in zip(flipped, read([lines[i].turned(180) for i in flipped]), strict=True):
        settled[index] = _if_better(lines[index], again)
    return settled
