"""The result tree as CSV (RFC 4180): a record a line, of a table a record a cell.

UTF-8 with a byte order mark, without which Excel reads Chinese as gibberish. A text that a
spreadsheet would take for a formula gets a leading apostrophe.
"""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from wenyun.exports.plain import bounds, plain
from wenyun.result import Block, Box, Cell, Document

HEAD = (
    *("page", "block", "type", "line", "row", "col", "row_span", "col_span"),
    *("text", "confidence", "model", "x1", "y1", "x2", "y2", "x3", "y3", "x4", "y4"),
)

FORMULA = re.compile(r"^[\s\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]")
NUMBER = re.compile(r"^[+-]?[\d,]*\.?\d+%?$")
"""`-12.50` is an amount and harmless."""


def document_csv(document: Document) -> bytes:
    """Every line of every page; lines and blocks count from 1 on each page."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEAD)
    for page in document.pages:
        line = 0
        for number, block in enumerate(page.blocks, 1):
            for record in _records(block):
                line += 1
                writer.writerow([page.number, number, block.type, line, *record])
    return out.getvalue().encode("utf-8-sig", "replace")


def safe(text: str) -> str:
    """The text as no spreadsheet runs it."""
    text = plain(text)
    return f"'{text}" if FORMULA.match(text) and not NUMBER.match(text) else text


def _records(block: Block) -> Iterator[list[Any]]:
    if block.cells:
        for cell in sorted(block.cells, key=lambda cell: (cell.row, cell.col)):
            yield _cell(cell, block)
        return
    for line in block.lines:
        sure = round(line.confidence, 4)
        yield ["", "", "", "", safe(line.text), sure, line.model, *_corners(line.box)]


def _cell(cell: Cell, block: Block) -> list[Any]:
    """Rows and columns count from 1, as a spreadsheet's do; sure is the least sure line."""
    left, top, right, bottom = bounds(cell.box)
    inside = [
        line
        for line in block.lines
        for x0, y0, x1, y1 in [bounds(line.box)]
        if left <= (x0 + x1) / 2 <= right and top <= (y0 + y1) / 2 <= bottom
    ]
    sure: object = round(min(line.confidence for line in inside), 4) if inside else ""
    model = inside[0].model if inside else ""
    place = [cell.row + 1, cell.col + 1, cell.row_span, cell.col_span]
    return [*place, safe(cell.text), sure, model, *_corners(cell.box)]


def _corners(box: Box) -> list[float]:
    return [round(value, 1) for point in box for value in point]
