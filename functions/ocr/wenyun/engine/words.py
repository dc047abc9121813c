"""The characters of a line as boxes on the page."""

import numpy as np
import numpy.typing as npt

from wenyun.engine.geometry import Quad
from wenyun.engine.lines import Line
from wenyun.engine.spans import Span, even_spans
from wenyun.result import Box, Word

FloatArray = npt.NDArray[np.float64]


def characters(line: Line, quad: Quad, width: int, height: int) -> tuple[Word, ...]:
    """Every character of a line's text without the spaces around it, with its box.

    Args:
        line: What was read.
        quad: (4, 2), where the line is on the page, clockwise from the top left.
        width: The page's width in pixels; boxes stay inside.
        height: Its height.
    """
    reading = line.reading
    if reading is None or not reading.text.strip():
        return ()
    text = reading.text
    spans = reading.spans if len(reading.spans) == len(text) else ()
    boxes = span_boxes(quad, spans or even_spans(text, reading.positions), line.column)
    inside = np.clip(boxes, 0, [width, height])
    start = len(text) - len(text.lstrip())
    return tuple(
        Word(text[i], reading.confidences[i], _box(inside[i]))
        for i in range(start, start + len(text.strip()))
    )


def span_boxes(quad: Quad, spans: tuple[Span, ...], downwards: bool = False) -> FloatArray:
    """(N, 4, 2) boxes clockwise from the top left: parts of a line cut straight across.

    Args:
        quad: (4, 2), the line, seen in perspective.
        spans: Start and end of each part as fractions of the line's length.
        downwards: Whether the line runs along the quad's left side, as columns do.
    """
    ends = np.array(spans, np.float64).reshape(-1, 2)
    zero, one = np.zeros(len(ends)), np.ones(len(ends))
    if downwards:
        across = [(zero, ends[:, 0]), (one, ends[:, 0]), (one, ends[:, 1]), (zero, ends[:, 1])]
    else:
        across = [(ends[:, 0], zero), (ends[:, 1], zero), (ends[:, 1], one), (ends[:, 0], one)]
    (a, b, c), (d, e, f), (g, h, _) = _from_square(quad)
    corners = []
    for u, v in across:
        deep = g * u + h * v + 1
        corners.append(np.stack([(a * u + b * v + c) / deep, (d * u + e * v + f) / deep], axis=-1))
    return np.stack(corners, axis=1)


def _from_square(quad: Quad) -> list[list[float]]:
    """3 × 3, the unit square to a quad (Heckbert 1989, Fundamentals of Texture Mapping, 2.2)."""
    p = quad.astype(np.float64)
    sx, sy = p[0] - p[1] + p[2] - p[3]
    (ax, ay), (bx, by) = p[1] - p[2], p[3] - p[2]
    area = ax * by - bx * ay
    # A quad without an area has no perspective that could be told.
    g = (sx * by - bx * sy) / area if abs(area) > 1e-9 else 0.0
    h = (ax * sy - sx * ay) / area if abs(area) > 1e-9 else 0.0
    if min(1 + g, 1 + h, 1 + g + h) <= 0.05:
        g = h = 0.0
    right, down = p[1] - p[0] + g * p[1], p[3] - p[0] + h * p[3]
    rows = [[float(right[i]), float(down[i]), float(p[0][i])] for i in (0, 1)]
    return [*rows, [float(g), float(h), 1.0]]


def _box(corners: FloatArray) -> Box:
    first, second, third, fourth = ((float(x), float(y)) for x, y in corners.tolist())
    return first, second, third, fourth
