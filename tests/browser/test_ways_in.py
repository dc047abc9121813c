"""Ways in beyond one picture: several at once, folders, the camera, the clipboard, odd kinds."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.invoice import Sheet, encode
from tests.browser.service import Service, known_failure
from tests.browser.visitor import Visitor

Start = Callable[[Service], Service]

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}

HELD = """(files) => {
  window.held = new DataTransfer();
  for (const [bytes, name, type] of files) {
    held.items.add(new File([new Uint8Array(bytes)], name, { type }));
  }
}"""

FOLDER = """([paths, bytes]) => {
  const file = (name) => new File([new Uint8Array(bytes)], name, { type: "image/png" });
  const leaf = (name) => ({ name, isDirectory: false, file: (done) => done(file(name)) });
  const folder = (name, inside) => ({ name, isDirectory: true, createReader: () => {
    // Browsers hand out a folder in parts of a hundred; here, of two.
    const left = [...inside];
    return { readEntries: (done) => done(left.splice(0, 2)) };
  }});
  const tree = (entries) => entries.map((entry) =>
    typeof entry === "string" ? leaf(entry) : folder(entry[0], tree(entry[1])));
  const items = tree(paths).map((entry) => ({ webkitGetAsEntry: () => entry }));
  const event = new Event("drop", { bubbles: true, cancelable: true });
  event.dataTransfer = { types: ["Files"], files: [], items };
  document.body.dispatchEvent(event);
}"""


def _names(visitor: Visitor) -> list[str]:
    return visitor.tab.locator("#queue .job-name").all_text_contents()


def _settled(visitor: Visitor, count: int) -> None:
    expect(visitor.tab.locator("#queue .job[data-status=done]")).to_have_count(count)


def test_dropping_several_files(visitor: Visitor, invoice: Sheet) -> None:
    visitor.tab.evaluate(
        HELD, [[list(invoice.png()), f"{number}.png", "image/png"] for number in (1, 2, 3)]
    )
    visitor.tab.evaluate(
        """() => document.body.dispatchEvent(
          new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true }))"""
    )
    _settled(visitor, 3)
    assert _names(visitor) == ["1.png", "2.png", "3.png"]


def test_dropping_a_folder_takes_its_pictures_in_order(visitor: Visitor, invoice: Sheet) -> None:
    inside = ["10.png", "2.png", "notes.txt", ".hidden.png", ["deeper", ["scan.PDF", "a.jpg"]]]
    visitor.tab.evaluate(FOLDER, [[["holiday", inside], "alone.xyz"], list(invoice.png())])
    _settled(visitor, 5)
    assert _names(visitor) == ["2.png", "10.png", "a.jpg", "scan.PDF", "alone.xyz"]
    expect(visitor.tab.locator("#notice")).to_contain_text("2 more files were left out")
    visitor.choose(invoice.png())
    expect(visitor.tab.locator("#notice")).to_be_hidden()


def test_text_that_is_dropped_is_left_alone(visitor: Visitor) -> None:
    held = visitor.tab.evaluate_handle(
        "() => { const t = new DataTransfer(); t.setData('text/plain', 'x'); return t; }"
    )
    visitor.tab.dispatch_event("body", "dragover", {"dataTransfer": held})
    visitor.tab.dispatch_event("body", "drop", {"dataTransfer": held})
    expect(visitor.tab.locator("body")).not_to_have_class("dropping")
    expect(visitor.tab.locator("#queue")).to_be_hidden()


def test_pasted_pictures_get_names_of_their_own(visitor: Visitor, invoice: Sheet) -> None:
    for _ in range(2):
        visitor.paste(invoice.png())
    _settled(visitor, 2)
    assert _names(visitor) == ["pasted-1.png", "pasted-2.png"]


def test_a_phone_offers_its_camera_and_its_clipboard(
    visit: Visit, service: Service, invoice: Sheet
) -> None:
    visitor = visit(service, **PHONE).open()
    camera = visitor.tab.locator("#camera")
    assert camera.get_attribute("capture") == "environment"
    with visitor.tab.expect_file_chooser() as chooser:
        visitor.tab.get_by_role("button", name="Take a photo").click()
    chooser.value.set_files({"name": "IMG_1.png", "mimeType": "image/png", "buffer": invoice.png()})
    _settled(visitor, 1)
    visitor.tab.evaluate(
        """async (bytes) => {
          const blob = new Blob([new Uint8Array(bytes)], { type: "image/png" });
          await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
        }""",
        list(invoice.png()),
    )
    visitor.tab.get_by_role("button", name="Paste", exact=True).click()
    _settled(visitor, 2)
    visitor.tab.evaluate("navigator.clipboard.writeText('no picture')")
    visitor.tab.get_by_role("button", name="Paste", exact=True).click()
    expect(visitor.tab.get_by_text("There is no picture on the clipboard.").first).to_be_visible()


def test_a_desk_is_not_offered_a_camera(visitor: Visitor) -> None:
    expect(visitor.tab.get_by_role("button", name="Take a photo")).to_be_hidden()
    expect(visitor.tab.get_by_role("button", name="Paste")).to_be_hidden()


def test_a_heic_photo_says_what_to_do_and_is_not_sent(visitor: Visitor, service: Service) -> None:
    visitor.choose(b"\0\0\0\x18ftypheic" + bytes(64), "IMG_0001.HEIC", "image/heic")
    expect(visitor.tab.get_by_role("alert")).to_contain_text("Most Compatible")
    assert service.posts == []


@pytest.mark.parametrize("kind", ["avif", "svg+xml"])
def test_what_the_browser_shows_but_the_service_does_not_read_is_sent_as_jpeg(
    visitor: Visitor, service: Service, invoice: Sheet, kind: str
) -> None:
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60">'
        b'<rect width="90" height="60"/></svg>'
    )
    photo = encode(invoice.image.resize((90, 60)), "AVIF")
    visitor.choose(photo if kind == "avif" else drawing, "a.xyz", f"image/{kind}")
    _settled(visitor, 1)
    [post] = service.posts
    assert post.name == "a.jpg"
    with Image.open(io.BytesIO(post.data)) as sent:
        assert (sent.format, sent.size) == ("JPEG", (90, 60))


def test_a_turned_photo_over_the_limits_is_sent_upright(visit: Visit, service: Service) -> None:
    service.limits = {"bytes": 20_000_000, "pixels": 15_000}
    stored = Image.new("RGB", (300, 200), "white")
    exif = Image.Exif()
    exif[0x0112] = 6
    visitor = visit(service).open()
    visitor.choose(encode(stored, "JPEG", exif=exif), "photo.jpg", "image/jpeg")
    _settled(visitor, 1)
    with Image.open(io.BytesIO(service.posts[0].data)) as sent:
        assert sent.size == (100, 150)
        assert 0x0112 not in sent.getexif(), "turned once, not twice"


def test_an_empty_file_is_not_sent(visitor: Visitor, service: Service) -> None:
    visitor.choose(b"", "nothing.png")
    expect(visitor.tab.get_by_role("alert")).to_contain_text("The file is empty.")
    expect(visitor.tab.get_by_role("alert")).to_contain_text("still be downloading")
    assert service.posts == []


def test_a_file_that_is_none_of_all_is_refused_by_the_service(
    visitor: Visitor, service: Service
) -> None:
    service.status, service.answer = known_failure("unsupported_image")
    visitor.choose(b"PK\3\4 word/document", "letter.docx", "application/octet-stream")
    expect(visitor.tab.get_by_role("alert")).to_contain_text("Send JPG, PNG")
    assert len(service.posts) == 1


def test_a_file_that_is_too_large_and_no_picture_is_not_sent(start: Start, visit: Visit) -> None:
    service = start(Service(limits={"bytes": 1_000_000, "pixels": 50_000_000}))
    visitor = visit(service).open()
    visitor.choose(b"RIFF" + bytes(1_500_000), "film.avi", "video/avi")
    alert = visitor.tab.get_by_role("alert")
    expect(alert).to_contain_text("The file has 1.6 MB; this service takes 1 MB.")
    assert service.posts == []


def test_a_slow_upload_shows_how_much_has_left(visitor: Visitor, invoice: Sheet) -> None:
    session = visitor.tab.context.new_cdp_session(visitor.tab)
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 200_000},
    )
    noise = Image.effect_noise((900, 700), 90).convert("RGB")
    visitor.choose(encode(noise, "PNG"), "noise.png")
    state = visitor.tab.locator("#queue .job-state")
    expect(state).to_contain_text("Sending… ")
    visitor.tab.get_by_role("button", name="Stop noise.png").click()
    expect(state).to_have_text("Stopped")


def test_more_files_than_fit_are_left_out(visitor: Visitor, service: Service) -> None:
    service.gate.clear()
    files = """() => {
      const held = new DataTransfer();
      for (let n = 0; n < 1003; n += 1) held.items.add(new File(["x"], `${n}.png`));
      return held;
    }"""
    held = visitor.tab.evaluate_handle(files)
    visitor.tab.dispatch_event("body", "drop", {"dataTransfer": held})
    expect(visitor.tab.locator("#notice")).to_contain_text("3 more files were left out")
    expect(visitor.tab.locator("#queue .job")).to_have_count(1000)
    visitor.tab.get_by_role("button", name="Clear", exact=True).click()
    expect(visitor.tab.locator("#queue .job")).to_have_count(0)


def test_files_chosen_from_the_disk(visitor: Visitor, invoice: Sheet, tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(invoice.png())
    with visitor.tab.expect_file_chooser() as chooser:
        visitor.tab.locator("#intake").click(position={"x": 20, "y": 20})
    chooser.value.set_files([tmp_path / "a.png", tmp_path / "b.png"])
    _settled(visitor, 2)
