"""A PDF on the page: sent as it is, its lines page by page."""

import pytest
from playwright.sync_api import expect

from tests.browser.invoice import pdf_answer
from tests.browser.service import Service
from tests.browser.visitor import Visitor
from tests.papers.raw import HELVETICA, Raw, helvetica


@pytest.fixture
def data() -> bytes:
    pdf = Raw()
    pdf.page(helvetica([(60, 760, "Line 1 of 1")]), resources=HELVETICA)
    return pdf.build()


def test_a_document_is_sent_whole_and_shown_by_page(
    visitor: Visitor, service: Service, data: bytes
) -> None:
    service.answer = pdf_answer(3)
    visitor.choose(data, "contract.pdf", "application/pdf")
    visitor.wait_for_lines(6)
    assert service.posts[0].data == data
    assert service.posts[0].name == "contract.pdf"
    marks = visitor.tab.locator("#lines .page-mark")
    assert marks.all_text_contents() == ["Page 1", "Page 2", "Page 3"]
    order = visitor.tab.locator("#lines li").evaluate_all("items => items.map((i) => i.className)")
    assert order == ["page-mark", "line", "line"] * 3
    expect(visitor.boxes).to_have_count(2)
    assert visitor.complaints == []


def test_one_page_needs_no_number(visitor: Visitor, service: Service, data: bytes) -> None:
    service.answer = pdf_answer(1)
    visitor.choose(data, "letter.pdf", "application/pdf")
    visitor.wait_for_lines(2)
    expect(visitor.tab.locator("#lines .page-mark")).to_have_count(0)


def test_a_page_that_failed_is_named(visitor: Visitor, service: Service, data: bytes) -> None:
    service.answer = {**pdf_answer(2), "warnings": ["page_failed:3"]}
    visitor.choose(data, "broken.pdf", "application/pdf")
    visitor.wait_for_lines(4)
    expect(visitor.tab.locator("#warnings li")).to_have_text("Page 3 could not be read.")


def test_the_dialog_offers_documents(visitor: Visitor) -> None:
    offered = visitor.tab.locator("#file").get_attribute("accept") or ""
    assert {".pdf", "application/pdf", "image/*"} <= set(offered.split(","))
