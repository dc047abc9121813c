"""CSV as spreadsheets take it in."""

import csv
import io

import pytest

from tests.exportkit.trees import block, cell, document, line, page
from wenyun.exports.csv import HEAD, document_csv, safe
from wenyun.result import Document


def rows(made: Document) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(document_csv(made).decode("utf-8-sig"), newline="")))


def test_bytes_are_rfc_4180_with_a_mark() -> None:
    data = document_csv(document(block("text", line('say "a, b"'))))
    assert data.startswith(b"\xef\xbb\xbfpage,block,type,line,")
    assert b'"say ""a, b"""' in data
    assert data.count(b"\r\n") == data.count(b"\n") == 2


def test_a_record_a_line() -> None:
    pages = tuple(
        page(block("title", line("a")), block("text", line("b"), line("c", 1, 2, 10)), number=n)
        for n in (1, 3)
    )
    found = rows(Document(pages))
    assert [(r["page"], r["block"], r["type"], r["line"], r["text"]) for r in found[:3]] == [
        ("1", "1", "title", "1", "a"),
        ("1", "2", "text", "2", "b"),
        ("1", "2", "text", "3", "c"),
    ]
    assert found[3]["page"] == "3"
    assert [float(found[2][name]) for name in HEAD[-8:]] == [1, 2, 6, 2, 6, 12, 1, 12]
    assert (found[0]["confidence"], found[0]["model"], found[0]["row"]) == ("0.9", "crnn", "")


def test_a_record_a_cell_of_a_table() -> None:
    cells = [cell(0, 1, "价", cols=2), cell(0, 0, "品名")]
    made = document(block("table", line("品名", 10, 5, 10, sure=0.5), cells=cells))
    first, second = rows(made)
    assert [first[k] for k in ("row", "col", "text", "confidence")] == ["1", "1", "品名", "0.5"]
    assert [second[k] for k in ("row", "col", "col_span", "confidence")] == ["1", "2", "2", ""]


@pytest.mark.parametrize(
    "text", ["=1+1", "+A1", "-A1", "@SUM(A)", "＝1", "-1+cmd|' /C calc'!A0", "|x"]
)
def test_formulas_are_defused(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-12.50", "+86", "1,200.00", "-3%", "a=b", "发票", ""])
def test_amounts_and_plain_text_stay(text: str) -> None:
    assert safe(text) == text


def test_no_control_character_breaks_a_record() -> None:
    assert safe("\t=1") == "'=1"
    assert safe("a\r\nb\x00") == "a b"
