"""An upright page's lines to its blocks, by number: margins, zones, regions, paragraphs, types."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wenyun.engine.layout.kinds import Body, kinds
from wenyun.engine.layout.margins import margins
from wenyun.engine.layout.order import regions
from wenyun.engine.layout.paragraphs import paragraphs
from wenyun.engine.layout.rects import rows
from wenyun.engine.layout.sheet import Sheet
from wenyun.engine.layout.strips import Strip, strip_of
from wenyun.engine.layout.zones import zones

SOLID = "solid"


@dataclass(frozen=True, slots=True)
class Group:
    """A block: its type and its lines, in order. A solid one holds just itself."""

    type: str
    members: tuple[int, ...]


def compose(
    sheet: Sheet, solids: Sequence[int], size: tuple[float, float], vertical: bool
) -> list[Group]:
    """The blocks of a page in reading order.

    Args:
        sheet: Lines, and what else has a place in the order.
        solids: Which of them are tables and figures.
        size: The page's width and height.
        vertical: Whether most lines are columns of vertical text.
    """
    taken = set(solids)
    lines = [i for i in range(len(sheet.texts)) if i not in taken]
    body = _body(sheet.take(lines))
    head, foot = _margins(sheet, lines, size, body.size)
    inner = [i for i in range(len(sheet.texts)) if i not in {*head, *foot}]
    found: list[int | list[Strip]] = []
    own = sheet.take(inner)
    for zone in zones(own.rects, own.way, vertical):
        members = [inner[i] for i in zone.members]
        found += _zone(sheet.on_side() if zone.vertical else sheet, members, taken)
    return [
        *(Group("header", (i,)) for i in head),
        *_typed(found, body),
        *(Group("footer", (i,)) for i in foot),
    ]


def _body(sheet: Sheet) -> Body:
    latin, han = sheet.body_weights()
    return Body(sheet.body, latin, han, len(sheet.texts))


def _margins(
    sheet: Sheet, lines: list[int], size: tuple[float, float], body: float
) -> tuple[list[int], list[int]]:
    own = sheet.take(lines)
    head, foot = margins(own.rects, own.sizes, own.texts, size, body)
    return [lines[i] for i in head], [lines[i] for i in foot]


def _zone(sheet: Sheet, members: list[int], solids: set[int]) -> list[int | list[Strip]]:
    """Paragraphs, and the numbers of solid things between them."""
    solid = np.array([i in solids for i in members], np.bool_)
    found: list[int | list[Strip]] = []
    for region in regions(sheet.rects[members], solid):
        found += _region(sheet, [members[i] for i in region], solids)
    return found


def _region(sheet: Sheet, members: list[int], solids: set[int]) -> list[int | list[Strip]]:
    strips = [strip_of(row, sheet) for row in rows(sheet.rects, set(members) - solids)]
    found: list[int | list[Strip]] = []
    start = 0
    for index in sorted(set(members) & solids, key=lambda i: float(sheet.rects[i, 1])):
        top = float(sheet.rects[index, 1])
        end = next((n for n, s in enumerate(strips) if n >= start and s.middle > top), len(strips))
        found += [*paragraphs(strips[start:end]), index]
        start = end
    return [*found, *paragraphs(strips[start:])]


def _typed(found: Sequence[int | list[Strip]], body: Body) -> list[Group]:
    types = iter(kinds([block for block in found if not isinstance(block, int)], body))
    return [
        Group(SOLID, (block,))
        if isinstance(block, int)
        else Group(next(types), tuple(i for strip in block for i in strip.members))
        for block in found
    ]
