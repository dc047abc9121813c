"""The result tree as Markdown (CommonMark, tables as GitHub writes them).

Text stands for itself: every mark that could become markup is escaped. Pages are parted by a rule.
"""

import re
from collections.abc import Iterator
from html import escape as html_escape

from wenyun.exports.plain import plain
from wenyun.exports.prose import join_lines
from wenyun.result import Block, Cell, Document, Page

INLINE = re.compile(r"([\\`*_\[\]<>|~$&^{}])")
AT_START = re.compile(r"^([#+=:-])")
NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
ITEM = re.compile(r"^(?:[-–—•●○■□◆◇▪▶►‣⁃∙◦·*†‡+])\s*")
ITEM_NUMBER = re.compile(r"^(\d{1,9})\s?[.．、)）]\s*(?=\S)")

BETWEEN_PAGES = "\n\n---\n\n"


def document_markdown(document: Document) -> str:
    """All pages; ends with a newline unless nothing was read."""
    titled = False
    pages: list[str] = []
    for page in document.pages:
        pages.append(_page(page, titled))
        titled = titled or any(block.type == "title" for block in page.blocks)
    text = BETWEEN_PAGES.join(page for page in pages if page)
    return text + "\n" if text else ""


def escape(text: str) -> str:
    """Text that Markdown shows as it is, at the start of a line too."""
    inline = INLINE.sub(r"\\\1", plain(text))
    return NUMBERED.sub(r"\1\\\2", AT_START.sub(r"\\\1", inline))


def _page(page: Page, titled: bool) -> str:
    parts: list[str] = []
    before = ""
    for block in page.blocks:
        for text in _block(block, titled):
            tight = before == block.type == "list"
            parts.append(("\n" if tight else "\n\n") * bool(parts) + text)
            before = block.type
        titled = titled or block.type == "title"
    return "".join(parts)


def _block(block: Block, titled: bool) -> Iterator[str]:
    """The block as Markdown; nothing where it has no text."""
    text = join_lines([plain(line.text) for line in block.lines])
    if block.type == "table" and block.cells:
        yield _table(block.cells)
    elif not text:
        return
    elif block.type == "title":
        yield ("## " if titled else "# ") + escape(text)
    elif block.type == "list":
        yield _item(text)
    elif block.type in ("table", "figure"):
        yield "\\\n".join(escape(line.text) for line in block.lines if plain(line.text))
    else:
        yield escape(text)


def _item(text: str) -> str:
    """A list's item under its own number, or under a dash where it had a bullet."""
    number = ITEM_NUMBER.match(text)
    if number:
        return f"{number.group(1)}. {escape(text[number.end() :])}"
    return f"- {escape(ITEM.sub('', text, count=1)) or escape(text)}"


def _table(cells: tuple[Cell, ...]) -> str:
    spans = any(cell.row_span > 1 or cell.col_span > 1 for cell in cells)
    return _html_table(cells) if spans else _pipe_table(cells)


def _pipe_table(cells: tuple[Cell, ...]) -> str:
    """The first row is the head: this kind of table has to have one."""
    rows, cols = max(c.row for c in cells) + 1, max(c.col for c in cells) + 1
    texts = {(cell.row, cell.col): _cell_text(cell) for cell in cells}
    lines = [_row([texts.get((row, col), "") for col in range(cols)]) for row in range(rows)]
    return "\n".join([lines[0], _row(["---"] * cols), *lines[1:]])


def _row(texts: list[str]) -> str:
    return f"| {' | '.join(texts)} |"


def _cell_text(cell: Cell) -> str:
    return "<br>".join(escape(part) for part in cell.text.splitlines() if plain(part))


def _html_table(cells: tuple[Cell, ...]) -> str:
    """Cells that span rows or columns can only be written so. No empty line may stand in it."""
    rows: dict[int, list[Cell]] = {row: [] for row in range(max(c.row for c in cells) + 1)}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.col)):
        rows[cell.row].append(cell)
    body = [f"<tr>{''.join(map(_html_cell, row))}</tr>" for row in rows.values()]
    return "\n".join(["<table>", *body, "</table>"])


def _html_cell(cell: Cell) -> str:
    spans = "".join(
        f' {name}="{span}"'
        for name, span in (("rowspan", cell.row_span), ("colspan", cell.col_span))
        if span > 1
    )
    parts = (html_escape(plain(part)) for part in cell.text.splitlines())
    return f"<td{spans}>{'<br>'.join(parts)}</td>"
