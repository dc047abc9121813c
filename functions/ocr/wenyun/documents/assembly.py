"""A sheet to a page of the result: what the file says and what the engine reads, in one unit."""

import math
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from wenyun.deadline import Deadline
from wenyun.documents.sheets import Sheet
from wenyun.engine.layout.turns import page_angle
from wenyun.engine.pipeline import Engine
from wenyun.errors import WenyunError
from wenyun.options import Options
from wenyun.result import Block, Box, Cell, Line, Page, Word
from wenyun.values import Area

Placed = TypeVar("Placed", Block, Line, Cell, Word)


def read_sheet(engine: Engine, sheet: Sheet, options: Options, deadline: Deadline) -> Page:
    """Read a sheet.

    Raises:
        WenyunError: `time_limit`, or `invalid_option` for a region outside the page.

    """
    if sheet.unit == "px" and sheet.pixels is not None:
        return engine.read(sheet.pixels, options, deadline, sheet.number)
    _check_region(sheet, options.region)
    seen = _seen(engine, sheet, options, deadline)
    said = [line for line in sheet.lines if _wanted(line, options)]
    if not said and seen is not None:
        return seen
    return _together(sheet, said, seen)


def _seen(engine: Engine, sheet: Sheet, options: Options, deadline: Deadline) -> Page | None:
    """What the engine reads of a sheet, placed on the page; None where there is nothing to read."""
    if sheet.pixels is None:
        return None
    frame = Frame(sheet.scale, sheet.origin)
    height, width = sheet.pixels.shape[:2]
    region = frame.to_pixels(options.region, (width, height)) if options.region else None
    if options.region and not region:
        return None
    ignore = (frame.to_pixels(area, (width, height)) for area in options.ignore)
    asked = replace(options, region=region, ignore=tuple(area for area in ignore if area))
    page = engine.read(sheet.pixels, asked, deadline, sheet.number)
    return replace(
        page,
        width=sheet.width,
        height=sheet.height,
        unit=sheet.unit,
        blocks=tuple(frame.block(block) for block in page.blocks),
    )


def _together(sheet: Sheet, said: list[Line], seen: Page | None) -> Page:
    """The file's own lines with those that were read beside them, in one reading order."""
    # As in `layout.page`: a picture's first answer must not wait for it.
    from wenyun.engine.layout.arrange import arrange

    lines = said + [line for line in (seen.lines() if seen else ()) if not _within(line, said)]
    size = (sheet.width, sheet.height)
    angle = page_angle([np.array(line.box, np.float32) for line in lines])
    columns = 2 * sheet.columns > len(lines)
    blocks = arrange(lines, size, angle, columns=columns, picture=sheet.overview)
    timings = seen.timings if seen else {}
    return Page(sheet.number, *size, angle, blocks, timings, sheet.unit)


def _check_region(sheet: Sheet, region: Area | None) -> None:
    if region and (region.x >= sheet.width or region.y >= sheet.height):
        size = f"{sheet.width:.0f} x {sheet.height:.0f} {sheet.unit}"
        raise WenyunError(
            "invalid_option",
            f"The region lies outside page {sheet.number} of {size}.",
            f"识别区域在第 {sheet.number} 页（{size}）之外。",
            field="region",
        )


def _wanted(line: Line, options: Options) -> bool:
    """A line counts as where its middle is, as for lines that are read."""
    x, y = middle(line.box)
    if options.region and not _holds(options.region, x, y):
        return False
    return not any(_holds(area, x, y) for area in options.ignore)


def _holds(area: Area, x: float, y: float) -> bool:
    return area.x <= x < area.x + area.w and area.y <= y < area.y + area.h


def middle(box: Box) -> tuple[float, float]:
    """The middle of a box."""
    return sum(x for x, _ in box) / 4, sum(y for _, y in box) / 4


def _within(line: Line, others: list[Line]) -> bool:
    """Whether a line's middle lies on another line: it is the same one, seen again."""
    x, y = middle(line.box)
    return any(
        min(px for px, _ in other.box) <= x <= max(px for px, _ in other.box)
        and min(py for _, py in other.box) <= y <= max(py for _, py in other.box)
        for other in others
    )


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the pixels of a sheet lie on its page: pixels a unit, and where they begin."""

    scale: float
    origin: tuple[float, float]

    def to_pixels(self, area: Area, size: tuple[int, int]) -> Area | None:
        """An area of the page in the sheet's pixels; None where it holds none of them."""
        left, top = (
            max(0, math.floor((start - origin) * self.scale))
            for start, origin in zip((area.x, area.y), self.origin, strict=True)
        )
        ends = ((area.x + area.w, self.origin[0]), (area.y + area.h, self.origin[1]))
        right, bottom = (
            min(most, math.ceil((end - origin) * self.scale))
            for (end, origin), most in zip(ends, size, strict=True)
        )
        return (
            Area(left, top, right - left, bottom - top) if right > left and bottom > top else None
        )

    def box(self, box: Box) -> Box:
        """A box on the page."""
        first, second, third, fourth = (
            (x / self.scale + self.origin[0], y / self.scale + self.origin[1]) for x, y in box
        )
        return first, second, third, fourth

    def block(self, block: Block) -> Block:
        """A block on the page, with all that is in it."""
        return replace(
            self._moved(block),
            lines=tuple(self.line(line) for line in block.lines),
            cells=tuple(self._moved(cell) for cell in block.cells),
        )

    def line(self, line: Line) -> Line:
        """A line on the page, with its characters."""
        return replace(self._moved(line), characters=tuple(map(self._moved, line.characters)))

    def _moved(self, thing: Placed) -> Placed:
        return replace(thing, box=self.box(thing.box))
