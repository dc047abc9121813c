"""The tables of an upright page."""

from collections.abc import Sequence
from dataclasses import dataclass

from wenyun.engine.geometry import Image
from wenyun.result import Box, Cell, Line


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table: its frame, its cells, and which lines are in it, row by row."""

    box: Box
    cells: tuple[Cell, ...]
    members: tuple[int, ...]


def find_tables(
    lines: Sequence[Line],  # noqa: ARG001
    size: tuple[float, float],  # noqa: ARG001
    picture: Image | None,  # noqa: ARG001
) -> list[FoundTable]:
    """The tables on a page that stands upright.

    Args:
        lines: In any order, boxes on the upright page.
        size: Width and height of the upright page, in the unit of the boxes.
        picture: (H, W, 3) uint8 BGR, the upright page, where there is one.
    """
    return []
