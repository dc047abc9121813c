"""The controls that the page builds from what the service says it offers."""

from typing import Any

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.invoice import Sheet
from tests.browser.service import Service
from tests.browser.visitor import Visitor
from wenyun.options import SPECS


def _read(visitor: Visitor, sheet: Sheet) -> None:
    visitor.choose(sheet.png())
    visitor.wait_for_lines(len(sheet.text))


def test_every_option_of_the_service_has_a_control(visitor: Visitor) -> None:
    """But for the format: the page shows the answer itself."""
    for name in SPECS:
        controls = visitor.tab.locator(f"[name='{name}']")
        if name == "format":
            expect(controls).to_have_count(0)
        else:
            expect(controls).not_to_have_count(0)


def test_the_defaults_are_left_to_the_service(
    visitor: Visitor, service: Service, invoice: Sheet
) -> None:
    expect(visitor.tab.locator("[name=profile]:checked")).to_have_value("balanced")
    _read(visitor, invoice)
    assert service.posts[0].fields == {}


def test_what_was_chosen_is_sent(visitor: Visitor, service: Service, invoice: Sheet) -> None:
    visitor.pick("lang", "mix")
    visitor.pick("profile", "accurate")
    visitor.tab.get_by_text("More options").click()
    visitor.pick("direction", "vertical")
    visitor.tab.get_by_label("Region").fill("10,20,300,200")
    visitor.tab.get_by_label("Timings").check()
    _read(visitor, invoice)
    assert service.posts[0].fields == {
        "lang": "mix",
        "profile": "accurate",
        "direction": "vertical",
        "region": "10,20,300,200",
        "timings": "true",
    }


def test_reading_again_with_another_option(
    visitor: Visitor, service: Service, invoice: Sheet
) -> None:
    expect(visitor.tab.get_by_role("button", name="Read again")).to_be_hidden()
    _read(visitor, invoice)
    visitor.pick("profile", "fast")
    service.answer["text"] = service.answer["text"][:3]
    service.gate.clear()
    visitor.tab.get_by_role("button", name="Read again").click()
    expect(visitor.boxes).to_have_count(0)
    service.gate.set()
    visitor.wait_for_lines(3)
    expect(visitor.boxes).to_have_count(3)
    assert [post.fields for post in service.posts] == [{}, {"profile": "fast"}]
    assert service.posts[1].data == service.posts[0].data


def test_the_keyboard_moves_through_the_choices(visitor: Visitor) -> None:
    visitor.tab.locator("[name=profile]:checked").focus()
    visitor.tab.keyboard.press("ArrowRight")
    expect(visitor.tab.locator("[name=profile]:checked")).to_have_value("accurate")


def test_choices_outlive_a_change_of_language(visitor: Visitor) -> None:
    visitor.pick("profile", "accurate")
    visitor.tab.get_by_role("button", name="中文").click()
    expect(visitor.tab.get_by_role("group", name="档位")).to_be_visible()
    expect(visitor.tab.locator("[name=profile]:checked")).to_have_value("accurate")


def test_timings_are_shown(visitor: Visitor, service: Service, invoice: Sheet) -> None:
    service.answer["timings"] = {"detect": 0.1234, "novel": 0.5}
    _read(visitor, invoice)
    expect(visitor.tab.locator("#timings")).to_contain_text("Detect")
    expect(visitor.tab.locator("#timings")).to_contain_text("0.123 s")
    expect(visitor.tab.locator("#timings")).to_contain_text("novel")


def test_an_option_that_the_page_has_never_heard_of(
    visit: Visit, service: Service, invoice: Sheet
) -> None:
    title = {"en": "Paper", "zh": "纸张"}
    new = {"name": "paper", "type": "enum", "enum": ["plain", "lined"], "default": "plain"}
    count = {"name": "copies", "type": "integer", "min": 1, "max": 9, "enum": None, "default": 1}
    form = {"name": "format", "type": "enum", "enum": ["json", "text"], "default": "json"}
    known = service.options()
    told = [{"min": None, "max": None} | one for one in (new, count, form)]
    known["options"] += [one | {"title": title, "help": title} for one in told]
    service.offer = known
    visitor = visit(service).open()
    expect(visitor.tab.locator("[name=format]")).to_have_count(0)
    visitor.tab.get_by_text("More options").click()
    visitor.pick("paper", "lined")
    visitor.tab.locator("[name=copies]").fill("2")
    _read(visitor, invoice)
    assert service.posts[0].fields == {"paper": "lined", "copies": "2"}


def test_the_limits_of_the_service_are_told(visitor: Visitor) -> None:
    expect(visitor.tab.locator("#limits")).to_have_text(
        "JPEG PNG BMP WEBP GIF TIFF PDF · up to 20 MB"
    )


def test_areas_shrink_with_the_picture(visit: Visit, service: Service, invoice: Sheet) -> None:
    service.limits = {"bytes": 20_000_000, "pixels": invoice.width * invoice.height // 4}
    visitor = visit(service).open()
    visitor.tab.get_by_text("More options").click()
    visitor.tab.get_by_label("Ignored areas").fill("100,200,300,40; 8,8,8,8")
    _read(visitor, invoice)
    assert service.posts[0].fields == {"ignore": "50,100,150,20; 4,4,4,4"}


def test_without_the_options_pictures_are_still_read(
    visit: Visit, service: Service, invoice: Sheet
) -> None:
    service.offer = {}
    visitor = visit(service)
    visitor.tab.goto(service.url)
    expect(visitor.tab.get_by_text("The options could not be loaded")).to_be_visible()
    _read(visitor, invoice)
    assert service.posts[0].fields == {}
    assert len(visitor.refusals) == 1


def test_choices_stay_in_the_tab_and_passwords_nowhere(visitor: Visitor) -> None:
    visitor.pick("profile", "accurate")
    visitor.tab.get_by_text("More options").click()
    visitor.tab.get_by_label("Timings").check()
    visitor.tab.locator("[name=pages]").fill("2-4")
    visitor.tab.get_by_label("PDF password").fill("hush hush")
    stored = visitor.tab.evaluate("JSON.stringify([{ ...sessionStorage }, { ...localStorage }])")
    assert "2-4" in stored
    assert "hush" not in stored
    visitor.open()
    expect(visitor.tab.locator("[name=profile]:checked")).to_have_value("accurate")
    expect(visitor.tab.locator("[name=timings]")).to_be_checked()
    expect(visitor.tab.locator("[name=pages]")).to_have_value("2-4")
    expect(visitor.tab.locator("[name=password]")).to_have_value("")
    other = visitor.tab.context.new_page()
    other.goto(visitor.service.url)
    expect(other.locator("[name=profile]:checked")).to_have_value("balanced")


def test_what_was_changed_is_counted_and_put_back(
    visitor: Visitor, service: Service, invoice: Sheet
) -> None:
    reset = visitor.tab.get_by_role("button", name="Reset all options")
    expect(visitor.tab.locator("#options-changed")).to_be_hidden()
    visitor.tab.get_by_text("More options").click()
    expect(reset).to_be_hidden()
    visitor.pick("profile", "fast")
    visitor.pick("enhance", "off")
    visitor.tab.locator("[name=pages]").fill("7")
    expect(visitor.tab.locator("#options-changed")).to_have_text("2 changed")
    reset.click()
    expect(visitor.tab.locator("#options-changed")).to_be_hidden()
    expect(reset).to_be_hidden()
    expect(visitor.tab.locator("[name=profile]:checked")).to_have_value("balanced")
    _read(visitor, invoice)
    assert service.posts[0].fields == {}


def test_a_remembered_choice_that_the_service_no_longer_offers(
    visit: Visit, service: Service, invoice: Sheet
) -> None:
    visitor = visit(service).open()
    stale = {"profile": "extreme", "gone": "yes", "lang": "en"}
    visitor.tab.evaluate(
        "(it) => sessionStorage.setItem('wenyun-options', JSON.stringify(it))", stale
    )
    visitor.open()
    _read(visitor, invoice)
    assert service.posts[0].fields == {"lang": "en"}


def test_a_slip_is_told_before_anything_is_sent(visitor: Visitor) -> None:
    visitor.tab.get_by_text("More options").click()
    for name, wrong, right, words in (
        ("pages", "one", "1-3, 7，9-", "Write pages as"),
        ("region", "1,2,3", "1,2,3.5,4", "Four numbers"),
        ("ignore", "1,2,3,4;5", "1,2,3,4; 5,6,7,8", "Each area needs"),
    ):
        field, complaint = (
            visitor.tab.locator(f"[name={name}]"),
            visitor.tab.locator(f"#wrong-{name}"),
        )
        field.fill(wrong)
        expect(complaint).to_be_hidden()
        field.blur()
        expect(complaint).to_contain_text(words)
        expect(field).to_have_attribute("aria-invalid", "true")
        field.fill(right)
        expect(complaint).to_be_hidden()
        expect(field).to_have_attribute("aria-invalid", "false")


def test_controls_for_types_that_are_to_come(
    visit: Visit, service: Service, invoice: Sheet
) -> None:
    """A list, a text, a bounded number and a choice of many, as a newer service may offer them."""
    title = {"en": "New", "zh": "新"}
    new: list[dict[str, Any]] = [
        {"name": "tags", "type": "list", "default": []},
        {"name": "note", "type": "text", "default": ""},
        {"name": "copies", "type": "integer", "min": 1, "max": 9, "default": 1},
        {"name": "colour", "type": "enum", "enum": list("abcdef"), "default": "a"},
    ]
    base: dict[str, Any] = {"enum": None, "min": None, "max": None, "title": title, "help": title}
    service.offer = service.options()
    service.offer["options"] += [base | one for one in new]
    visitor = visit(service).open()
    visitor.tab.get_by_text("More options").click()
    visitor.tab.locator("textarea[name=tags]").fill(" 文云 \n\nWenyun\n")
    visitor.tab.locator("[name=note]").fill("hello")
    visitor.tab.locator("[name=copies]").fill("12")
    visitor.tab.locator("[name=copies]").blur()
    expect(visitor.tab.locator("#wrong-copies")).to_have_text("A number from 1 to 9 is needed.")
    visitor.tab.locator("[name=copies]").fill("3")
    visitor.tab.locator("select[name=colour]").select_option("e")
    _read(visitor, invoice)
    assert service.posts[0].fields == {
        "tags": "文云\r\nWenyun",
        "note": "hello",
        "copies": "3",
        "colour": "e",
    }


def test_help_calls_the_values_as_the_controls_do(visitor: Visitor) -> None:
    expect(visitor.tab.locator("#help-enhance")).to_have_text(
        "Auto: enhance the picture only where it helps; On: always; Off: never."
    )
    visitor.tab.get_by_role("button", name="中文").click()
    expect(visitor.tab.locator("#help-direction")).to_have_text(
        "自动：自动判断；横排：横排；竖排：竖排。"
    )


def test_beside_a_picture_more_options_close_as_a_menu_does(
    visitor: Visitor, invoice: Sheet
) -> None:
    _read(visitor, invoice)
    summary, inside = visitor.tab.get_by_text("More options"), visitor.tab.locator("#key")
    summary.click()
    inside.focus()
    visitor.tab.keyboard.press("Escape")
    expect(inside).to_be_hidden()
    expect(visitor.tab.locator("#more summary")).to_be_focused()
    summary.click()
    visitor.pick("enhance", "off")
    visitor.tab.locator(".queue-title").click()
    expect(inside).to_be_hidden()
    summary.click()
    inside.press("Enter")
    visitor.wait_for_lines(len(invoice.text))
    expect(inside).to_be_hidden()
    assert [post.fields for post in visitor.service.posts] == [{}, {"enhance": "off"}]


def test_on_an_empty_page_more_options_stay_open(visitor: Visitor) -> None:
    visitor.tab.get_by_text("More options").click()
    visitor.tab.locator(".hero").click()
    expect(visitor.tab.locator("#key")).to_be_visible()
