"""A document in the stage: page by page, its words on a blank sheet."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.invoice import Sheet, answer, pdf_answer
from tests.browser.service import Service
from tests.browser.visitor import Visitor


@pytest.fixture
def document(visitor: Visitor, service: Service) -> Visitor:
    """A visitor whose PDF of three pages has been read."""
    service.answer = pdf_answer(3)
    visitor.choose(b"%PDF-1.7", "contract.pdf", "application/pdf")
    visitor.wait_for_lines(6)
    return visitor


def _words(visitor: Visitor) -> list[str]:
    return visitor.tab.locator("#frame text").all_text_contents()


def test_a_document_page_by_page(document: Visitor) -> None:
    assert _words(document) == ["Line 1 of 1", "Line 2 of 1"]
    document.tab.get_by_role("button", name="Next page").click()
    assert _words(document) == ["Line 1 of 2", "Line 2 of 2"]
    document.tab.keyboard.press("]")
    expect(document.tab.get_by_role("button", name="Next page")).to_be_disabled()
    document.tab.keyboard.press("[")
    field = document.tab.get_by_label("Page, 1 to 3")
    expect(field).to_have_value("2")
    field.fill("99")
    field.press("Enter")
    expect(field).to_have_value("3")
    assert _words(document) == ["Line 1 of 3", "Line 2 of 3"]
    expect(document.tab.locator("[aria-current=true][data-page]")).to_have_text("Page 3")


def test_choosing_a_line_turns_to_its_page(document: Visitor) -> None:
    document.rows.nth(4).click()
    assert _words(document) == ["Line 1 of 3", "Line 2 of 3"]
    expect(document.boxes.first).to_have_class("lit")
    document.tab.get_by_role("button", name="Page 2").click()
    assert _words(document) == ["Line 1 of 2", "Line 2 of 2"]


def test_another_file_begins_at_its_first_page(
    document: Visitor, service: Service, invoice: Sheet
) -> None:
    document.rows.nth(5).click()
    service.answer = invoice.answer()
    document.choose(invoice.png())
    document.wait_for_lines(len(invoice.text))
    expect(document.boxes).to_have_count(len(invoice.text))
    expect(document.tab.locator("#pages")).to_be_hidden()


def test_a_column_of_a_sheet_runs_downwards(visitor: Visitor, service: Service) -> None:
    box = [[50, 20], [70, 20], [70, 120], [50, 120]]
    line = {"text": "竖排文字", "confidence": 0.9, "box": box, "page": 1, "model": "crnn"}
    service.answer = answer([line], 200, 300)
    visitor.choose(b"II*\x00", "scan.tiff", "image/tiff")
    visitor.wait_for_lines(1)
    assert visitor.tab.locator("#frame tspan").all_text_contents() == list("竖排文字")


def test_a_thousand_pages_open_at_once_and_grow_while_read(visit: Visit, service: Service) -> None:
    service.answer = pdf_answer(1000)
    visitor = visit(service).open()
    visitor.choose(b"%PDF-1.7", "book.pdf", "application/pdf")
    expect(visitor.tab.locator("#count")).to_have_text("2000 lines")
    assert visitor.rows.count() < 500
    visitor.rows.first.focus()
    visitor.tab.keyboard.press("End")
    expect(visitor.rows).to_have_count(2000)
    expect(visitor.rows.last).to_be_focused()
    assert _words(visitor) == ["Line 1 of 1000", "Line 2 of 1000"]
