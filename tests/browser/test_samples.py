"""Pictures to try: all there, small, fetched only when asked for."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.service import PAGE, Service
from tests.browser.visitor import Visitor

FOLDER = PAGE / "samples"

NAMES = ["Invoice", "Street sign", "Menu", "Handwriting", "English page", "PDF, 3 pages"]


def _listed() -> list[str]:
    script = (PAGE / "js" / "samples.js").read_text(encoding="utf-8")
    return re.findall(r'file: "([^"]+)"', script)


def test_each_sample_is_there_and_nothing_else() -> None:
    assert sorted(file.name for file in FOLDER.iterdir()) == sorted([*_listed(), "samples.webp"])


def test_samples_are_small_and_sound() -> None:
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 600_000
    for name in _listed():
        data = (FOLDER / name).read_bytes()
        if name.endswith(".pdf"):
            assert data.startswith(b"%PDF-")
            continue
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
            assert min(picture.size) > 500
    with Image.open(FOLDER / "samples.webp") as sheet:
        assert sheet.size == (192 * len(_listed()), 144)


def test_samples_are_fetched_when_asked_for(visitor: Visitor) -> None:
    visitor.tab.wait_for_load_state("networkidle")
    fetched = [url.rsplit("/", 1)[1] for url in visitor.asked if "/samples/" in url]
    assert set(fetched) <= {"samples.webp"}


@pytest.mark.parametrize(("place", "name"), list(enumerate(NAMES)))
def test_trying_a_sample(visitor: Visitor, service: Service, place: int, name: str) -> None:
    visitor.tab.locator("#samples").get_by_role("button", name=name).click()
    expect(visitor.tab.locator("body")).to_have_attribute("data-state", "done")
    [post] = service.posts
    assert post.name == _listed()[place]
    assert post.data == (FOLDER / post.name).read_bytes()
    expect(visitor.tab.locator("#samples")).to_be_hidden()


def test_a_sample_that_is_not_there_is_said(visitor: Visitor) -> None:
    visitor.tab.route("**/samples/invoice.webp", lambda route: route.fulfill(status=404))
    visitor.tab.get_by_role("button", name="Invoice").click()
    expect(visitor.tab.get_by_text("The sample could not be loaded.").first).to_be_visible()
    expect(visitor.tab.locator("body")).to_have_attribute("data-state", "empty")


def test_samples_in_chinese(visit: Visit, service: Service) -> None:
    visitor = visit(service, locale="zh-CN").open()
    labels = visitor.tab.locator("#samples button").all_inner_texts()
    assert labels == ["发票", "路牌", "菜单", "手写", "英文书页", "3 页 PDF"]
