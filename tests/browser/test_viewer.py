"""The picture in its stage: near and far, moved, turned, page by page."""

from typing import Any

import pytest
from playwright.sync_api import FloatRect, Locator, expect

from tests.browser.invoice import Sheet, answer, encode
from tests.browser.service import Service
from tests.browser.visitor import Visitor

VIEWS = """async () => {
  const { fit, pan, settle, toPicture, toStage, zoom } = await import("./js/viewer/view.js");
  const size = { width: 300, height: 200 };
  const room = { width: 500, height: 400 };
  return [0, 90, 180, 270].map((turn) => {
    const view = zoom(fit(size, room, turn), 3, { x: 250, y: 190 }, size, room);
    const there = toStage(view, { x: 37, y: 151 }, size);
    return [toPicture(view, there, size), toPicture(view, { x: 250, y: 190 }, size),
      toPicture(fit(size, room, turn), { x: 250, y: 190 }, size)];
  });
}"""

PINCH = """([id, kind, x, y]) => document.querySelector("#stage").dispatchEvent(
  new PointerEvent(kind, { pointerId: id, pointerType: "touch", clientX: x, clientY: y,
    button: 0, bubbles: true }))"""


@pytest.fixture
def read(visitor: Visitor, invoice: Sheet) -> Visitor:
    """A visitor whose invoice has been read."""
    visitor.choose(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    return visitor


def _rect(element: Locator) -> FloatRect:
    found = element.bounding_box()
    assert found is not None
    return found


def _picture(visitor: Visitor) -> FloatRect:
    return _rect(visitor.tab.locator("#frame img"))


def _tool(visitor: Visitor, name: str) -> Locator:
    return visitor.tab.locator(f"#viewer button[data-tool={name}]")


def _over_its_words(visitor: Visitor, sheet: Sheet, index: int) -> None:
    shown = _picture(visitor)
    scale = shown["width"] / sheet.width
    (left, top), _, (right, _), _ = sheet.text[index]["box"]
    box = _rect(visitor.boxes.nth(index))
    assert box["x"] == pytest.approx(shown["x"] + left * scale, abs=3)
    assert box["y"] == pytest.approx(shown["y"] + top * scale, abs=3)
    assert box["width"] == pytest.approx((right - left) * scale, abs=5)


def test_places_come_back_from_the_stage(visitor: Visitor) -> None:
    for back, under, before in visitor.tab.evaluate(VIEWS):
        assert back == pytest.approx({"x": 37, "y": 151})
        assert under == pytest.approx(before), "zooming keeps what lies under the pointer"


def test_zooming_by_buttons_keys_and_wheel(read: Visitor, invoice: Sheet) -> None:
    fitted = _picture(read)
    _tool(read, "zoomIn").click()
    assert _picture(read)["width"] == pytest.approx(fitted["width"] * 1.25, abs=1)
    _over_its_words(read, invoice, 3)
    read.tab.keyboard.press("0")
    assert _picture(read) == pytest.approx(fitted, abs=1)
    read.tab.locator("#stage").focus()
    read.tab.keyboard.press("+")
    read.tab.keyboard.press("-")
    assert _picture(read)["width"] == pytest.approx(fitted["width"], abs=1)
    read.tab.keyboard.press("1")
    assert _picture(read)["width"] == pytest.approx(invoice.width, abs=1)
    expect(_tool(read, "actual")).to_have_text("100%")
    _tool(read, "fit").click()
    read.tab.mouse.move(fitted["x"] + 100, fitted["y"] + 80)
    read.tab.mouse.wheel(0, -200)
    near = _picture(read)
    assert near["width"] > fitted["width"] * 1.3
    part = (fitted["x"] + 100 - near["x"]) / near["width"]
    assert part == pytest.approx(100 / fitted["width"], abs=0.01)


def test_the_wheel_scrolls_the_page_where_there_is_nothing_farther(read: Visitor) -> None:
    read.tab.set_viewport_size({"width": 1280, "height": 420})
    fitted = _picture(read)
    read.tab.mouse.move(fitted["x"] + 100, fitted["y"] + 80)
    read.tab.mouse.wheel(0, 200)
    read.tab.wait_for_function("() => scrollY > 50")


def test_dragging_moves_a_near_picture_but_never_out_of_sight(read: Visitor) -> None:
    stage = _rect(read.tab.locator("#stage"))
    _tool(read, "actual").click()
    before = _picture(read)
    middle = stage["x"] + stage["width"] / 2, stage["y"] + stage["height"] / 2
    read.tab.mouse.move(*middle)
    read.tab.mouse.down()
    read.tab.mouse.move(middle[0] - 60, middle[1], steps=4)
    assert _picture(read)["x"] == pytest.approx(before["x"] - 60, abs=8)
    read.tab.mouse.move(middle[0] - 3000, middle[1] - 3000, steps=4)
    read.tab.mouse.up()
    after = _picture(read)
    assert after["x"] + after["width"] > stage["x"] + stage["width"] / 2
    expect(read.tab.locator("#stage")).not_to_have_class("dragged")


def test_arrows_move_the_picture(read: Visitor) -> None:
    _tool(read, "actual").click()
    read.tab.locator("#stage").focus()
    before = _picture(read)
    read.tab.keyboard.press("ArrowRight")
    assert _picture(read)["x"] == pytest.approx(before["x"] - 60, abs=1)


def test_two_fingers_zoom(read: Visitor) -> None:
    fitted = _picture(read)
    x, y = fitted["x"] + fitted["width"] / 2, fitted["y"] + fitted["height"] / 2
    for id_, dx in ((1, -40), (2, 40)):
        read.tab.evaluate(PINCH, [id_, "pointerdown", x + dx, y])
    for id_, dx in ((1, -80), (2, 80)):
        read.tab.evaluate(PINCH, [id_, "pointermove", x + dx, y])
    for id_, dx in ((1, -80), (2, 80)):
        read.tab.evaluate(PINCH, [id_, "pointerup", x + dx, y])
    assert _picture(read)["width"] == pytest.approx(fitted["width"] * 2, rel=0.02)


def test_turning_takes_the_boxes_along_and_is_remembered(read: Visitor, invoice: Sheet) -> None:
    before = _rect(read.boxes.first)
    read.tab.keyboard.press("t")
    turned = _picture(read)
    assert turned["height"] / turned["width"] == pytest.approx(1180 / 860, abs=0.01)
    box, scale = _rect(read.boxes.first), turned["height"] / invoice.width
    assert box["height"] > 3 * box["width"]
    (left, top), _, (_, bottom), _ = invoice.text[0]["box"]
    assert box["y"] == pytest.approx(turned["y"] + left * scale, abs=3)
    assert box["x"] == pytest.approx(turned["x"] + (invoice.height - bottom) * scale, abs=3)
    assert top < bottom
    for _ in range(3):
        _tool(read, "turn").click()
    assert _rect(read.boxes.first) == pytest.approx(before, abs=1)


def test_a_picture_that_lay_on_its_side_stands_up(
    visitor: Visitor, service: Service, invoice: Sheet
) -> None:
    service.answer["pages"][0]["angle"] = 90
    visitor.choose(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    shown = _picture(visitor)
    assert shown["height"] > shown["width"]


def test_a_long_picture_is_fitted_by_its_width(visitor: Visitor, service: Service) -> None:
    long = Sheet(width=400, height=3000)
    long.write(20, 20, "开头")
    service.answer = answer(long.text, 400, 3000)
    visitor.choose(encode(long.image, "PNG"))
    visitor.wait_for_lines(1)
    stage, shown = _rect(visitor.tab.locator("#stage")), _picture(visitor)
    assert shown["width"] == pytest.approx(400, abs=2)
    assert shown["height"] > stage["height"]
    assert shown["y"] - stage["y"] < 60, "its beginning is to be seen"


def test_a_resized_window_fits_the_picture_again(read: Visitor, invoice: Sheet) -> None:
    before = _picture(read)
    read.tab.set_viewport_size({"width": 1110, "height": 800})
    read.tab.wait_for_timeout(200)
    assert _picture(read)["width"] < before["width"]
    _over_its_words(read, invoice, 5)


def test_choosing_a_line_brings_its_box_into_sight(read: Visitor) -> None:
    read.tab.locator("#stage").focus()
    for _ in range(9):
        read.tab.keyboard.press("+")
    stage = _rect(read.tab.locator("#stage"))
    read.rows.nth(0).click()
    box = _rect(read.boxes.first)
    assert stage["x"] < box["x"] + box["width"] / 2 < stage["x"] + stage["width"]
    assert stage["y"] < box["y"] + box["height"] / 2 < stage["y"] + stage["height"]


def test_blocks_and_cells_are_drawn_at_wish(
    visitor: Visitor, service: Service, invoice: Sheet
) -> None:
    page: dict[str, Any] = service.answer["pages"][0]
    box = page["blocks"][0]["box"]
    page["blocks"][0] |= {
        "type": "table",
        "cells": [{"row": 0, "col": 0, "row_span": 1, "col_span": 1, "text": "a", "box": box}],
    }
    visitor.choose(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    drawn = visitor.tab.locator("#frame :is(.block, .cell)")
    expect(drawn).to_have_count(0)
    _tool(visitor, "layout").click()
    expect(drawn).to_have_count(2)
    expect(visitor.boxes).to_have_count(len(invoice.text))
    _tool(visitor, "layout").click()
    expect(drawn).to_have_count(0)
