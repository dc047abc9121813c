"""The result tree: a document holds pages, a page blocks, a block lines."""

from collections.abc import Iterator
from dataclasses import dataclass, field

Point = tuple[float, float]
Box = tuple[Point, Point, Point, Point]
"""Corners clockwise from the top left in reading direction, in pixels of the shown picture."""


@dataclass(frozen=True, slots=True)
class Word:
    """A part of a line, a word or a single character: its text, confidence (0-1) and box."""

    text: str
    confidence: float
    box: Box


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: what it says, how sure we are (0-1), where it is, and who read it.

    `characters` holds every character of `text`, spaces included, or nothing where their places
    are not known.
    """

    text: str
    confidence: float
    box: Box
    model: str
    characters: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; rows and columns count from 0."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together; `type` is one of the contract's block types.

    A block of type `text` is one paragraph. A `table` has `cells` too, and its lines are those of
    the cells, row by row. A `figure` may have no lines.
    """

    type: str
    box: Box
    lines: tuple[Line, ...]
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page: number from 1, size as displayed, our own turn in degrees, its blocks.

    `angle` is how far the page had to be turned clockwise (0, 90, 180, 270) to stand upright.
    `timings` are seconds a stage. `unit` is what sizes and boxes count: `px`, or `pt` (1/72 inch)
    for a page of a PDF.
    """

    number: int
    width: float
    height: float
    angle: int
    blocks: tuple[Block, ...]
    timings: dict[str, float] = field(default_factory=dict)
    unit: str = "px"

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
