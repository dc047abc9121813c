"""The controls that the page builds from what the service says it offers."""

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
