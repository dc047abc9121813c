"""Accessibility of what comes out: axe-core finds nothing in the viewer's states either."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import AXE, faults
from tests.browser.conftest import Visit, need
from tests.browser.invoice import Sheet, pdf_answer
from tests.browser.service import Service
from tests.browser.test_access import LOOKS
from tests.browser.visitor import Visitor


@pytest.fixture(params=LOOKS)
def read(visit: Visit, service: Service, invoice: Sheet, request: pytest.FixtureRequest) -> Visitor:
    need(AXE.is_file(), "axe-core")
    visitor = visit(service, reduced_motion="reduce", **request.param).open()
    visitor.choose(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    return visitor


def test_a_line_being_edited_and_edited_with_words_found(read: Visitor) -> None:
    read.rows.nth(2).locator(".line-text").dblclick()
    assert faults(read.tab) == []
    read.tab.locator(".line-field").fill("put right")
    read.tab.keyboard.press("Enter")
    read.tab.locator("#find").fill("right")
    expect(read.tab.locator("#lines mark")).to_have_count(1)
    read.tab.locator("#threshold").fill("99")
    expect(read.tab.locator(".line.under").first).to_be_attached()
    assert faults(read.tab) == []


def test_areas_and_layout(read: Visitor) -> None:
    read.tab.locator("button[data-tool=layout]").click()
    read.tab.locator("button[data-tool=ignore]").click()
    for place in ("region", "ignore"):
        read.tab.locator(f"[data-place='add {place}']").click()
    expect(read.tab.locator(".area")).to_have_count(2)
    assert faults(read.tab) == []


def test_menus_and_the_code_of_a_request(read: Visitor) -> None:
    for menu in ("downloads", "copy-as"):
        read.tab.locator(f"#{menu} summary").click()
        # What an open menu covers is a smaller target until it closes.
        assert [one for one in faults(read.tab) if not one.startswith("target-size")] == []
        read.tab.keyboard.press("Escape")
    read.tab.locator("#take-request").click()
    expect(read.tab.locator("#request")).to_be_visible()
    assert faults(read.tab) == []


def test_a_document_as_running_text(read: Visitor, service: Service) -> None:
    service.answer = pdf_answer(3) | {"timings": {"detect": 0.1, "recognise": 0.3}}
    read.choose(b"%PDF-1.7", "contract.pdf", "application/pdf")
    read.wait_for_lines(6)
    assert faults(read.tab) == []
    read.tab.locator("#modes label").nth(1).click()
    expect(read.tab.locator("#prose p").first).to_be_visible()
    assert faults(read.tab) == []
