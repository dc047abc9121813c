"""The answer as running text: titles, paragraphs, tables."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.invoice import Sheet, answer
from tests.browser.service import Service
from tests.browser.visitor import Visitor


def _article() -> dict[str, Any]:
    """An answer of a title, a paragraph of two lines and a table."""
    texts = ["标题", "the quick", "brown fox", "Name", "Age", "Li", "30"]
    lines = [
        {
            "text": text,
            "confidence": 0.9,
            "box": [[10, 30 * n], [90, 30 * n], [90, 30 * n + 20], [10, 30 * n + 20]],
            "page": 1,
            "model": "crnn",
        }
        for n, text in enumerate(texts)
    ]
    whole = answer(lines, 200, 300)
    told = [{key: line[key] for key in ("text", "confidence", "box")} for line in lines]
    cells = [
        {"row": n // 2, "col": n % 2, "row_span": 1, "col_span": 1, "text": line["text"],
         "box": line["box"]}
        for n, line in enumerate(told[3:])
    ]  # fmt: skip
    box = whole["pages"][0]["blocks"][0]["box"]
    whole["pages"][0]["blocks"] = [
        {"type": "title", "box": box, "lines": told[:1]},
        {"type": "text", "box": box, "lines": told[1:3]},
        {"type": "table", "box": box, "lines": told[3:], "cells": cells},
    ]
    return whole


@pytest.fixture
def article(visitor: Visitor, service: Service, invoice: Sheet) -> Visitor:
    """A visitor who reads a title, a paragraph and a table as running text."""
    service.answer = _article()
    visitor.choose(invoice.png())
    visitor.wait_for_lines(7)
    visitor.tab.locator("#modes label").nth(1).click()
    return visitor


def test_running_text_has_titles_paragraphs_and_tables(article: Visitor) -> None:
    prose = article.tab.locator("#prose")
    expect(prose.get_by_role("heading", name="标题")).to_be_visible()
    expect(prose.locator("p")).to_have_text("the quick brown fox")
    assert prose.locator("td").all_text_contents() == ["Name", "Age", "Li", "30"]
    expect(article.tab.locator("#lines")).to_be_hidden()


def test_running_text_is_copied_as_it_is_shown(article: Visitor) -> None:
    article.tab.locator("#copy-all").click()
    expect(article.tab.get_by_role("status")).to_have_text("Copied")
    assert article.clipboard() == "标题\n\nthe quick brown fox\n\nName\tAge\nLi\t30"


def test_a_paragraph_lights_all_its_boxes_and_a_box_its_paragraph(article: Visitor) -> None:
    article.tab.locator("#prose p").hover()
    expect(article.tab.locator("polygon.lit")).to_have_count(2)
    article.boxes.nth(0).hover()
    expect(article.tab.locator("#prose .lit")).to_have_text("标题")


def test_running_text_and_cells_say_what_was_put_right(article: Visitor) -> None:
    article.tab.locator("#modes label").nth(0).click()
    article.correct(2, "red fox")
    article.correct(6, "31")
    article.tab.locator("#modes label").nth(1).click()
    expect(article.tab.locator("#prose p")).to_have_text("the quick red fox")
    expect(article.tab.locator("#prose td").last).to_have_text("31")
    article.tab.get_by_label("Find in the text").fill("red")
    expect(article.tab.locator("#prose mark")).to_have_text("red")
