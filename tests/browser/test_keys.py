"""Single keys, the help that lists them, and the page by keyboard alone."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.invoice import Sheet
from tests.browser.service import Service
from tests.browser.visitor import Visitor


def test_the_help_opens_and_closes_by_keyboard(visitor: Visitor) -> None:
    help_ = visitor.tab.get_by_role("dialog", name="Help and keys")
    visitor.tab.keyboard.press("?")
    expect(help_).to_be_visible()
    visitor.tab.keyboard.press("Escape")
    expect(help_).to_be_hidden()
    visitor.tab.locator("#help-open").focus()
    visitor.tab.keyboard.press("Enter")
    expect(help_).to_be_visible()
    visitor.tab.get_by_role("button", name="Close").click()
    expect(help_).to_be_hidden()
    expect(visitor.tab.locator("#help-open")).to_be_focused()


def test_a_click_beside_the_help_closes_it(visitor: Visitor) -> None:
    visitor.tab.locator("#help-open").click()
    visitor.tab.locator("#help h2").click()
    expect(visitor.tab.locator("#help")).to_be_visible()
    visitor.tab.mouse.click(5, 5)
    expect(visitor.tab.locator("#help")).to_be_hidden()


def test_who_has_but_fingers_is_not_told_of_keys(visit: Visit, service: Service) -> None:
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
    visitor = visit(service, **phone).open()
    visitor.tab.locator("#help-open").click()
    expect(visitor.tab.locator("#help p")).to_be_visible()
    expect(visitor.tab.locator("#keys")).to_be_hidden()


def test_the_help_speaks_the_language(visitor: Visitor) -> None:
    visitor.tab.get_by_role("button", name="中文").click()
    visitor.tab.locator("#help-open").click()
    expect(visitor.tab.locator("#keys dd").first).to_have_text("选择文件")


def test_every_key_of_the_help_is_some_elements_and_only_those(
    visitor: Visitor, invoice: Sheet
) -> None:
    names = ("a.png", "b.png", "c.png")
    visitor.choose_all([(invoice.png(), name, "image/png") for name in names])
    visitor.wait_for_lines(len(invoice.text))
    visitor.tab.keyboard.press("n")
    expect(visitor.tab.locator("#queue [aria-current=true]")).to_contain_text("b.png")
    told = [text.lower() for text in visitor.tab.locator("#keys kbd").all_text_contents()]
    held = visitor.tab.locator("[data-key]").evaluate_all("all => all.map((e) => e.dataset.key)")
    assert sorted(set(held)) == sorted(told)


def test_a_key_chooses_files(visitor: Visitor) -> None:
    visitor.tab.on("filechooser", lambda _: None)
    # The browser's driver may hear of the listener later than of the key.
    visitor.tab.wait_for_timeout(300)
    with visitor.tab.expect_file_chooser():
        visitor.tab.keyboard.press("o")


def test_keys_that_belong_to_something_else(visitor: Visitor) -> None:
    """While words are typed, with the browser's own modifiers, and while a window is open."""
    chosen: list[object] = []
    visitor.tab.on("filechooser", lambda chooser: chosen.append(chooser))
    visitor.tab.locator("#more summary").click()
    visitor.tab.locator("#key").focus()
    visitor.tab.keyboard.type("o?")
    expect(visitor.tab.locator("#key")).to_have_value("o?")
    visitor.tab.locator("#key").blur()
    visitor.tab.keyboard.press("Alt+o")
    visitor.tab.locator("#help-open").click()
    visitor.tab.keyboard.press("o")
    expect(visitor.tab.locator("#help")).to_be_visible()
    assert chosen == []


def test_single_keys_can_be_turned_off_and_stay_off(visitor: Visitor) -> None:
    visitor.tab.locator("#help-open").click()
    visitor.tab.get_by_role("switch", name="Single keys").uncheck()
    visitor.tab.keyboard.press("Escape")
    visitor.open()
    visitor.tab.keyboard.press("?")
    expect(visitor.tab.locator("#help")).to_be_hidden()
    visitor.tab.locator("#help-open").click()
    visitor.tab.get_by_role("switch", name="Single keys").check()
    visitor.tab.keyboard.press("Escape")
    visitor.tab.keyboard.press("?")
    expect(visitor.tab.locator("#help")).to_be_visible()


def test_the_first_tab_stop_skips_the_bar(visitor: Visitor) -> None:
    visitor.tab.keyboard.press("Tab")
    skip = visitor.tab.get_by_role("link", name="Skip to the page")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    visitor.tab.keyboard.press("Enter")
    visitor.tab.keyboard.press("Tab")
    expect(visitor.tab.locator("#choose")).to_be_focused()


def test_a_journey_by_keyboard_alone(visitor: Visitor, service: Service, invoice: Sheet) -> None:
    """Options, a file, its text copied, the file read again otherwise."""
    _tab_to(visitor, "[name=profile]")
    visitor.tab.keyboard.press("ArrowRight")
    with visitor.tab.expect_file_chooser() as chooser:
        visitor.tab.wait_for_timeout(300)
        _tab_to(visitor, "#choose", back=True)
        visitor.tab.keyboard.press("Enter")
    chooser.value.set_files({"name": "a.png", "mimeType": "image/png", "buffer": invoice.png()})
    visitor.wait_for_lines(len(invoice.text))
    visitor.tab.keyboard.press("c")
    expect(visitor.tab.get_by_role("status")).to_have_text("Copied")
    assert visitor.clipboard() == "\n".join(line["text"] for line in invoice.text)
    _tab_to(visitor, "[name=lang]")
    visitor.tab.keyboard.press("ArrowRight")
    visitor.tab.keyboard.press("Enter")
    visitor.wait_for_lines(len(invoice.text))
    expect(visitor.tab.get_by_role("status")).to_have_text(re.compile("read in"))
    assert [post.fields for post in service.posts] == [
        {"profile": "accurate"},
        {"profile": "accurate", "lang": "en"},
    ]


def test_focus_is_always_to_be_seen(visitor: Visitor, invoice: Sheet) -> None:
    """Each stop of the Tab key draws an outline, on itself or on what stands for it."""
    visitor.choose(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    seen = 0
    for _ in range(30):
        visitor.tab.keyboard.press("Tab")
        outline = visitor.tab.evaluate(
            """() => {
              const one = document.activeElement;
              if (!one || one === document.body) return null;
              const shown = one.matches(".segments input") ? one.nextElementSibling : one;
              return parseFloat(getComputedStyle(shown).outlineWidth);
            }"""
        )
        if outline is not None:
            seen += 1
            assert outline >= 2, visitor.tab.evaluate("() => document.activeElement.outerHTML")
    assert seen > 20


def _tab_to(visitor: Visitor, selector: str, *, back: bool = False) -> None:
    for _ in range(200):
        if visitor.tab.evaluate("(to) => document.activeElement.matches(to)", selector):
            return
        visitor.tab.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"the Tab key never comes to {selector}")
