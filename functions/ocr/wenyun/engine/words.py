"""The characters of a line as boxes on the page."""

from collections.abc import Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt

from wenyun.engine.geometry import Quad
from wenyun.engine.lines import Line
from wenyun.engine.spans import Span, even_spans
from wenyun.result import Box, Word

FloatArray = npt.NDArray[np.float64]


def characters(
    lines: Sequence[Line], quads: Sequence[Quad], width: int, height: int
) -> list[tuple[Word, ...]]:
    """Every character of each line's text without the spaces around it, with its box.

    All lines of a page at once: arrays are slow to start, and most lines are short.

    Args:
        lines: What was read.
        quads: (4, 2) each, where the lines are on the page, clockwise from the top left.
        width: The page's width in pixels; boxes stay inside.
        height: Its height.
    """
    spans = [_spans(line) for line in lines]
    boxes = span_boxes(quads, spans, [line.column for line in lines])
    numbers = iter(np.clip(boxes, 0, [width, height]).ravel().tolist())
    points = zip(numbers, numbers, strict=True)
    corners = zip(points, points, points, points, strict=True)
    own = [list(islice(corners, len(one))) for one in spans]
    return [_words(line, found) for line, found in zip(lines, own, strict=True)]


def _spans(line: Line) -> Sequence[Span]:
    """Where each character of a line begins and ends; nothing if it says nothing."""
    reading = line.reading
    if reading is None or not reading.text.strip():
        return ()
    known = len(reading.spans) == len(reading.text)
    return reading.spans if known else even_spans(reading.text, reading.positions)


def _words(line: Line, boxes: Sequence[Box]) -> tuple[Word, ...]:
    if line.reading is None or not boxes:
        return ()
    text, sure = line.reading.text, line.reading.confidences
    start = len(text) - len(text.lstrip())
    shown = slice(start, start + len(text.strip()))
    return tuple(map(Word, text[shown], sure[shown], boxes[shown]))


def span_boxes(
    quads: Sequence[Quad], spans: Sequence[Sequence[Span]], downwards: Sequence[bool]
) -> FloatArray:
    """(N, 4, 2) boxes clockwise from the top left: parts of lines cut straight across.

    Args:
        quads: (4, 2) each, the lines, seen in perspective.
        spans: Start and end of each part of each line, as fractions of its length.
        downwards: Whether each line runs along its quad's left side, as columns do.
    """
    counts = [len(own) for own in spans]
    ends = np.array([span for own in spans for span in own], np.float64).reshape(-1, 2)
    squares = np.array([_from_square(quad) for quad in quads], np.float64).reshape(-1, 3, 3)
    (a, b, c), (d, e, f), (g, h, _) = np.repeat(squares, counts, axis=0).transpose(1, 2, 0)[
        ..., None
    ]
    down = np.repeat(np.array(downwards, np.bool_), counts)[:, None]
    along, across = ends[:, [0, 1, 1, 0]], np.array([0.0, 0.0, 1.0, 1.0])
    u = np.where(down, np.array([0.0, 1.0, 1.0, 0.0]), along)
    v = np.where(down, ends[:, [0, 0, 1, 1]], across)
    deep = g * u + h * v + 1
    return np.stack([(a * u + b * v + c) / deep, (d * u + e * v + f) / deep], axis=-1)


def _from_square(quad: Quad) -> list[list[float]]:
    """3 × 3, the unit square to a quad (Heckbert 1989, Fundamentals of Texture Mapping, 2.2)."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = quad.tolist()
    sx, sy = x0 - x1 + x2 - x3, y0 - y1 + y2 - y3
    (ax, ay), (bx, by) = (x1 - x2, y1 - y2), (x3 - x2, y3 - y2)
    area = ax * by - bx * ay
    # A quad without an area has no perspective that could be told.
    g = (sx * by - bx * sy) / area if abs(area) > 1e-9 else 0.0
    h = (ax * sy - sx * ay) / area if abs(area) > 1e-9 else 0.0
    if min(1 + g, 1 + h, 1 + g + h) <= 0.05:
        g = h = 0.0
    first = [x1 - x0 + g * x1, x3 - x0 + h * x3, x0]
    return [first, [y1 - y0 + g * y1, y3 - y0 + h * y3, y0], [g, h, 1.0]]
