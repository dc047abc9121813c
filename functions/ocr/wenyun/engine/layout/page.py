"""What was read to the page of the result tree: its turn, boxes on the page, blocks."""

import numpy as np

from wenyun.engine.geometry import Image, Quad, to_box
from wenyun.engine.layout.arrange import arrange
from wenyun.engine.layout.turns import page_angle
from wenyun.engine.lines import Line
from wenyun.engine.words import characters
from wenyun.result import Line as ResultLine
from wenyun.result import Page


def lay_out(
    lines: list[Line],
    offset: tuple[int, int],
    picture: Image,
    number: int,
    timings: dict[str, float],
) -> Page:
    """Put lines in reading order and group them.

    Args:
        lines: What was read, in pixels of the region.
        offset: Where the region begins on the page.
        picture: (H, W, 3) uint8 BGR, the page as displayed.
        number: The page's number.
        timings: Seconds a stage; passed on.
    """
    height, width = picture.shape[:2]
    lines = [line for line in lines if line.reading and line.reading.text.strip()]
    placed = [line.quad + np.array(offset, np.float32) for line in lines]
    angle = page_angle(placed)
    results = [_result(line, quad, width, height) for line, quad in zip(lines, placed, strict=True)]
    columns = 2 * sum(line.column for line in lines) > len(lines)
    found = arrange(results, (width, height), angle, columns=columns, picture=picture)
    return Page(number, width, height, angle, found, timings)


def _result(line: Line, quad: Quad, width: int, height: int) -> ResultLine:
    text = line.reading.text.strip() if line.reading else ""
    box, parts = to_box(quad, width, height), characters(line, quad, width, height)
    return ResultLine(text, line.likelihood, box, line.model, parts)
