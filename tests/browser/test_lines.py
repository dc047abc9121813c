"""The lines: put right, found, marked by how sure they are, shown as running text."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.invoice import Sheet
from tests.browser.service import Service
from tests.browser.visitor import Visitor


@pytest.fixture
def read(visitor: Visitor, invoice: Sheet) -> Visitor:
    """A visitor whose invoice has been read."""
    visitor.choose(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    return visitor


def _text(visitor: Visitor, row: int) -> Locator:
    return visitor.rows.nth(row).locator(".line-text")


def _field(visitor: Visitor) -> Locator:
    return visitor.tab.locator(".line-field")


def test_a_line_is_put_right_in_its_place(read: Visitor, invoice: Sheet) -> None:
    read.correct(3, "购买方：别的公司")
    expect(_field(read)).to_have_count(0)
    expect(_text(read, 3)).to_have_text("购买方：别的公司")
    expect(_text(read, 3)).to_have_attribute("title", f"Read as: {invoice.text[3]['text']}")
    expect(read.rows.nth(3)).to_be_focused()
    expect(read.rows.nth(4)).not_to_have_class("edited")
    read.tab.get_by_role("button", name="Put back what was read in line 4", exact=True).click()
    expect(_text(read, 3)).to_have_text(str(invoice.text[3]["text"]))
    expect(read.rows.nth(3)).not_to_have_class("edited")


def test_escape_leaves_the_line_as_it_was(read: Visitor, invoice: Sheet) -> None:
    read.tab.get_by_role("button", name="Edit line 1", exact=True).click()
    _field(read).fill("nothing of the kind")
    _field(read).press("Escape")
    expect(_text(read, 0)).to_have_text(str(invoice.text[0]["text"]))
    expect(read.tab.locator("#undo-edit")).to_be_hidden()


def test_leaving_the_field_keeps_what_was_typed(read: Visitor) -> None:
    _text(read, 0).dblclick()
    _field(read).fill("kept\nin one line")
    read.tab.locator("#find").focus()
    expect(_text(read, 0)).to_have_text("kept in one line")


def test_edits_are_taken_back_one_by_one(read: Visitor, invoice: Sheet) -> None:
    first = str(invoice.text[0]["text"])
    read.correct(0, "one")
    read.correct(0, "two")
    read.correct(1, "three")
    read.tab.keyboard.press("Control+z")
    expect(_text(read, 1)).to_have_text(str(invoice.text[1]["text"]))
    read.tab.locator("#undo-edit").click()
    expect(_text(read, 0)).to_have_text("one")
    read.tab.locator("#undo-edit").click()
    expect(_text(read, 0)).to_have_text(first)
    expect(read.tab.locator("#undo-edit")).to_be_hidden()


def test_what_is_typed_is_text_and_nothing_else(read: Visitor) -> None:
    read.correct(0, "<img src=x onerror=alert(1)>")
    expect(_text(read, 0)).to_have_text("<img src=x onerror=alert(1)>")
    expect(read.tab.locator("#lines img")).to_have_count(0)


def test_edits_stay_with_their_file_and_go_when_it_is_read_anew(
    read: Visitor, invoice: Sheet
) -> None:
    read.correct(0, "mine")
    read.choose(invoice.png(), "other.png")
    read.wait_for_lines(len(invoice.text))
    expect(read.tab.locator("#queue [aria-current=true]")).to_contain_text("other")
    expect(_text(read, 0)).to_have_text(str(invoice.text[0]["text"]))
    read.tab.locator("#queue .job-open").first.click()
    expect(_text(read, 0)).to_have_text("mine")
    read.tab.locator("#again").click()
    read.wait_for_lines(len(invoice.text))
    expect(_text(read, 0)).to_have_text(str(invoice.text[0]["text"]))
    expect(read.tab.locator("#undo-edit")).to_be_hidden()


def test_edits_outlive_a_change_of_language(read: Visitor) -> None:
    read.correct(0, "mine")
    read.tab.get_by_role("button", name="中文").click()
    expect(_text(read, 0)).to_have_text("mine")
    expect(read.tab.get_by_role("button", name="编辑第 1 行", exact=True)).to_be_attached()


def test_the_list_by_keyboard_alone(read: Visitor, invoice: Sheet) -> None:
    read.rows.first.focus()
    read.tab.keyboard.press("ArrowDown")
    expect(read.rows.nth(1)).to_be_focused()
    expect(read.boxes.nth(1)).to_have_class("lit")
    read.tab.keyboard.press("End")
    expect(read.rows.last).to_be_focused()
    read.tab.keyboard.press("Home")
    read.tab.keyboard.press("Enter")
    expect(_field(read)).to_be_focused()
    read.tab.keyboard.type("typed")
    read.tab.keyboard.press("Enter")
    expect(_text(read, 0)).to_have_text("typed")
    read.tab.keyboard.press("Control+c")
    expect(read.tab.get_by_role("status")).to_have_text("Copied")
    assert read.clipboard() == "typed"
    for _ in range(3):
        read.tab.keyboard.press("ArrowRight")
    expect(read.tab.get_by_role("button", name="Copy line 1", exact=True)).to_be_focused()
    read.tab.keyboard.press("ArrowDown")
    read.tab.keyboard.press("Tab")
    assert not read.tab.evaluate("document.activeElement.closest('#lines')")
    assert len(invoice.text) > 2


def test_unsure_lines_are_greyed_and_counted(read: Visitor, invoice: Sheet) -> None:
    under = [n for n, line in enumerate(invoice.text) if line["confidence"] < 0.85]
    read.tab.get_by_label("Unsure lines").fill("85")
    said = f"{len(under)} of {len(invoice.text)} under 85%"
    expect(read.tab.locator("#threshold-count")).to_have_text(said)
    expect(read.tab.locator(".line.under")).to_have_count(len(under))
    expect(read.tab.locator("polygon.under")).to_have_count(len(under))
    assert read.rows.nth(under[0]).evaluate("row => row.classList.contains('under')")
    slider = read.tab.get_by_label("Unsure lines")
    expect(slider).to_have_attribute("aria-valuetext", said)
    slider.press("Home")
    expect(read.tab.locator(".line.under")).to_have_count(0)


def test_unsure_lines_are_left_out_of_the_list_and_of_copies(read: Visitor, invoice: Sheet) -> None:
    kept = [line["text"] for line in invoice.text if line["confidence"] >= 0.85]
    read.tab.get_by_label("Unsure lines").fill("85")
    read.tab.get_by_label("Leave out", exact=True).check()
    expect(read.tab.locator(".line:visible")).to_have_count(len(kept))
    expect(read.tab.locator("#threshold-count")).to_contain_text("2 of 48 left out")
    read.tab.locator("#copy-all").click()
    expect(read.tab.get_by_role("status")).to_have_text("Copied")
    assert read.clipboard() == "\n".join(kept)
    read.tab.locator("#modes label").nth(1).click()
    expect(read.tab.locator("#prose")).not_to_contain_text("M330")


def test_words_are_found_from_hit_to_hit(read: Visitor, invoice: Sheet) -> None:
    hits = [n for n, line in enumerate(invoice.text) if "税号" in line["text"]]
    read.tab.keyboard.press("/")
    expect(read.tab.get_by_label("Find in the text")).to_be_focused()
    read.tab.keyboard.type("税号")
    expect(read.tab.locator(".find-count")).to_have_text(f"{len(hits)} found")
    expect(read.tab.locator("#lines mark")).to_have_count(len(hits))
    for n, index in enumerate([*hits, hits[0]]):
        read.tab.keyboard.press("Enter")
        expect(read.boxes.nth(index)).to_have_class("lit")
        expect(read.tab.locator(".find-count")).to_have_text(f"{n % len(hits) + 1} of {len(hits)}")
    read.tab.keyboard.press("Shift+Enter")
    expect(read.boxes.nth(hits[-1])).to_have_class("lit")
    read.tab.keyboard.press("Escape")
    expect(read.tab.locator("#lines mark")).to_have_count(0)
    expect(read.tab.get_by_label("Find in the text")).to_have_value("")


def test_finding_looks_past_capitals_and_says_when_there_is_nothing(read: Visitor) -> None:
    field = read.tab.get_by_label("Find in the text")
    field.fill("WIRELESS mouse")
    expect(read.tab.locator("#lines mark")).to_have_text("Wireless Mouse")
    field.fill("no such words")
    expect(read.tab.locator(".find-count")).to_have_text("0 found")
    read.correct(0, "now there are no such words")
    field.press("Enter")
    expect(read.tab.locator(".find-count")).to_have_text("1 of 1")


def test_what_failed_is_tried_again(visitor: Visitor, service: Service, invoice: Sheet) -> None:
    service.fail(500, "internal", "Something broke.", "出错了。")
    visitor.choose(invoice.png())
    alert = visitor.tab.locator("#alert")
    expect(alert).to_contain_text("Something broke.")
    expect(alert).to_contain_text("tell whoever runs the service")
    service.status, service.answer = 200, invoice.answer()
    alert.get_by_role("button", name="Try again").click()
    visitor.wait_for_lines(len(invoice.text))
    expect(alert).to_be_hidden()
