"""Several files: a row each, read in their turn, stopped, repeated, removed."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visit
from tests.browser.invoice import Sheet
from tests.browser.service import Service, known_failure
from tests.browser.visitor import Visitor

THREE = ("first.png", "second.png", "third.png")


def _choose(visitor: Visitor, sheet: Sheet, *names: str) -> None:
    visitor.choose_all([(sheet.png(), name, "image/png") for name in names])


def _rows(visitor: Visitor) -> Locator:
    return visitor.tab.locator("#queue .job")


def _row(visitor: Visitor, name: str) -> Locator:
    return _rows(visitor).filter(has_text=name)


def _expect_status(visitor: Visitor, **by_name: str) -> None:
    for name, status in by_name.items():
        expect(_row(visitor, name)).to_have_attribute("data-status", status)


@pytest.fixture
def three(visitor: Visitor, invoice: Sheet) -> Visitor:
    """A visitor whose three files have been read."""
    _choose(visitor, invoice, *THREE)
    _expect_status(visitor, first="done", second="done", third="done")
    return visitor


def test_each_file_has_a_row_and_the_first_is_shown(three: Visitor, service: Service) -> None:
    names = _rows(three).locator(".job-name").all_text_contents()
    assert names == list(THREE)
    expect(_rows(three).locator(".job-state").first).to_have_text("48 lines · 0.4 s")
    expect(three.tab.get_by_role("heading", name="3 of 3 read")).to_be_visible()
    expect(three.tab.locator("[aria-current]")).to_have_count(1)
    expect(_row(three, "first").locator("[aria-current=true]")).to_have_count(1)
    assert sorted(post.name for post in service.posts) == sorted(THREE)


def test_two_are_read_at_once_and_the_others_wait(
    visitor: Visitor, service: Service, invoice: Sheet
) -> None:
    service.gate.clear()
    _choose(visitor, invoice, *THREE)
    _expect_status(visitor, first="reading", second="reading", third="waiting")
    expect(_row(visitor, "third").locator(".job-state")).to_have_text("Waiting")
    assert len(service.posts) == 2
    service.gate.set()
    _expect_status(visitor, first="done", second="done", third="done")


def test_what_is_looked_at_comes_first(visitor: Visitor, service: Service, invoice: Sheet) -> None:
    service.gate.clear()
    _choose(visitor, invoice, *THREE, "fourth.png")
    _expect_status(visitor, second="reading")
    _row(visitor, "fourth").locator(".job-open").click()
    expect(_row(visitor, "fourth").locator("[aria-current]")).to_have_count(1)
    service.gate.set()
    _expect_status(visitor, third="done", fourth="done")
    assert [post.name for post in service.posts[2:]] == ["fourth.png", "third.png"]


def test_rows_show_a_small_picture_or_the_kind(visitor: Visitor, invoice: Sheet) -> None:
    visitor.choose_all(
        [(invoice.png(), "a.png", "image/png"), (b"%PDF-1.7", "b.pdf", "application/pdf")]
    )
    expect(_row(visitor, "a.png").locator(".job-thumb canvas")).to_have_count(1)
    expect(_row(visitor, "b.pdf").locator(".job-thumb")).to_have_text("pdf")
    size = _row(visitor, "a.png").locator("canvas").evaluate("one => [one.width, one.height]")
    assert size == [88, 64]


def test_choosing_a_row_shows_its_answer(
    visitor: Visitor, service: Service, invoice: Sheet
) -> None:
    short = {**service.answer, "text": service.answer["text"][:2]}
    service.by_name["second.png"] = (200, short)
    _choose(visitor, invoice, *THREE)
    _expect_status(visitor, first="done", second="done", third="done")
    _row(visitor, "second").locator(".job-open").click()
    visitor.wait_for_lines(2)
    _row(visitor, "third").locator(".job-open").click()
    visitor.wait_for_lines(len(invoice.text))


def test_more_files_join_those_that_are_there(three: Visitor, invoice: Sheet) -> None:
    three.choose(invoice.png(), "fourth.png")
    _expect_status(three, fourth="done")
    expect(_rows(three)).to_have_count(4)
    expect(_row(three, "fourth").locator("[aria-current]")).to_have_count(1)


def test_stopping_one_lets_the_next_begin(
    visitor: Visitor, service: Service, invoice: Sheet
) -> None:
    service.gate.clear()
    _choose(visitor, invoice, *THREE)
    _expect_status(visitor, first="reading", third="waiting")
    visitor.tab.get_by_role("button", name="Stop first.png").click()
    _expect_status(visitor, first="cancelled", third="reading")
    expect(visitor.tab.locator("body")).to_have_attribute("data-state", "cancelled")
    service.gate.set()
    _expect_status(visitor, first="cancelled", second="done", third="done")
    visitor.tab.get_by_role("button", name="Read first.png again").click()
    _expect_status(visitor, first="done")


def test_stopping_one_that_waits(visitor: Visitor, service: Service, invoice: Sheet) -> None:
    service.gate.clear()
    _choose(visitor, invoice, *THREE)
    visitor.tab.get_by_role("button", name="Stop third.png").click()
    service.gate.set()
    _expect_status(visitor, first="done", second="done", third="cancelled")
    assert "third.png" not in [post.name for post in service.posts]


def test_a_failure_says_why_in_its_row_and_can_be_tried_again(
    visitor: Visitor, service: Service, invoice: Sheet
) -> None:
    service.by_name["second.png"] = known_failure("corrupt_image")
    _choose(visitor, invoice, *THREE)
    _expect_status(visitor, first="done", second="failed", third="done")
    expect(_row(visitor, "second").locator(".job-state")).to_contain_text("damaged")
    del service.by_name["second.png"]
    visitor.tab.get_by_role("button", name="Read second.png again").click()
    _expect_status(visitor, second="done")


def test_all_that_failed_are_tried_again_at_once(
    visitor: Visitor, service: Service, invoice: Sheet
) -> None:
    for name in THREE[:2]:
        service.by_name[name] = known_failure("internal")
    _choose(visitor, invoice, *THREE)
    _expect_status(visitor, first="failed", second="failed", third="done")
    service.by_name.clear()
    visitor.tab.get_by_role("button", name="Retry 2").click()
    _expect_status(visitor, first="done", second="done", third="done")
    expect(visitor.tab.get_by_role("button", name="Retry")).to_have_count(0)


def test_a_busy_service_is_given_time(visitor: Visitor, service: Service, invoice: Sheet) -> None:
    service.by_name["first.png"] = known_failure("busy")
    service.headers["retry-after"] = "1"
    service.headers["access-control-expose-headers"] = "retry-after"
    _choose(visitor, invoice, "first.png")
    expect(_row(visitor, "first").locator(".job-state")).to_contain_text("busy; trying again")
    service.by_name.clear()
    _expect_status(visitor, first="done")
    assert len(service.posts) == 2


def test_removing_shows_the_next_and_the_last_one_leaves_an_empty_page(three: Visitor) -> None:
    three.tab.get_by_role("button", name="Remove first.png").click()
    expect(_rows(three)).to_have_count(2)
    expect(_row(three, "second").locator("[aria-current]")).to_be_focused()
    for name in ("second", "third"):
        three.tab.get_by_role("button", name=f"Remove {name}.png").click()
    expect(three.tab.locator("body")).to_have_attribute("data-state", "empty")
    expect(three.tab.get_by_role("button", name="Choose files")).to_be_focused()
    expect(three.tab.locator("#queue")).to_be_hidden()


def test_clearing(three: Visitor) -> None:
    three.tab.get_by_role("button", name="Clear", exact=True).click()
    expect(three.tab.locator("body")).to_have_attribute("data-state", "empty")
    expect(_rows(three)).to_have_count(0)


def test_clearing_while_files_are_read_stops_them(
    visitor: Visitor, service: Service, invoice: Sheet
) -> None:
    service.gate.clear()
    _choose(visitor, invoice, *THREE)
    _expect_status(visitor, first="reading", second="reading")
    visitor.tab.get_by_role("button", name="Clear", exact=True).click()
    expect(_rows(visitor)).to_have_count(0)
    service.gate.set()
    assert len(service.posts) == 2


def test_the_keyboard_goes_through_the_rows(three: Visitor) -> None:
    _row(three, "first").locator(".job-open").focus()
    three.tab.keyboard.press("ArrowDown")
    expect(_row(three, "second").locator(".job-open")).to_be_focused()
    expect(_row(three, "second").locator("[aria-current]")).to_have_count(1)
    three.tab.keyboard.press("End")
    expect(_row(three, "third").locator(".job-open")).to_be_focused()
    three.tab.keyboard.press("ArrowDown")
    expect(_row(three, "third").locator(".job-open")).to_be_focused()
    three.tab.keyboard.press("Home")
    expect(_row(three, "first").locator("[aria-current]")).to_have_count(1)
    three.tab.keyboard.press("Delete")
    expect(_rows(three)).to_have_count(2)
    expect(_row(three, "second").locator(".job-open")).to_be_focused()


def test_only_the_row_looked_at_is_in_the_way_of_the_tab_key(three: Visitor) -> None:
    reached = (
        _rows(three)
        .locator("button:not([hidden])")
        .evaluate_all(
            "all => all.map((one) => [one.closest('li').innerText.split('\\n')[0], one.tabIndex])"
        )
    )
    assert {name for name, index in reached if index == 0} == {"first.png"}


def test_next_and_previous_by_button_and_by_key(three: Visitor) -> None:
    three.tab.get_by_role("button", name="Next file").click()
    expect(_row(three, "second").locator("[aria-current]")).to_have_count(1)
    three.tab.keyboard.press("n")
    expect(_row(three, "third").locator("[aria-current]")).to_have_count(1)
    expect(three.tab.get_by_role("button", name="Next file")).to_be_disabled()
    three.tab.keyboard.press("p")
    expect(_row(three, "second").locator("[aria-current]")).to_have_count(1)


def test_rows_follow_a_change_of_language(
    visitor: Visitor, service: Service, invoice: Sheet
) -> None:
    service.by_name["second.png"] = known_failure("corrupt_image")
    _choose(visitor, invoice, *THREE)
    _expect_status(visitor, first="done", second="failed", third="done")
    visitor.tab.locator("[data-lang=zh]").click()
    expect(_rows(visitor).locator(".job-state").first).to_have_text("48 行 · 0.4 秒")
    expect(_row(visitor, "second").locator(".job-state")).to_contain_text("图片已损坏")
    expect(visitor.tab.get_by_role("heading", name="已识别 2 / 3")).to_be_visible()


def test_a_long_name_keeps_its_end(visitor: Visitor, invoice: Sheet) -> None:
    name = "a-very-long-name-of-a-scanned-document-page-0017.png"
    _choose(visitor, invoice, name)
    row = _rows(visitor).first
    expect(row.locator(".job-tail")).to_have_text("-0017.png"[-9:])
    expect(row.locator(".job-open")).to_have_attribute("title", name)
    tail = row.locator(".job-tail").bounding_box()
    rail = visitor.tab.locator("#queue").bounding_box()
    assert tail is not None
    assert rail is not None
    assert tail["x"] + tail["width"] < rail["x"] + rail["width"]


def test_only_some_pictures_stay_in_memory(visitor: Visitor, invoice: Sheet) -> None:
    names = [f"{number}.png" for number in range(10)]
    held = """() => {
      const made = URL.createObjectURL, gone = URL.revokeObjectURL;
      window.held = new Set();
      URL.createObjectURL = (file) => { const url = made(file); held.add(url); return url; };
      URL.revokeObjectURL = (url) => { held.delete(url); gone(url); };
    }"""
    visitor.tab.evaluate(held)
    _choose(visitor, invoice, *names)
    expect(visitor.tab.locator(".job[data-status=done]")).to_have_count(10)
    assert visitor.tab.evaluate("held.size") <= 7
    _rows(visitor).last.locator(".job-open").click()
    expect(visitor.tab.locator("#viewer img").first).to_be_visible()
    visitor.tab.get_by_role("button", name="Clear", exact=True).click()
    assert visitor.tab.evaluate("held.size") == 0


def test_a_phone_shows_the_queue_above_the_picture(
    visit: Visit, service: Service, invoice: Sheet
) -> None:
    visitor = visit(service, viewport={"width": 360, "height": 740}, has_touch=True).open()
    _choose(visitor, invoice, *THREE, "n" * 90 + ".png")
    expect(visitor.tab.locator(".job[data-status=done]")).to_have_count(4)
    queue = visitor.tab.locator("#queue").bounding_box()
    viewer = visitor.tab.locator("#viewer img").first.bounding_box()
    assert queue is not None
    assert viewer is not None
    assert queue["y"] + queue["height"] <= viewer["y"]
    assert queue["height"] < 300
    assert visitor.tab.evaluate("document.documentElement.scrollWidth") == 360


def test_the_words_of_a_row_are_its_name(three: Visitor) -> None:
    row = three.tab.get_by_role("button", name=re.compile("^first.png 48 lines"))
    expect(row).to_have_count(1)


def test_the_text_of_all_files_as_one_file(
    visitor: Visitor, service: Service, invoice: Sheet
) -> None:
    service.by_name["second.png"] = known_failure("corrupt_image")
    _choose(visitor, invoice, "first.png")
    _expect_status(visitor, first="done")
    expect(visitor.tab.locator("#save-all")).to_be_hidden()
    _choose(visitor, invoice, *THREE[1:])
    _expect_status(visitor, second="failed", third="done")
    with visitor.tab.expect_download() as download:
        visitor.tab.get_by_role("button", name="Save the text of all 2").click()
    assert download.value.suggested_filename == "wenyun.txt"
    text = download.value.path().read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("# ")] == [
        "# first.png",
        "# third.png",
    ]
    assert text.count(invoice.text[1]["text"]) == 2
