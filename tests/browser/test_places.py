"""The page where it may live: under a stage's prefix, or apart from its API."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.invoice import Sheet
from tests.browser.service import Service

Start = Callable[[Service], Service]


def test_under_a_prefix(start: Start, visit: Visit, invoice: Sheet) -> None:
    service = start(Service(prefix="/Prod/", answer=invoice.answer()))
    visitor = visit(service).open()
    visitor.choose(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    docs = visitor.tab.get_by_role("link", name="API")
    expect(docs).to_have_attribute("href", f"{service.url}api/docs")
    assert visitor.refusals == []


def _apart(start: Start, invoice: Sheet, slash: str) -> tuple[Service, Service]:
    api = start(Service(prefix="/stage/", answer=invoice.answer()))
    config = f'export const api = "{api.origin}/stage{slash}";'.encode()
    files = start(Service(prefix="/bucket/", files={"config.js": config}))
    return api, files


def test_apart_from_its_api(start: Start, visit: Visit, invoice: Sheet) -> None:
    api, files = _apart(start, invoice, "/")
    visitor = visit(files).open()
    visitor.tab.get_by_text("More options").click()
    visitor.tab.get_by_label("API key").fill("a key needs a preflight")
    visitor.pick("profile", "fast")
    visitor.choose(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    assert files.posts == []
    assert [post.fields for post in api.posts] == [{"profile": "fast"}]
    assert api.posts[0].headers["x-api-key"] == "a key needs a preflight"
    assert visitor.hosts == {
        api.origin.removeprefix("http://"),
        files.origin.removeprefix("http://"),
    }


def test_an_api_address_without_its_last_slash(start: Start, visit: Visit, invoice: Sheet) -> None:
    api, files = _apart(start, invoice, "")
    visitor = visit(files).open()
    visitor.choose(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    assert len(api.posts) == 1
