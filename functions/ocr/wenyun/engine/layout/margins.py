"""What stands in a page's margins: running titles and page numbers, as one page shows them."""

from collections.abc import Sequence

import numpy as np

from wenyun.engine.layout.markers import is_page_number
from wenyun.engine.layout.rects import Rects, Values, extent, rows

TOP, BOTTOM = 0.1, 0.9
"""Headers lie above, footers below these parts of the page's height."""

APART = 1.1
"""Between a running title and the page's text there are so many sizes of white."""

NUMBER_APART = 0.6
"""The same for a page's number."""

FOOT_APART = 2.0
"""The same for a footer without a number: a page's last line is more often text."""

MIN_LINES = 8
"""A page of fewer lines has no margins to speak of."""

LARGEST = 1.15
"""A running title is set no larger than this, in sizes of the body."""


def margins(
    rects: Rects, sizes: Values, texts: Sequence[str], size: tuple[float, float], body: float
) -> tuple[list[int], list[int]]:
    """The lines of the header, and those of the footer, each from left to right.

    Args:
        rects: (N, 4) lines of an upright page.
        sizes: (N,) type sizes.
        texts: What each line says.
        size: The page's width and height.
        body: The body's type size.
    """
    if len(rects) < MIN_LINES:
        return [], []
    found = rows(rects, range(len(rects)))
    head = _apart(found[0], found[1:], rects, sizes, texts, size, body)
    foot = _apart(found[-1], found[:-1], rects, sizes, texts, size, body)
    return (found[0] if head < 0 else []), (found[-1] if foot > 0 else [])


def _apart(
    row: list[int],
    others: list[list[int]],
    rects: Rects,
    sizes: Values,
    texts: Sequence[str],
    size: tuple[float, float],
    body: float,
) -> int:
    """-1 if the row is a header, 1 if it is a footer, 0 if it is part of the page's text."""
    if len(others) < 2 or float(np.max(sizes[row])) > LARGEST * body:
        return 0
    _, top, _, bottom = extent(rects[row])
    rest = rects[[i for other in others for i in other]]
    number = any(is_page_number(texts[i]) for i in row)
    white = (NUMBER_APART if number else APART) * body
    if bottom < TOP * size[1] and float(np.min(rest[:, 1])) - bottom > white:
        return -1
    white = (NUMBER_APART if number else FOOT_APART) * body
    low = top > BOTTOM * size[1] and top - float(np.max(rest[:, 3])) > white
    return 1 if low and (number or _is_short(row, rects, rest)) else 0


def _is_short(row: list[int], rects: Rects, rest: Rects) -> bool:
    """Whether a row fills much less than the page's width: a last line of text fills it."""
    own = float(np.sum(rects[row, 2] - rects[row, 0]))
    x0, _, x1, _ = extent(rest)
    return own < 0.7 * (x1 - x0)
