"""A page's invisible text as PDF operators, in the page's own unit with y pointing up.

Each line is one text object along its lower edge, columns along their left one turned by a
quarter. A character is as wide as the way to the next one's start, so that what is marked with the
mouse is what lies under it; characters of about one width share an operator.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wenyun.exports.pdf.font import FONT, Codes
from wenyun.exports.pdf.truetype import DESCENT, EM
from wenyun.exports.plain import CONTROLS
from wenyun.exports.words import runs_down
from wenyun.result import Line, Page, Point, Word

SLACK = 0.06
"""Characters of one operator may lie so far from their places, in parts of the line's height."""

FROM_FILE = "pdf_text"
"""The reader's name of lines that the file itself has as text: they are not written again."""

LEAST = 0.1
"""Points or pixels: nothing is flatter."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one width, in the page's unit."""

    text: str
    width: float


@dataclass(frozen=True, slots=True)
class Axes:
    """Where a line starts, and the unit vectors along it and up from it, y pointing down."""

    origin: Point
    along: Point
    up: Point
    height: float
    length: float


def page_layer(page: Page, codes: Codes) -> str:
    """The operators; empty where there is nothing to write."""
    lines = [line for line in page.lines() if line.model != FROM_FILE and line.text.strip()]
    return "".join(_line(line, page.height, codes) for line in lines)


def _line(line: Line, page_height: float, codes: Codes) -> str:
    axes = _axes(line)
    if axes is None:
        return ""
    x, y = axes.origin
    matrix = (axes.along[0], -axes.along[1], axes.up[0], -axes.up[1])
    base = -DESCENT / EM * axes.height
    place = (x + axes.up[0] * base, page_height - (y + axes.up[1] * base))
    shown = "".join(_show(run, axes.height, codes) for run in _runs(line, axes))
    turn = " ".join(_number(value, 5) for value in matrix)
    at = " ".join(_number(value, 2) for value in place)
    return f"BT 3 Tr /{FONT} {_number(axes.height, 2)} Tf {turn} {at} Tm\n{shown}ET\n"


def _axes(line: Line) -> Axes | None:
    """None for a line without an extent."""
    first, second, third, fourth = line.box
    if runs_down(line):
        # Turned clockwise by a quarter: it starts at the top and its foot is on the left.
        origin, end, top = first, fourth, second
    else:
        origin, end, top = fourth, third, first
    length, height = math.dist(origin, end), math.dist(origin, top)
    if min(length, height) < LEAST:
        return None
    along = ((end[0] - origin[0]) / length, (end[1] - origin[1]) / length)
    up = ((top[0] - origin[0]) / height, (top[1] - origin[1]) / height)
    return Axes(origin, along, up, height, length)


def _show(run: Run, size: float, codes: Codes) -> str:
    scale = max(1.0, 100 * run.width / size)
    return f"{_number(scale, 1)} Tz<{codes.encode(run.text)}>Tj\n"


def _runs(line: Line, axes: Axes) -> Iterator[Run]:
    text, starts = _starts(line, axes)
    first = 0
    while first < len(text):
        last = _reach(starts, first, SLACK * axes.height)
        width = (starts[last] - starts[first]) / (last - first)
        yield Run(text[first:last], width)
        first = last


def _reach(starts: Sequence[float], first: int, slack: float) -> int:
    """The end of the longest run from `first` on whose characters lie where they should."""
    last = first + 1
    while last + 1 < len(starts):
        width = (starts[last + 1] - starts[first]) / (last + 1 - first)
        places = range(first + 1, last + 1)
        if any(abs(starts[i] - starts[first] - (i - first) * width) > slack for i in places):
            break
        last += 1
    return last


def _starts(line: Line, axes: Axes) -> tuple[str, list[float]]:
    """The characters, and where each starts along the line; at the end, where the last one ends."""
    marks = line.characters
    if not marks:
        text = CONTROLS.sub(" ", line.text)
        return text, [axes.length * i / len(text) for i in range(len(text) + 1)]
    text = "".join(CONTROLS.sub(" ", mark.text)[:1] or " " for mark in marks)
    ends = [_extent(mark, axes) for mark in marks]
    starts: list[float] = []
    for start, _ in ends:
        starts.append(max(start, starts[-1] if starts else start))
    return text, [*starts, max(ends[-1][1], starts[-1])]


def _extent(mark: Word, axes: Axes) -> tuple[float, float]:
    """Where a character starts and ends along its line."""
    places = sorted(
        (x - axes.origin[0]) * axes.along[0] + (y - axes.origin[1]) * axes.along[1]
        for x, y in mark.box
    )
    return (places[0] + places[1]) / 2, (places[2] + places[3]) / 2


def _number(value: float, digits: int) -> str:
    """As PDF writes numbers: no exponent, no needless zeros."""
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text
