"""What the page shows of an answer."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.invoice import Sheet, answer, encode
from tests.browser.service import Service
from tests.browser.visitor import Visitor


@pytest.fixture
def read(visitor: Visitor, invoice: Sheet) -> Visitor:
    """A visitor whose invoice has been read."""
    visitor.choose(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    return visitor


def test_lines_in_reading_order_with_confidence(read: Visitor, invoice: Sheet) -> None:
    texts = read.tab.locator("#lines .line-text").all_text_contents()
    assert texts == [line["text"] for line in invoice.text]
    unsure = read.rows.filter(has_text="年费")
    expect(unsure.locator(".line-confidence")).to_have_text("62%")
    expect(unsure).to_have_attribute("data-sure", "low")


def test_total_time_and_count_are_shown(read: Visitor, invoice: Sheet) -> None:
    expect(read.tab.locator("#count")).to_have_text(f"{len(invoice.text)} lines")
    expect(read.tab.locator("#facts")).to_contain_text("0.42 s")


def test_boxes_lie_over_their_words(read: Visitor, invoice: Sheet) -> None:
    shown = read.tab.locator("#frame img").bounding_box()
    assert shown is not None
    scale = shown["width"] / invoice.width
    assert scale < 1, "the picture must be shown smaller than it is for this test to mean much"
    for index in (0, 7, len(invoice.text) - 1):
        box = read.boxes.nth(index).bounding_box()
        assert box is not None
        (left, top), _, (right, bottom), _ = invoice.text[index]["box"]
        assert box["x"] == pytest.approx(shown["x"] + left * scale, abs=3)
        assert box["y"] == pytest.approx(shown["y"] + top * scale, abs=3)
        assert box["width"] == pytest.approx((right - left) * scale, abs=5)
        assert box["height"] == pytest.approx((bottom - top) * scale, abs=5)


def test_boxes_of_a_photo_turned_by_exif(visitor: Visitor, service: Service) -> None:
    stored = Image.new("RGB", (300, 200), "white")
    exif = Image.Exif()
    exif[0x0112] = 6
    box = [[10, 20], [110, 20], [110, 60], [10, 60]]
    line = {"text": "turned", "confidence": 0.9, "box": box, "page": 1, "model": "crnn"}
    service.answer = answer([line], width=200, height=300)
    visitor.choose(encode(stored, "JPEG", exif=exif), "photo.jpg", "image/jpeg")
    visitor.wait_for_lines(1)
    shown = visitor.tab.locator("#frame img").bounding_box()
    drawn = visitor.boxes.first.bounding_box()
    assert shown is not None
    assert drawn is not None
    assert shown["height"] / shown["width"] == pytest.approx(1.5, abs=0.02)
    scale = shown["width"] / 200
    assert drawn["x"] - shown["x"] == pytest.approx(10 * scale, abs=3)
    assert drawn["y"] - shown["y"] == pytest.approx(20 * scale, abs=3)


def test_pointing_at_a_line_lights_its_box(read: Visitor) -> None:
    read.rows.nth(3).hover()
    expect(read.boxes.nth(3)).to_have_class("lit")
    expect(read.tab.locator("polygon.lit")).to_have_count(1)
    read.rows.nth(4).hover()
    expect(read.tab.locator("polygon.lit")).to_have_attribute("data-line", "4")
    read.tab.mouse.move(1, 1)
    expect(read.tab.locator(".lit")).to_have_count(0)


def test_pointing_at_a_box_lights_its_line_and_brings_it_into_view(
    read: Visitor, invoice: Sheet
) -> None:
    last = len(invoice.text) - 1
    assert not _within_the_list(read, last), "the list must be long enough to scroll"
    read.boxes.nth(last).hover()
    expect(read.tab.locator(".line.lit")).to_have_attribute("data-line", str(last))
    assert _within_the_list(read, last)


def test_the_keyboard_reaches_each_line(read: Visitor) -> None:
    read.tab.get_by_role("button", name="Copy line 2", exact=True).focus()
    expect(read.boxes.nth(1)).to_have_class("lit")
    read.tab.keyboard.press("Enter")
    expect(read.tab.get_by_role("status")).to_have_text("Copied")


def test_copying_one_line(read: Visitor, invoice: Sheet) -> None:
    read.tab.get_by_role("button", name="Copy line 5", exact=True).click()
    expect(read.tab.get_by_role("status")).to_have_text("Copied")
    assert read.clipboard() == invoice.text[4]["text"]


def test_copying_all(read: Visitor, invoice: Sheet) -> None:
    read.tab.get_by_role("button", name="Copy all").click()
    expect(read.tab.get_by_role("status")).to_have_text("Copied")
    assert read.clipboard() == "\n".join(line["text"] for line in invoice.text)


def test_copying_where_the_browser_withholds_the_clipboard(read: Visitor, invoice: Sheet) -> None:
    read.tab.evaluate("navigator.clipboard.writeText('before')")
    read.tab.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    read.tab.get_by_role("button", name="Copy all").click()
    expect(read.tab.get_by_role("status")).to_have_text("Copied")
    assert read.clipboard() == "\n".join(line["text"] for line in invoice.text)


def test_busy_while_reading(visitor: Visitor, service: Service, invoice: Sheet) -> None:
    service.gate.clear()
    visitor.choose(invoice.png())
    expect(visitor.tab.get_by_role("status")).to_have_text("Reading invoice.png…")
    expect(visitor.tab.locator("#result")).to_have_attribute("aria-busy", "true")
    service.gate.set()
    expect(visitor.tab.locator("#result")).to_have_attribute("aria-busy", "false")
    expect(visitor.tab.get_by_role("status")).to_contain_text("read in 0.42 s")


def test_a_picture_without_text(visitor: Visitor, service: Service, invoice: Sheet) -> None:
    service.answer = answer([], invoice.width, invoice.height)
    visitor.choose(invoice.png())
    expect(visitor.tab.get_by_role("heading", name="No text found")).to_be_visible()
    expect(visitor.tab.locator("#alert")).to_be_hidden()
    expect(visitor.tab.get_by_role("button", name="Copy all")).to_be_hidden()


def test_warnings_in_words(visitor: Visitor, service: Service, invoice: Sheet) -> None:
    service.answer["warnings"] = ["animated_first_frame", "something_new"]
    visitor.choose(invoice.png())
    expect(visitor.tab.locator("#warnings li").first).to_contain_text("only its first frame")
    expect(visitor.tab.locator("#warnings li").last).to_have_text("something_new")


def test_a_tiff_is_shown_as_a_sheet_of_its_lines(
    visitor: Visitor, service: Service, invoice: Sheet
) -> None:
    visitor.choose(encode(invoice.image, "TIFF"), "scan.tiff", "image/tiff")
    visitor.wait_for_lines(len(invoice.text))
    sheet = visitor.tab.locator("#frame svg").bounding_box()
    assert sheet is not None
    assert sheet["width"] / sheet["height"] == pytest.approx(1180 / 860, abs=0.01)
    expect(visitor.boxes).to_have_count(len(invoice.text))
    expect(visitor.tab.get_by_text("This browser cannot show the file")).to_be_visible()


def test_a_picture_over_the_limits_is_sent_smaller(
    visitor: Visitor, service: Service, invoice: Sheet
) -> None:
    service.limits = {"bytes": 30_000, "pixels": 400_000}
    visitor.open()
    visitor.choose(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    [post] = service.posts
    assert post.name == "invoice.jpg"
    assert len(post.data) <= 30_000
    with Image.open(io.BytesIO(post.data)) as sent:
        assert sent.width * sent.height <= 400_000
        assert sent.width / sent.height == pytest.approx(1180 / 860, abs=0.01)
    expect(visitor.tab.get_by_text("scaled down")).to_be_visible()


def _within_the_list(visitor: Visitor, index: int) -> bool:
    return bool(
        visitor.tab.evaluate(
            """(index) => {
              const list = document.querySelector("#lines").getBoundingClientRect();
              const row = document.querySelector(`.line[data-line="${index}"]`);
              const { top, bottom } = row.getBoundingClientRect();
              return top >= list.top - 1 && bottom <= list.bottom + 1;
            }""",
            index,
        )
    )
