"""Lines to blocks in reading order. Lines may come from a recogniser or from a PDF's text layer."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from wenyun.engine.geometry import Image, around
from wenyun.engine.layout.compose import SOLID, Group, compose
from wenyun.engine.layout.sheet import sheet_of
from wenyun.engine.layout.solids import Size, Solid, Upright, find_solids
from wenyun.engine.layout.turns import turn_box, turn_picture, upright_size
from wenyun.result import Block, Line


def arrange(
    lines: Sequence[Line],
    size: Size,
    angle: int = 0,
    *,
    columns: bool = False,
    picture: Image | None = None,
) -> tuple[Block, ...]:
    """Put lines in reading order and group them into blocks.

    Every line comes out once, as it went in.

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
    upright = Upright(
        [replace(line, box=turn_box(line.box, angle, size)) for line in lines],
        upright_size(size, angle),
        turn_picture(picture, angle) if picture is not None else None,
    )
    solids = find_solids(upright)
    back = (360 - angle) % 360
    blocks = []
    for group, solid in _groups(upright, solids, columns):
        chosen = tuple(lines[i] for i in (solid.members if solid else group.members))
        if solid is None:
            blocks.append(Block(group.type, around([line.box for line in chosen]), chosen))
        else:
            blocks.append(_turned(solid, chosen, back, upright.size))
    return tuple(blocks)


def _groups(
    upright: Upright, solids: list[Solid], columns: bool
) -> list[tuple[Group, Solid | None]]:
    """Groups by the lines' own numbers, and the table or figure that a group stands for."""
    taken = {i for solid in solids for i in solid.members}
    free = [i for i in range(len(upright.lines)) if i not in taken]
    boxes = [upright.lines[i].box for i in free] + [solid.box for solid in solids]
    quads = [np.array(box, np.float32) for box in boxes]
    texts = [upright.lines[i].text for i in free] + [""] * len(solids)
    sheet = sheet_of(quads, texts, columns, upright.picture, upright.scale)
    numbers = range(len(free), len(boxes))
    found: list[tuple[Group, Solid | None]] = []
    for group in compose(sheet, numbers, upright.size, columns):
        if group.type == SOLID:
            found.append((group, solids[group.members[0] - len(free)]))
        else:
            found.append((Group(group.type, tuple(free[i] for i in group.members)), None))
    return found


def _turned(solid: Solid, lines: tuple[Line, ...], back: int, size: Size) -> Block:
    """A table or a figure of the upright page as a block of the page as displayed."""
    box = around([turn_box(solid.box, back, size)])
    cells = tuple(replace(cell, box=turn_box(cell.box, back, size)) for cell in solid.cells)
    return Block(solid.type, box, lines, cells)
