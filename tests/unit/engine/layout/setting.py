"""Strips and lines as tests set them."""

from wenyun.engine.layout.strips import Strip
from wenyun.result import Line

SIZE, STEP = 20.0, 30.0


def strip(
    text: str,
    number: float,
    x0: float = 0.0,
    x1: float = 400.0,
    size: float = SIZE,
    weight: float = 0.1,
    alone: bool = True,
) -> Strip:
    """A line in the so manieth row of a column 400 wide."""
    top = number * STEP
    return Strip((int(number),), x0, top, x1, top + size, size, weight, text, alone)


def line(text: str, x0: float, y0: float, x1: float, y1: float) -> Line:
    """A line of the result tree."""
    return Line(text, 0.9, ((x0, y0), (x1, y0), (x1, y1), (x0, y1)), "crnn")
