"""Areas of the picture: the one to read, those to leave out; by hand, by numbers, by keyboard."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visit
from tests.browser.invoice import Sheet, pdf_answer
from tests.browser.service import Service
from tests.browser.visitor import Visitor

SEAL = (925, 690, 190, 155)


@pytest.fixture
def read(visitor: Visitor, invoice: Sheet) -> Visitor:
    """A visitor whose invoice has been read."""
    visitor.choose(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    return visitor


def _tool(visitor: Visitor, name: str) -> Locator:
    return visitor.tab.locator(f"#viewer button[data-tool={name}]")


def _drag(visitor: Visitor, area: tuple[int, int, int, int], width: int = 1180) -> None:
    shown = visitor.tab.locator("#frame").bounding_box()
    assert shown is not None
    scale = shown["width"] / width
    x, y, w, h = (side * scale for side in area)
    visitor.tab.mouse.move(shown["x"] + x, shown["y"] + y)
    visitor.tab.mouse.down()
    visitor.tab.mouse.move(shown["x"] + x + w / 2, shown["y"] + y + h / 3)
    visitor.tab.mouse.move(shown["x"] + x + w, shown["y"] + y + h)
    visitor.tab.mouse.up()


def _numbers(visitor: Visitor, row: int = 0) -> list[int]:
    fields = visitor.tab.locator(".area").nth(row).locator("input")
    return [int(value) for value in fields.evaluate_all("all => all.map((one) => one.value)")]


def _sent(service: Service, name: str) -> list[int]:
    return [int(part) for part in service.posts[-1].fields[name].split(",")]


def test_a_region_is_drawn_and_read_alone(read: Visitor, service: Service) -> None:
    _tool(read, "region").click()
    expect(read.tab.get_by_text("Drag over what is to be read")).to_be_visible()
    _drag(read, (50, 176, 540, 96))
    assert _numbers(read) == pytest.approx([50, 176, 540, 96], abs=4)
    expect(read.tab.locator("#frame .region")).to_be_visible()
    expect(_tool(read, "move")).to_have_attribute("aria-pressed", "true")
    service.answer["text"] = service.answer["text"][:2]
    read.tab.get_by_role("button", name="Read this area only").click()
    read.wait_for_lines(2)
    assert _sent(service, "region") == _numbers(read)
    assert "ignore" not in service.posts[-1].fields
    expect(read.tab.locator("#read-areas")).to_be_hidden()


def test_areas_to_leave_out_are_drawn_listed_and_removed(read: Visitor, service: Service) -> None:
    _tool(read, "ignore").click()
    _drag(read, SEAL)
    _drag(read, (400, 30, 300, 50))
    expect(read.tab.locator("#frame .ignored")).to_have_count(2)
    assert _numbers(read, 0) == pytest.approx(SEAL, abs=4)
    read.tab.get_by_role("button", name="Remove: Leave out 2").click()
    expect(read.tab.locator("#frame .ignored")).to_have_count(1)
    with read.tab.expect_response("**/api/ocr"):
        read.tab.locator("#read-areas").click()
    assert _sent(service, "ignore") == _numbers(read)
    read.tab.get_by_role("button", name="Remove: Leave out 1").click()
    expect(read.tab.get_by_text("areas that are gone now")).to_be_visible()
    with read.tab.expect_response("**/api/ocr"):
        read.tab.locator("#read-areas").click()
    expect(read.tab.locator("#areas")).to_be_hidden()
    assert service.posts[-1].fields == {}


def test_a_slip_of_the_hand_is_no_area_and_escape_ends_drawing(read: Visitor) -> None:
    _tool(read, "region").click()
    _drag(read, (100, 100, 3, 2))
    expect(read.tab.locator("#frame .region")).to_have_count(0)
    read.tab.keyboard.press("Escape")
    expect(_tool(read, "move")).to_have_attribute("aria-pressed", "true")
    expect(read.tab.locator("#areas")).to_be_hidden()


def test_an_area_ends_at_the_edge_of_the_picture(read: Visitor) -> None:
    _tool(read, "region").click()
    _drag(read, (900, 600, 280, 400))
    x, y, width, height = _numbers(read)
    assert (x + width, y + height) == pytest.approx((1180, 860), abs=4)
    assert x + width <= 1180
    assert y + height <= 860


def test_an_area_drawn_on_a_turned_picture_lies_where_it_was_drawn(read: Visitor) -> None:
    read.tab.keyboard.press("t")
    read.tab.keyboard.press("t")
    _tool(read, "region").click()
    _drag(read, (0, 0, 590, 215))
    assert _numbers(read) == pytest.approx([590, 645, 590, 215], abs=4)


def test_areas_by_keyboard_alone(read: Visitor, service: Service) -> None:
    _tool(read, "ignore").focus()
    read.tab.keyboard.press("Enter")
    read.tab.get_by_role("button", name="Area to leave out, by numbers").focus()
    read.tab.keyboard.press("Enter")
    expect(read.tab.get_by_role("button", name="Area to leave out, by numbers")).to_be_focused()
    for side, value in zip(("Left", "Top", "Width", "Height"), SEAL, strict=True):
        field = read.tab.get_by_label(f"Leave out 1: {side}")
        field.focus()
        field.fill(str(value))
        read.tab.keyboard.press("Tab")
    again = read.tab.locator("#read-areas")
    again.focus()
    with read.tab.expect_response("**/api/ocr"):
        read.tab.keyboard.press("Enter")
    assert service.posts[-1].fields == {"ignore": ",".join(map(str, SEAL))}


def test_nonsense_in_a_field_becomes_a_number_that_can_be(read: Visitor) -> None:
    _tool(read, "region").click()
    read.tab.get_by_role("button", name="Area to read, by numbers").click()
    for side, value in (("Left", "-7"), ("Width", "0")):
        field = read.tab.get_by_label(f"Read only: {side}")
        field.fill(value)
        field.press("Tab")
    assert _numbers(read)[0] == 0
    assert _numbers(read)[2] == 1


def test_areas_shrink_with_a_picture_that_is_sent_smaller(
    visit: Visit, service: Service, invoice: Sheet
) -> None:
    service.limits = {"bytes": 20_000_000, "pixels": invoice.width * invoice.height // 4}
    visitor = visit(service).open()
    visitor.choose(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    _tool(visitor, "region").click()
    _drag(visitor, (100, 200, 600, 400))
    with visitor.tab.expect_response("**/api/ocr"):
        visitor.tab.locator("#read-areas").click()
    assert _sent(service, "region") == pytest.approx(
        [side / 2 for side in _numbers(visitor)], abs=1
    )


def test_areas_on_the_sheet_of_a_pdf_are_in_its_own_units(
    visitor: Visitor, service: Service
) -> None:
    service.answer = pdf_answer(1)
    visitor.choose(b"%PDF-1.7", "letter.pdf", "application/pdf")
    visitor.wait_for_lines(2)
    _tool(visitor, "region").click()
    _drag(visitor, (60, 60, 100, 15), width=595)
    assert _numbers(visitor) == pytest.approx([60, 60, 100, 15], abs=2)
    expect(visitor.tab.get_by_text("for every page of the file")).to_be_visible()


def test_each_file_has_its_own_areas(read: Visitor, service: Service, invoice: Sheet) -> None:
    _tool(read, "ignore").click()
    _drag(read, SEAL)
    read.choose(invoice.png(), "other.png")
    read.wait_for_lines(len(invoice.text))
    expect(read.tab.locator("#frame .ignored")).to_have_count(0)
    assert service.posts[-1].fields == {}


def test_a_service_without_areas_offers_no_tools_for_them(
    visit: Visit, service: Service, invoice: Sheet
) -> None:
    offer = service.options()
    offer["options"] = [one for one in offer["options"] if one["name"] not in ("region", "ignore")]
    service.offer = offer
    visitor = visit(service).open()
    visitor.choose(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    for name in ("move", "region", "ignore"):
        expect(_tool(visitor, name)).to_be_hidden()
