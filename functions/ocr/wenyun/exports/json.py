"""The result tree as the JSON object of the contract."""

from typing import Any

from wenyun.options import Options
from wenyun.result import Block, Box, Cell, Document, Line, Page, Word


def document_json(
    document: Document, options: Options, *, total_time: float, request_id: str
) -> dict[str, Any]:
    """A successful answer.

    Args:
        document: What was read.
        options: What was asked for.
        total_time: Seconds from the request's arrival to now.
        request_id: The id that the answer carries.

    """
    answer: dict[str, Any] = {
        "success": True,
        "text": [_line(line, page) for page in document.pages for line in page.lines()],
        "total_time": round(total_time, 4),
        "pages": [_page(page, options.detail) for page in document.pages],
        "profile": options.profile,
        "lang": options.lang,
        "request_id": request_id,
        "warnings": list(document.warnings),
    }
    if options.timings:
        answer["timings"] = {stage: round(s, 4) for stage, s in document.timings().items()}
    return answer


def _line(line: Line, page: Page) -> dict[str, Any]:
    return {
        "text": line.text,
        "confidence": round(line.confidence, 4),
        "box": _box(line.box),
        "page": page.number,
        "model": line.model,
    }


def _page(page: Page, detail: str) -> dict[str, Any]:
    return {
        "page": page.number,
        "width": page.width,
        "height": page.height,
        "angle": page.angle,
        "blocks": [_block(block, detail) for block in page.blocks],
    }


def _block(block: Block, detail: str) -> dict[str, Any]:
    lines = [_block_line(line, detail) for line in block.lines]
    found = {"type": block.type, "box": _box(block.box), "lines": lines}
    if block.type == "table":
        found["cells"] = [_cell(cell) for cell in block.cells]
    return found


def _block_line(line: Line, detail: str) -> dict[str, Any]:
    found = _piece(line)
    if detail != "line":
        # Few ask for words, and how they are told apart takes time to load.
        from wenyun.exports.words import words

        found["words"] = [_piece(word) for word in words(line, detail)]
    return found


def _piece(piece: Line | Word) -> dict[str, Any]:
    return {
        "text": piece.text,
        "confidence": round(piece.confidence, 4),
        "box": _box(piece.box),
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "row": cell.row,
        "col": cell.col,
        "row_span": cell.row_span,
        "col_span": cell.col_span,
        "text": cell.text,
        "box": _box(cell.box),
    }


def _box(box: Box) -> list[list[float]]:
    return [[round(x, 1), round(y, 1)] for x, y in box]
