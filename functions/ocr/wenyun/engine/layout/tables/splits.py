"""A line that runs over the borders of cells, cut there: no character is lost or doubled."""

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from wenyun.result import Line

NEAR = 1.5
"""A space so many characters from the border is where the line is cut."""


def split_line(line: Line, shares: Sequence[float]) -> list[str]:
    """The parts of a line between borders, without the spaces at their ends.

    Args:
        line: What was read.
        shares: Where borders cross it, in parts of its length, ascending.
    """
    middles = _middles(line)
    cuts = [0, *(_cut(line.text, middles, share) for share in shares), len(line.text)]
    cuts = [max(cuts[: i + 1]) for i in range(len(cuts))]
    return [line.text[a:b].strip() for a, b in pairwise(cuts)]


def _middles(line: Line) -> list[float]:
    """Where each character stands, in parts of the line's length."""
    if line.characters and "".join(word.text for word in line.characters) == line.text:
        return _measured(line)
    widths = [_width(char) for char in line.text]
    total, at, middles = sum(widths) or 1.0, 0.0, []
    for width in widths:
        middles.append((at + width / 2) / total)
        at += width
    return middles


def _measured(line: Line) -> list[float]:
    (x0, y0), (x1, y1) = line.box[0], line.box[1]
    length = (x1 - x0) ** 2 + (y1 - y0) ** 2 or 1.0
    found: list[float] = []
    for word in line.characters:
        x, y = (sum(point[axis] for point in word.box) / 4 for axis in (0, 1))
        foot = line.box[3]
        middle = ((x0 + foot[0]) / 2, (y0 + foot[1]) / 2)
        share = ((x - middle[0]) * (x1 - x0) + (y - middle[1]) * (y1 - y0)) / length
        found += [share] * len(word.text)
    return found


def _width(char: str) -> float:
    return 1.0 if unicodedata.east_asian_width(char) in "WF" else 0.55


def _cut(text: str, middles: list[float], share: float) -> int:
    """How many characters stand before the border: to the nearest space, if one is near."""
    cut = sum(middle < share for middle in middles)
    step = NEAR / max(1, len(text))
    spaces = [i for i, char in enumerate(text) if char.isspace() and abs(middles[i] - share) < step]
    return min(spaces, key=lambda i: abs(middles[i] - share), default=cut)
