"""A browser for the page's tests, a fake service to point it at, and a visitor."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.desk import Desk
from tests.browser.invoice import SANS, Sheet, draw_invoice, pdf_answer
from tests.browser.server import serve
from tests.browser.service import Service
from tests.browser.visitor import Visitor

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Visit = Callable[..., Visitor]
Start = Callable[[Service], Service]


def need(there: bool, package: str) -> None:
    """Skip a test for what is not installed here; on CI, fail."""
    if there:
        return
    reason = f"{package} is not installed: bash tests/setup.sh says how"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A module's browser; closed after it, since it keeps an event loop in the main thread."""
    need(CHROMIUM is not None, "chromium")
    need(Path(SANS).exists(), "fonts-noto-cjk")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def invoice(browser: Browser) -> Sheet:
    """The invoice, drawn once; after `browser`, which checks that the font is there."""
    return draw_invoice()


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts services that end with the test."""
    with ExitStack() as stack:
        yield lambda service: stack.enter_context(serve(service))


@pytest.fixture
def service(start: Start, invoice: Sheet) -> Service:
    """A service that reads every picture as the invoice."""
    return start(Service(answer=invoice.answer()))


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Opens a tab of its own at a service; afterwards nothing may have been complained of."""
    visitors: list[Visitor] = []
    with ExitStack() as stack:

        def visit(service: Service, **how: Any) -> Visitor:
            settings = {"locale": "en-US", "viewport": {"width": 1280, "height": 860}} | how
            context = browser.new_context(**settings)
            stack.callback(context.close)
            context.grant_permissions(["clipboard-read", "clipboard-write"], origin=service.origin)
            visitors.append(Visitor(context.new_page(), service))
            return visitors[-1]

        yield visit
        for visitor in visitors:
            assert visitor.complaints == []
            assert all(urlsplit(f"//{host}").hostname == "127.0.0.1" for host in visitor.hosts)


@pytest.fixture
def visitor(visit: Visit, service: Service) -> Visitor:
    """An English-speaking visitor whose page has just loaded."""
    return visit(service).open()


@pytest.fixture
def job(start: Start, visit: Visit) -> Visitor:
    """A visitor whose long PDF has been read as a job, with its results in a bucket elsewhere."""
    bucket = start(Service(desk=Desk()))
    desk = bucket.desk = Desk(bucket=bucket.origin)
    service = start(Service(answer=pdf_answer(2), desk=desk, limits={"bytes": 1000, "pixels": 9}))
    bucket.answer = service.answer
    visitor = visit(service).open()
    visitor.choose(b"%PDF-1.7 " + bytes(2000), "long.pdf", "application/pdf")
    visitor.wait_for_lines(4)
    return visitor
