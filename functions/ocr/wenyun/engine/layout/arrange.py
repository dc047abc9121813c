"""Lines to blocks in reading order. Lines may come from a recogniser or from a PDF's text layer."""

from collections.abc import Sequence

import numpy as np

from wenyun.engine.geometry import Image, around
from wenyun.engine.layout.order import blocks, bounds, reading_order
from wenyun.engine.layout.turns import turn_points
from wenyun.result import Block, Line


def arrange(
    lines: Sequence[Line],
    size: tuple[float, float],
    angle: int = 0,
    *,
    columns: bool = False,
    picture: Image | None = None,  # noqa: ARG001
) -> tuple[Block, ...]:
    """Put lines in reading order and group them into blocks.

    Args:
        lines: In any order, boxes on the page as displayed.
        size: Width and height of the page as displayed, in the unit of the boxes.
        angle: How far the page has to be turned clockwise to stand upright.
        columns: Whether most lines are columns of vertical text, read from right to left.
        picture: (H, W, 3) uint8 BGR, the whole page as displayed, where there is one; its size
            may differ from `size` by a scale.
    """
    if not lines:
        return ()
    quads = [np.array(line.box, np.float32) for line in lines]
    upright = bounds([turn_points(quad, angle, size) for quad in quads])
    order = reading_order(upright, vertical=columns)
    return tuple(_block([lines[i] for i in group]) for group in blocks(upright, order))


def _block(lines: list[Line]) -> Block:
    return Block("text", around([line.box for line in lines]), tuple(lines))
