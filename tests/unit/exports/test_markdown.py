"""Markdown that means what the page says and nothing else."""

import pytest

from tests.exportkit.trees import block, cell, document, line, page
from wenyun.exports.markdown import document_markdown, escape
from wenyun.result import Document


def test_titles_paragraphs_and_lists() -> None:
    made = document(
        block("title", line("年度报告")),
        block("text", line("这是第一"), line("行。")),
        block("title", line("Part"), line("one")),
        block("list", line("• 苹果")),
        block("list", line("2、梨")),
        block("text", line("End of the"), line("page")),
    )
    assert document_markdown(made) == (
        "# 年度报告\n\n这是第一行。\n\n## Part one\n\n- 苹果\n2. 梨\n\nEnd of the page\n"
    )


def test_pages_are_parted_by_a_rule_and_have_one_main_title() -> None:
    pages = tuple(page(block("title", line(text)), number=n) for n, text in enumerate("ab", 1))
    assert document_markdown(Document((*pages, page(number=3)))) == "# a\n\n---\n\n## b\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("# no title", r"\# no title"),
        ("- no item", r"\- no item"),
        ("1. no item", r"1\. no item"),
        ("2024) no item", r"2024\) no item"),
        ("12.50", "12.50"),
        ("> quote", r"\> quote"),
        ("===", r"\==="),
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("a*b*_c_ `d`", r"a\*b\*\_c\_ \`d\`"),
        ("[x](javascript:1) ![y](z)", r"\[x\](javascript:1) !\[y\](z)"),
        ("a|b ~~c~~ &lt; $x$ \\", r"a\|b \~\~c\~\~ \&lt; \$x\$ \\"),
        ("two\nlines\u2028\x00", "two lines"),
    ],
)
def test_text_cannot_become_markup(text: str, written: str) -> None:
    assert escape(text) == written


def test_a_table_of_plain_cells() -> None:
    cells = [cell(0, 0, "品名"), cell(0, 1, "a|b"), cell(1, 0, "梨\n子")]
    made = document(block("table", line("品名"), cells=cells))
    assert document_markdown(made) == "| 品名 | a\\|b |\n| --- | --- |\n| 梨<br>子 |  |\n"


def test_spans_make_it_html() -> None:
    cells = [cell(0, 0, "<合计>", cols=2), cell(1, 0, "a", rows=2), cell(1, 1, "b\n\nc")]
    assert document_markdown(document(block("table", line("x"), cells=cells))) == (
        '<table>\n<tr><td colspan="2">&lt;合计&gt;</td></tr>\n'
        '<tr><td rowspan="2">a</td><td>b<br><br>c</td></tr>\n</table>\n'
    )


def test_figures_keep_their_lines_apart_and_empty_blocks_leave_nothing() -> None:
    made = document(block("figure", line("x"), line("y")), block("figure"), block("table"))
    assert document_markdown(made) == "x\\\ny\n"


def test_nothing_read_is_nothing_written() -> None:
    assert document_markdown(document()) == ""
