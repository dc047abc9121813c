"""Result trees whose every character has a place."""

from collections.abc import Sequence

from wenyun.result import Block, Box, Cell, Document, Line, Page, Word


def rectangle(x: float, y: float, w: float, h: float) -> Box:
    return (x, y), (x + w, y), (x + w, y + h), (x, y + h)


def line(
    text: str,
    x: float = 10,
    y: float = 20,
    size: float = 20,
    model: str = "crnn",
    sure: float = 0.9,
) -> Line:
    """A level line: Han are as wide as high, all else half of it."""
    marks, at = [], x
    for char in text:
        width = size if ord(char) > 0x2E7F else size / 2
        marks.append(Word(char, sure, rectangle(at, y, width, size)))
        at += width
    return Line(text, sure, rectangle(x, y, at - x, size), model, tuple(marks))


def column(text: str, x: float = 10, y: float = 20, size: float = 20) -> Line:
    """Upright characters one below the other."""
    marks = [Word(c, 0.9, rectangle(x, y + i * size, size, size)) for i, c in enumerate(text)]
    return Line(text, 0.9, rectangle(x, y, size, size * len(text)), "crnn", tuple(marks))


def turned(source: Line, width: float) -> Line:
    """The line on a page that was turned clockwise by a quarter; `width` is the new page's."""

    def move(box: Box) -> Box:
        first, second, third, fourth = ((width - y, x) for x, y in box)
        return first, second, third, fourth

    marks = tuple(Word(m.text, m.confidence, move(m.box)) for m in source.characters)
    return Line(source.text, source.confidence, move(source.box), source.model, marks)


def block(kind: str, *lines: Line, cells: Sequence[Cell] = ()) -> Block:
    xs = [x for one in lines for x, _ in one.box] or [0.0, 1.0]
    ys = [y for one in lines for _, y in one.box] or [0.0, 1.0]
    box = rectangle(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
    return Block(kind, box, tuple(lines), tuple(cells))


def page(
    *blocks: Block,
    number: int = 1,
    size: tuple[float, float] = (400, 300),
    unit: str = "px",
    angle: int = 0,
) -> Page:
    return Page(number, *size, angle, blocks, {}, unit)


def document(*blocks: Block, unit: str = "px", size: tuple[float, float] = (400, 300)) -> Document:
    return Document((page(*blocks, unit=unit, size=size),))


def cell(row: int, col: int, text: str, rows: int = 1, cols: int = 1) -> Cell:
    return Cell(row, col, rows, cols, text, rectangle(100 * col, 30 * row, 100 * cols, 30 * rows))
