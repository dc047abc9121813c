"""The result tree: a document holds pages, a page blocks, a block lines."""

from collections.abc import Iterator
from dataclasses import dataclass, field

Point = tuple[float, float]
Box = tuple[Point, Point, Point, Point]
"""Corners clockwise from the top left in reading direction, in pixels of the shown picture."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: what it says, how sure we are (0-1), where it is, and who read it."""

    text: str
    confidence: float
    box: Box
    model: str


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together; `type` is one of the contract's block types."""

    type: str
    box: Box
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page: number from 1, size in pixels as displayed, our own turn in degrees, its blocks.

    `angle` is how far the page had to be turned clockwise (0, 90, 180, 270) to stand upright.
    `timings` are seconds a stage.
    """

    number: int
    width: int
    height: int
    angle: int
    blocks: tuple[Block, ...]
    timings: dict[str, float] = field(default_factory=dict)

    def lines(self) -> Iterator[Line]:
        """The page's lines in reading order."""
        for block in self.blocks:
            yield from block.lines


@dataclass(frozen=True, slots=True)
class Document:
    """All pages of a file, with what the reader has to be told about it."""

    pages: tuple[Page, ...]
    warnings: tuple[str, ...] = ()

    def timings(self) -> dict[str, float]:
        """Seconds a stage, over all pages."""
        total: dict[str, float] = {}
        for page in self.pages:
            for stage, seconds in page.timings.items():
                total[stage] = total.get(stage, 0.0) + seconds
        return total
