"""The three ways a picture comes in."""

from playwright.sync_api import expect

from tests.browser.invoice import Sheet
from tests.browser.service import Service
from tests.browser.visitor import Visitor


def test_choosing_sends_the_file_as_it_is(
    visitor: Visitor, service: Service, invoice: Sheet
) -> None:
    visitor.choose(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    assert [(post.name, post.data) for post in service.posts] == [("invoice.png", invoice.png())]


def test_the_button_opens_the_file_dialog(visitor: Visitor) -> None:
    with visitor.tab.expect_file_chooser() as chooser:
        visitor.tab.get_by_role("button", name="Choose files").click()
    assert chooser.value.is_multiple()


def test_the_same_file_can_be_chosen_twice(
    visitor: Visitor, service: Service, invoice: Sheet
) -> None:
    for _ in range(2):
        visitor.choose(invoice.png())
        visitor.wait_for_lines(len(invoice.text))
    assert len(service.posts) == 2


def test_dropping(visitor: Visitor, service: Service, invoice: Sheet) -> None:
    visitor.drop(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    assert service.posts[0].data == invoice.png()
    expect(visitor.tab.locator("body")).not_to_have_class("dropping")


def test_the_page_says_where_to_drop_while_a_file_is_held(visitor: Visitor) -> None:
    veil = visitor.tab.get_by_text("Drop to read")
    expect(veil).to_be_hidden()
    visitor.tab.evaluate(
        """() => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File(["x"], "x.png"));
          document.body.dispatchEvent(new DragEvent("dragover", { dataTransfer, bubbles: true }));
        }"""
    )
    expect(veil).to_be_visible()


def test_pasting(visitor: Visitor, service: Service, invoice: Sheet) -> None:
    visitor.paste(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    assert service.posts[0].data.startswith(b"\x89PNG")


def test_pasted_words_stay_where_they_are_pasted(visitor: Visitor, service: Service) -> None:
    visitor.tab.evaluate("navigator.clipboard.writeText('secret')")
    visitor.tab.get_by_text("More options").click()
    visitor.tab.get_by_label("API key").focus()
    visitor.tab.keyboard.press("Control+v")
    expect(visitor.tab.get_by_label("API key")).to_have_value("secret")
    assert service.posts == []


def test_a_newer_picture_wins_over_one_being_read(
    visitor: Visitor, service: Service, invoice: Sheet
) -> None:
    service.gate.clear()
    visitor.choose(invoice.png(), "first.png")
    expect(visitor.tab.locator("body")).to_have_attribute("data-state", "busy")
    visitor.choose(invoice.png(), "second.png")
    expect(visitor.tab.locator("#facts")).to_have_text("second.png")
    service.gate.set()
    visitor.wait_for_lines(len(invoice.text))
    assert visitor.tab.locator("#alert").is_hidden()
