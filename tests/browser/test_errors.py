"""Failures in words, in the reader's language."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.invoice import Sheet
from tests.browser.service import Service, known_failure
from tests.browser.visitor import Visitor
from wenyun.errors import KINDS

DAMAGED = KINDS["corrupt_image"]


def _fail_to_read(visitor: Visitor, sheet: Sheet) -> None:
    visitor.choose(sheet.png())
    expect(visitor.tab.locator("body")).to_have_attribute("data-state", "failed")


def test_an_error_in_the_words_of_the_service(
    visitor: Visitor, service: Service, invoice: Sheet
) -> None:
    service.fail(DAMAGED.status, "corrupt_image", DAMAGED.message, DAMAGED.message_zh)
    _fail_to_read(visitor, invoice)
    alert = visitor.tab.get_by_role("alert")
    expect(alert).to_contain_text(DAMAGED.message)
    expect(alert).to_contain_text("corrupt_image · req-7")
    assert len(visitor.refusals) == 1


def test_an_error_in_chinese(visit: Visit, service: Service, invoice: Sheet) -> None:
    service.fail(DAMAGED.status, "corrupt_image", DAMAGED.message, DAMAGED.message_zh)
    visitor = visit(service, locale="zh-CN").open()
    _fail_to_read(visitor, invoice)
    expect(visitor.tab.get_by_role("alert")).to_contain_text(DAMAGED.message_zh)
    expect(visitor.tab.get_by_role("heading", name="未能识别 invoice.png")).to_be_visible()


def test_an_error_follows_a_change_of_language(
    visitor: Visitor, service: Service, invoice: Sheet
) -> None:
    service.fail(DAMAGED.status, "corrupt_image", DAMAGED.message, DAMAGED.message_zh)
    _fail_to_read(visitor, invoice)
    visitor.tab.get_by_role("button", name="中文").click()
    expect(visitor.tab.get_by_role("alert")).to_contain_text(DAMAGED.message_zh)


def test_the_next_picture_clears_the_error(
    visitor: Visitor, service: Service, invoice: Sheet
) -> None:
    service.fail(DAMAGED.status, "corrupt_image", DAMAGED.message, DAMAGED.message_zh)
    _fail_to_read(visitor, invoice)
    service.status, service.answer = 200, invoice.answer()
    visitor.choose(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    expect(visitor.tab.locator("#alert")).to_be_hidden()


def test_an_answer_that_is_no_json(visitor: Visitor, service: Service, invoice: Sheet) -> None:
    service.status, service.answer = 502, b"<html>Bad gateway</html>"
    _fail_to_read(visitor, invoice)
    expect(visitor.tab.get_by_role("alert")).to_contain_text("not understood (HTTP 502)")


def test_an_answer_that_is_json_of_another_kind(
    visitor: Visitor, service: Service, invoice: Sheet
) -> None:
    service.answer = {"hello": "world"}
    _fail_to_read(visitor, invoice)
    expect(visitor.tab.get_by_role("alert")).to_contain_text("not understood (HTTP 200)")


def test_a_service_out_of_reach(visitor: Visitor, invoice: Sheet) -> None:
    visitor.tab.context.set_offline(True)
    _fail_to_read(visitor, invoice)
    expect(visitor.tab.get_by_role("alert")).to_contain_text("cannot be reached")


def test_a_service_that_wants_a_key(visitor: Visitor, service: Service, invoice: Sheet) -> None:
    kind = KINDS["unauthorized"]
    service.fail(kind.status, "unauthorized", kind.message, kind.message_zh)
    _fail_to_read(visitor, invoice)
    expect(visitor.tab.get_by_label("API key")).to_be_focused()
    visitor.tab.keyboard.type("open sesame")
    service.status, service.answer = 200, invoice.answer()
    visitor.tab.keyboard.press("Enter")
    visitor.wait_for_lines(len(invoice.text))
    assert "x-api-key" not in service.posts[0].headers
    assert service.posts[1].headers["x-api-key"] == "open sesame"


def test_the_key_stays_in_the_tab(visitor: Visitor) -> None:
    visitor.tab.get_by_text("More options").click()
    visitor.tab.get_by_label("API key").fill("open sesame")
    visitor.tab.reload()
    visitor.tab.get_by_text("More options").click()
    expect(visitor.tab.get_by_label("API key")).to_have_value("open sesame")
    assert "open sesame" not in visitor.tab.evaluate("JSON.stringify(localStorage)")
    other = visitor.tab.context.new_page()
    other.goto(visitor.service.url)
    expect(other.locator("#key")).to_have_value("")


def test_a_document_that_wants_its_password(
    visitor: Visitor, service: Service, invoice: Sheet
) -> None:
    service.by_name["locked.pdf"] = known_failure("pdf_password_required")
    visitor.choose(b"%PDF-1.7 locked", "locked.pdf", "application/pdf")
    expect(visitor.tab.get_by_label("PDF password")).to_be_focused()
    service.by_name.clear()
    visitor.tab.keyboard.type("hush hush")
    visitor.tab.keyboard.press("Enter")
    visitor.wait_for_lines(len(invoice.text))
    assert service.posts[-1].fields == {"password": "hush hush"}


def test_an_option_that_the_service_finds_fault_with(
    visitor: Visitor, service: Service, invoice: Sheet
) -> None:
    status, answer = known_failure("invalid_option")
    answer["error"]["field"] = "pages"
    service.by_name["a.png"] = status, answer
    visitor.choose(invoice.png(), "a.png")
    expect(visitor.tab.locator("[name=pages]")).to_be_focused()
