"""Lines to the page of the result tree: reading order, blocks, boxes on the page."""

from collections import Counter

import numpy as np

from wenyun.engine.geometry import Quad, around, to_box
from wenyun.engine.lines import Line
from wenyun.engine.order import blocks, bounds, reading_order
from wenyun.result import Block, Page
from wenyun.result import Line as ResultLine


def lay_out(
    lines: list[Line],
    offset: tuple[int, int],
    size: tuple[int, int],
    number: int,
    timings: dict[str, float],
) -> Page:
    """Put lines in reading order and group them.

    Args:
        lines: What was read, in pixels of the region.
        offset: Where the region begins on the page.
        size: Width and height of the page in pixels.
        number: The page's number.
        timings: Seconds a stage; passed on.
    """
    lines = [line for line in lines if line.reading and line.reading.text.strip()]
    angle = page_angle(lines)
    found: tuple[Block, ...] = ()
    if lines:
        placed = [line.quad + np.array(offset, np.float32) for line in lines]
        upright = bounds([turn_points(quad, angle, size) for quad in placed])
        columns = 2 * sum(line.column for line in lines) > len(lines)
        order = reading_order(upright, vertical=columns)
        results = [_result(line, quad, size) for line, quad in zip(lines, placed, strict=True)]
        found = tuple(_block([results[i] for i in group]) for group in blocks(upright, order))
    return Page(number, size[0], size[1], angle, found, timings)


def page_angle(lines: list[Line]) -> int:
    """How far the page has to be turned clockwise to stand upright: what most lines say."""
    turns = Counter(line_angle(line.quad) for line in lines)
    if not turns:
        return 0
    angle, votes = turns.most_common(1)[0]
    return angle if 2 * votes > len(lines) else 0


def line_angle(quad: Quad) -> int:
    """The turn that makes a line run from left to right, from its top edge."""
    x, y = quad[1] + quad[2] - quad[0] - quad[3]
    if abs(x) >= abs(y):
        return 0 if x >= 0 else 180
    return 270 if y > 0 else 90


def turn_points(quad: Quad, angle: int, size: tuple[int, int]) -> Quad:
    """Points of a page of this size after the page is turned clockwise by `angle`."""
    width, height = size
    x, y = quad[:, 0], quad[:, 1]
    turned = {0: (x, y), 90: (height - y, x), 180: (width - x, height - y), 270: (y, width - x)}
    return np.stack(turned[angle], axis=1).astype(np.float32)


def _result(line: Line, quad: Quad, size: tuple[int, int]) -> ResultLine:
    text = line.reading.text.strip() if line.reading else ""
    return ResultLine(text, line.confidence, to_box(quad, *size), line.model)


def _block(lines: list[ResultLine]) -> Block:
    return Block("text", around([line.box for line in lines]), tuple(lines))
