"""Vertical Chinese pages: a book's page in one tier or in two, with or without a running title."""

import numpy as np

from tests.scenes.canvas import Canvas, around
from tests.scenes.fonts import Face
from tests.scenes.layout import material as m
from tests.scenes.layout.sheet import Sheet
from tests.scenes.layout.truth import LayoutPage
from tests.scenes.words import Rng, pick

WIDTH, HEIGHT, MARGIN = 1100, 1500, 100


def one_tier(rng: Rng) -> LayoutPage:
    """Columns from the top to the bottom of the page."""
    return _page(rng, 1, False)


def two_tiers(rng: Rng) -> LayoutPage:
    """An upper and a lower tier, read one after the other."""
    return _page(rng, 2, False)


def titled(rng: Rng) -> LayoutPage:
    """A horizontal title over vertical columns."""
    return _page(rng, int(pick(rng, [1, 2])), True)


def _page(rng: Rng, tiers: int, title: bool) -> LayoutPage:
    text = m.script(rng, "zh")
    sheet = Sheet(Canvas(WIDTH, HEIGHT, (248, 244, 232)))
    size = int(rng.integers(24, 32))
    top = float(MARGIN)
    if title:
        sheet.write((WIDTH / 2, 130), m.long_title(rng, "zh"), text.bold, 44, "ms", "title")
        top = 200.0
    gap = 2.2 * size
    high = (HEIGHT - MARGIN - top - gap * (tiers - 1)) / tiers
    for tier in range(tiers):
        _tier(rng, sheet, text, (top + tier * (high + gap), high), size)
    return sheet.page("vertical", "zh", vertical=True)


def _tier(rng: Rng, sheet: Sheet, text: m.Script, span: tuple[float, float], size: int) -> None:
    top, high = span
    cell = size * 1.12
    count, step = int(high / cell), size * rng.uniform(1.6, 2.0)
    x = WIDTH - MARGIN - size / 2
    while text.paragraphs and x > MARGIN:
        paragraph = "\u3000\u3000" + text.paragraphs.pop()
        columns = [paragraph[i : i + count] for i in range(0, len(paragraph), count)]
        with sheet.block("text"):
            for column in columns:
                if x <= MARGIN:
                    break
                _column(sheet.canvas, (x, top), column, text.body, size, cell)
                x -= step


def _column(
    canvas: Canvas, at: tuple[float, float], text: str, face: Face, size: int, cell: float
) -> None:
    """Characters one below the other; the box is that of an upright rectangle."""
    extents = [
        canvas.text((at[0], at[1] + row * cell + size), char, face, size, anchor="ms", record=False)
        for row, char in enumerate(text)
        if not char.isspace()
    ]
    x0, y0, x1, y1 = around(extents)
    x0, x1 = min(x0, at[0] - size * 0.45), max(x1, at[0] + size * 0.45)
    canvas.record(text.strip(), (x0, y0, x1, y1), size)
    canvas.lines[-1].box[:] = np.round(canvas.lines[-1].box, 2)
