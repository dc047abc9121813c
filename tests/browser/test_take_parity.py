"""The files that the page makes are those that the service makes, letter for letter."""

import random
from dataclasses import replace
from typing import Any

import pytest

from tests.browser.visitor import Visitor
from tests.exportkit.trees import block, cell, column, line, page
from wenyun.exports.csv import document_csv, safe
from wenyun.exports.json import document_json
from wenyun.exports.markdown import document_markdown, escape
from wenyun.exports.plain import plain
from wenyun.exports.prose import join_lines
from wenyun.exports.text import document_text
from wenyun.options import Options
from wenyun.result import Block, Cell, Document

PIECES = (
    *("清", "晨", "，", "。", "（", "）", "ひ", "𠀀", "“", "”", "‘", "’", "…", "—", "·"),
    *("a", "B", "word", "recog", "self", "é", "½", "Ⅷ", "1", "27", "%", "(", ")", "@", "_"),
    *("-", "‐", "\u00ad", "/", ".", ":", "?", "#", "=", "&", "~", "+", " ", "  ", "\t", "\u3000"),
    *("www.", "https://", "me@host", "*", "`", "|", "<", ">", "$", "^", "{", "}", "[", "\\"),
    *("1. ", "2) ", "3、", "• ", "- ", "† ", '"', "'", ",", "\n", "\r\n", "\u2028", "\ufeff"),
    *("=SUM(A1)", "+1", "-12.50", "＝", "\u200b", "\x00", "\x85"),
)

JOIN = """async (cases) => {
  const { joinLines } = await import("./js/take/join.js");
  return cases.map((texts) => joinLines(texts));
}"""

SINGLE = """async (texts) => {
  const { escape } = await import("./js/take/markdown.js");
  const { safe } = await import("./js/take/csv.js");
  return texts.map((text) => [escape(text), safe(text)]);
}"""

FILES = """async (answers) => {
  const { treeOf } = await import("./js/take/tree.js");
  const { asText } = await import("./js/take/text.js");
  const { asMarkdown } = await import("./js/take/markdown.js");
  const { asCsv } = await import("./js/take/csv.js");
  const { asJson } = await import("./js/take/json.js");
  return answers.map((answer) => {
    const tree = treeOf(answer, new Map());
    return [asText(tree), asMarkdown(tree), asCsv(tree), JSON.parse(asJson(answer, tree))];
  });
}"""


def _text(draw: random.Random, most: int = 6) -> str:
    return "".join(draw.choice(PIECES) for _ in range(draw.randint(0, most)))


@pytest.fixture
def draw() -> random.Random:
    return random.Random(20261124)


def test_paragraphs_are_joined_alike(visitor: Visitor, draw: random.Random) -> None:
    cases = [[plain(_text(draw)) for _ in range(draw.randint(0, 4))] for _ in range(4000)]
    assert visitor.tab.evaluate(JOIN, cases) == [join_lines(texts) for texts in cases]


def test_marks_are_made_harmless_alike(visitor: Visitor, draw: random.Random) -> None:
    texts = [_text(draw) for _ in range(2000)]
    expected = [[escape(text), safe(text)] for text in texts]
    assert visitor.tab.evaluate(SINGLE, texts) == expected


def test_files_are_written_alike(visitor: Visitor, draw: random.Random) -> None:
    documents = [_document(draw) for _ in range(120)]
    answers = [_answer(document) for document in documents]
    for document, answer, made in zip(
        documents, answers, visitor.tab.evaluate(FILES, answers), strict=True
    ):
        text, markdown, csv, everything = made
        assert text == document_text(document)
        assert markdown == document_markdown(document)
        assert csv == document_csv(document).decode()
        assert everything == answer


def _answer(document: Document) -> dict[str, Any]:
    return document_json(document, Options(), total_time=0.5, request_id="test")


def _document(draw: random.Random) -> Document:
    return Document(
        tuple(
            page(*(_block(draw) for _ in range(draw.randint(0, 5))), number=number)
            for number in range(1, draw.randint(1, 3) + 1)
        )
    )


def _block(draw: random.Random) -> Block:
    kind = draw.choice(["title", "text", "list", "list", "table", "figure", "header", "footer"])
    if kind == "table" and draw.random() < 0.8:
        return _table(draw)
    lines = [
        line(
            # A line is never empty, and its ends are bare: the engine sees to both.
            f"x{_text(draw)}".strip().replace("\x00", ""),
            x=10.0,
            y=20.0 * n,
            sure=round(draw.random(), 4),
            model=draw.choice(["crnn", "second", "pdf_text"]),
        )
        for n in range(draw.randint(0 if kind == "figure" else 1, 4))
    ]
    return block(kind, *lines)


def _table(draw: random.Random) -> Block:
    rows, cols = draw.randint(1, 3), draw.randint(1, 3)
    wide = draw.random() < 0.3 and cols > 1
    cells = [
        _exact(cell(row, col, _text(draw), cols=2 if wide and row == col == 0 else 1))
        for row in range(rows)
        for col in range(cols)
        if not (wide and row == 0 and col == 1)
    ]
    lines = [
        line(f"t{_text(draw, 2)}", x=100.0 * one.col + 5, y=30.0 * one.row + 5, sure=0.5)
        for one in cells
    ]
    return block("table", *lines, cells=cells)


def _exact(one: Cell) -> Cell:
    """With places in floating point, as the engine measures them."""
    first, second, third, fourth = ((float(x), float(y)) for x, y in one.box)
    return replace(one, box=(first, second, third, fourth))


def test_the_order_of_characters_does_not_matter_to_the_files(visitor: Visitor) -> None:
    document = Document((page(block("text", column("竖排的字"), line("next"))),))
    ((text, markdown, _, _),) = visitor.tab.evaluate(FILES, [_answer(document)])
    assert text == "竖排的字\nnext\n"
    assert markdown == document_markdown(document)
