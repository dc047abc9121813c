"""Drawing a planned table on a canvas: widths, heights, rules, shades."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from tests.scenes import flow
from tests.scenes.canvas import INK, Canvas, Colour
from tests.scenes.fonts import Face
from tests.scenes.page import rectangle
from tests.scenes.tables.plan import Plan, PlanCell
from tests.scenes.tables.truth import TruthCell, TruthTable

Rules = Literal["grid", "open", "columns", "three", "rows", "none"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a table is printed; sizes in pixels."""

    face: Face
    bold: Face
    size: int
    rules: Rules
    pad: tuple[float, float] = (14, 9)
    wrap: int = 220
    line: int = 1
    colour: Colour = INK
    dash: int = 0
    double: bool = False
    shade: Colour | None = None
    head_ink: Colour = INK
    zebra: Colour | None = None
    middle: bool = True
    """Cells stand in the middle of their row's height, else at its top."""


@dataclass(slots=True)
class _Press:
    canvas: Canvas
    plan: Plan
    look: Look
    xs: list[float] = field(default_factory=list)
    ys: list[float] = field(default_factory=list)
    texts: dict[tuple[int, int], list[str]] = field(default_factory=dict)


def width_of(plan: Plan, look: Look) -> float:
    """How wide a table will be."""
    press = _Press(Canvas(8, 8), plan, look)
    _measure(press, (0, 0))
    return press.xs[-1]


def draw_table(canvas: Canvas, at: tuple[float, float], plan: Plan, look: Look) -> TruthTable:
    """Draw a table with its top left corner there."""
    press = _Press(canvas, plan, look)
    _measure(press, at)
    _shades(press)
    _rules(press)
    cells = tuple(_cell(press, cell) for cell in plan.cells)
    frame = rectangle(press.xs[0], press.ys[0], press.xs[-1], press.ys[-1])
    return TruthTable(frame, cells)


def _measure(press: _Press, at: tuple[float, float]) -> None:
    plan, look = press.plan, press.look
    widths = np.full(len(plan.kinds), 2.0 * look.size)
    heights = np.full(plan.rows, 1.3 * look.size)
    fonts = [face.at(look.size) for face in (look.face, look.bold)]
    for cell in sorted(plan.cells, key=lambda c: c.col_span):
        rows = _broken(cell, plan.lang, look)
        press.texts[cell.row, cell.col] = rows
        want = max((font.getlength(row) for row in rows for font in fonts), default=0.0)
        have = widths[cell.col : cell.col + cell.col_span]
        gap = want - have.sum() - 2 * look.pad[0] * (cell.col_span - 1)
        have += max(0.0, gap / cell.col_span)
    for cell in sorted(plan.cells, key=lambda c: c.row_span):
        high = heights[cell.row : cell.row + cell.row_span]
        want = 1.3 * look.size * len(press.texts[cell.row, cell.col])
        high += max(0.0, (want - high.sum()) / cell.row_span)
    press.xs = [at[0], *(at[0] + np.cumsum(widths + 2 * look.pad[0])).tolist()]
    press.ys = [at[1], *(at[1] + np.cumsum(heights + 2 * look.pad[1])).tolist()]


def _broken(cell: PlanCell, lang: str, look: Look) -> list[str]:
    if not cell.text:
        return []
    if lang == "zh":
        return flow.chinese(cell.text, look.bold, look.size, look.wrap)
    return flow.latin(cell.text, look.bold, look.size, look.wrap)


def _shades(press: _Press) -> None:
    look, xs, ys = press.look, press.xs, press.ys
    if look.zebra:
        for row in range(press.plan.header, press.plan.rows, 2):
            press.canvas.draw.rectangle((xs[0], ys[row], xs[-1], ys[row + 1]), fill=look.zebra)
    if look.shade:
        bottom = ys[press.plan.header]
        press.canvas.draw.rectangle((xs[0], ys[0], xs[-1], bottom), fill=look.shade)


def _cell(press: _Press, cell: PlanCell) -> TruthCell:
    look, xs, ys = press.look, press.xs, press.ys
    left, right = xs[cell.col], xs[cell.col + cell.col_span]
    top, bottom = ys[cell.row], ys[cell.row + cell.row_span]
    rows, first = press.texts[cell.row, cell.col], len(press.canvas.lines)
    head = cell.row < press.plan.header
    pitch = 1.3 * look.size
    y = (top + bottom - pitch * len(rows)) / 2 if look.middle or head else top + look.pad[1]
    x = {"l": left + look.pad[0], "m": (left + right) / 2, "r": right - look.pad[0]}[cell.side]
    for number, row in enumerate(rows):
        face, ink = (look.bold, look.head_ink) if head else (look.face, INK)
        at = (x, y + pitch * number + 1.02 * look.size)
        press.canvas.text(at, row, face, look.size, ink, f"{cell.side}s")
    members = tuple(range(first, first + len(rows)))
    box = rectangle(left, top, right, bottom)
    return TruthCell(cell.row, cell.col, cell.row_span, cell.col_span, members, box)


def _rules(press: _Press) -> None:
    look, plan, xs, ys = press.look, press.plan, press.xs, press.ys
    if look.rules == "none":
        return
    if look.rules in ("three", "rows"):
        thick = look.line + 1
        for row in (0, plan.rows):
            _rule(press, (xs[0], ys[row], xs[-1], ys[row]), thick)
        _rule(press, (xs[0], ys[plan.header], xs[-1], ys[plan.header]), look.line)
        for cell in plan.cells:
            if cell.row + cell.row_span < plan.header and cell.col_span > 1:
                left, right = xs[cell.col] + 8, xs[cell.col + cell.col_span] - 8
                _rule(press, (left, ys[1], right, ys[1]), look.line)
        inner = range(plan.header + 1, plan.rows) if look.rules == "rows" else ()
        for row in inner:
            _rule(press, (xs[0], ys[row], xs[-1], ys[row]), look.line)
        return
    for cell in plan.cells:
        _edges(press, cell)


def _edges(press: _Press, cell: PlanCell) -> None:
    look, plan, xs, ys = press.look, press.plan, press.xs, press.ys
    left, right = xs[cell.col], xs[cell.col + cell.col_span]
    top, bottom = ys[cell.row], ys[cell.row + cell.row_span]
    first, last = cell.col == 0, cell.col + cell.col_span == len(plan.kinds)
    ends = cell.row == 0, cell.row + cell.row_span == plan.rows
    body = look.rules == "columns" and cell.row >= plan.header
    if ends[0] or not body or cell.row == plan.header:
        _rule(press, (left, top, right, top), look.line + ends[0])
    if ends[1]:
        _rule(press, (left, bottom, right, bottom), look.line + 1)
    sides = look.rules != "open"
    if not first or sides:
        _rule(press, (left, top, left, bottom), look.line + first)
    if last and sides:
        _rule(press, (right, top, right, bottom), look.line + 1)


def _rule(press: _Press, ends: tuple[float, float, float, float], thick: int) -> None:
    look, draw = press.look, press.canvas.draw
    x0, y0, x1, y1 = (round(value) for value in ends)
    if look.dash:
        step, long = 2 * look.dash, max(x1 - x0, y1 - y0)
        across = (1, 0) if x1 > x0 else (0, 1)
        for at in range(0, long, step):
            end = min(at + look.dash, long)
            part = (
                x0 + across[0] * at,
                y0 + across[1] * at,
                x0 + across[0] * end,
                y0 + across[1] * end,
            )
            draw.line(part, look.colour, thick)
        return
    draw.line((x0, y0, x1, y1), look.colour, thick)
    if look.double and y0 == y1:
        draw.line((x0, y0 + thick + 3, x1, y1 + thick + 3), look.colour, thick)
