"""What was read to the page of the result tree: its turn, boxes on the page, blocks."""

import numpy as np

from wenyun.engine.geometry import Image, to_box
from wenyun.engine.layout.turns import page_angle
from wenyun.engine.lines import Line
from wenyun.engine.words import characters
from wenyun.result import Box, Page, Word
from wenyun.result import Line as ResultLine


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
    # Not before it is needed: `foresight` imports it beside the detector's run.
    from wenyun.engine.layout.arrange import arrange

    height, width = picture.shape[:2]
    lines = [line for line in lines if line.reading and line.reading.text.strip()]
    placed = [line.quad + np.array(offset, np.float32) for line in lines]
    angle = page_angle(placed)
    parts = characters(lines, placed, width, height)
    results = [
        _result(line, to_box(quad, width, height), own)
        for line, quad, own in zip(lines, placed, parts, strict=True)
    ]
    columns = 2 * sum(line.column for line in lines) > len(lines)
    found = arrange(results, (width, height), angle, columns=columns, picture=picture)
    return Page(number, width, height, angle, found, timings)


def _result(line: Line, box: Box, parts: tuple[Word, ...]) -> ResultLine:
    text = line.reading.text.strip() if line.reading else ""
    return ResultLine(text, line.likelihood, box, line.model, parts)
