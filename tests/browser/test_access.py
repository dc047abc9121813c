"""Accessibility: axe-core finds nothing in any state, by day and by night, in both languages."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import AXE, faults
from tests.browser.conftest import Visit, need
from tests.browser.desk import Desk
from tests.browser.invoice import Sheet
from tests.browser.service import Service, known_failure
from tests.browser.visitor import Visitor

LOOKS = [
    pytest.param({"locale": "en-US", "color_scheme": "light"}, id="english-day"),
    pytest.param({"locale": "zh-CN", "color_scheme": "dark"}, id="chinese-night"),
    pytest.param(
        {"locale": "zh-CN", "color_scheme": "light", "viewport": {"width": 360, "height": 740}},
        id="phone",
    ),
]


@pytest.fixture(autouse=True)
def _axe() -> None:
    need(AXE.is_file(), "axe-core")


@pytest.fixture(params=LOOKS)
def visitor(visit: Visit, service: Service, request: pytest.FixtureRequest) -> Visitor:
    return visit(service, reduced_motion="reduce", **request.param).open()


def _state(visitor: Visitor, state: str) -> None:
    expect(visitor.tab.locator("body")).to_have_attribute("data-state", state)


def test_an_empty_page_with_its_options(visitor: Visitor) -> None:
    assert faults(visitor.tab) == []
    visitor.tab.locator("#more summary").click()
    visitor.tab.locator("[name=pages]").fill("one to three")
    visitor.tab.locator("[name=pages]").blur()
    expect(visitor.tab.locator("#wrong-pages")).to_be_visible()
    assert faults(visitor.tab) == []


def test_the_help(visitor: Visitor) -> None:
    visitor.tab.locator("#help-open").click()
    assert faults(visitor.tab) == []


def test_while_reading_and_when_read(visitor: Visitor, service: Service, invoice: Sheet) -> None:
    service.gate.clear()
    visitor.choose(invoice.png())
    _state(visitor, "busy")
    assert faults(visitor.tab) == []
    service.gate.set()
    visitor.wait_for_lines(len(invoice.text))
    assert faults(visitor.tab) == []


def test_several_files_and_one_that_failed(
    visitor: Visitor, service: Service, invoice: Sheet
) -> None:
    service.by_name["broken.png"] = known_failure("corrupt_image")
    visitor.choose_all(
        [(invoice.png(), name, "image/png") for name in ("broken.png", "a.png", "b.png")]
    )
    _state(visitor, "failed")
    assert faults(visitor.tab) == []


def test_a_job_half_way(visitor: Visitor, service: Service, invoice: Sheet) -> None:
    service.desk = Desk(pages=7, stop_at=3)
    service.limits = {"bytes": 1000, "pixels": 50_000_000}
    visitor.open()
    visitor.choose(b"%PDF-1.7 " + bytes(2000), "long.pdf", "application/pdf")
    _state(visitor, "busy")
    expect(visitor.tab.get_by_role("progressbar").first).to_be_visible()
    assert faults(visitor.tab) == []
