"""The page as the images carry it: packed into few files, and the same to whoever uses it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from slim.page import pack
from tests.browser.conftest import Visit
from tests.browser.desk import Desk
from tests.browser.invoice import Sheet
from tests.browser.service import PAGE, Service
from tests.browser.visitor import Visitor

MOST_CALLS = 10
"""Of a function, at once: what a new account may run side by side."""


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("packed") / "webui"
    shutil.copytree(PAGE, root)
    pack(root)
    return root


@pytest.fixture
def visitor(
    start: Callable[[Service], Service], visit: Visit, invoice: Sheet, packed: Path
) -> Visitor:
    answer = invoice.answer()
    return visit(start(Service(prefix="/Prod/", answer=answer, root=packed, desk=Desk()))).open()


def test_a_first_visit_is_a_few_calls(visitor: Visitor) -> None:
    visitor.tab.wait_for_load_state("networkidle")
    calls = [address for address in visitor.asked if "/samples/" not in address]
    assert len(calls) <= MOST_CALLS
    assert visitor.refusals == []


def test_a_picture_and_a_document_are_read(visitor: Visitor, invoice: Sheet) -> None:
    visitor.pick("profile", "fast")
    visitor.choose(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    assert visitor.service.posts[0].fields == {"profile": "fast"}
    visitor.rows.nth(3).hover()
    expect(visitor.tab.locator("#viewer .lit")).to_have_count(1)
    visitor.service.desk = Desk(pages=1)
    visitor.service.limits = {"bytes": 1000, "pixels": 50_000_000}
    visitor.open()
    visitor.choose(b"%PDF-1.7 " + bytes(2000), "long.pdf", "application/pdf")
    visitor.wait_for_lines(len(invoice.text))


def test_its_manners(visitor: Visitor) -> None:
    visitor.tab.get_by_role("button", name="中文").click()
    expect(visitor.tab).to_have_title("文云 · 图片文字识别")
    visitor.tab.keyboard.press("?")
    expect(visitor.tab.get_by_role("dialog", name="帮助与快捷键")).to_be_visible()
