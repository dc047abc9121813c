"""What a first visit costs: bytes, requests, rounds, and nobody else's server."""

import gzip
from urllib.parse import urlsplit

from playwright.sync_api import Response, expect

from tests.browser.conftest import Visit
from tests.browser.preloads import wanted, written
from tests.browser.service import PAGE, Service
from tests.browser.visitor import Visitor

BUDGET = 150_000
"""Bytes of a first load, compressed as a file server would, without the samples."""

LONGEST_FILE = 250
"""Lines of a module or a sheet: one idea a file."""


def _visit(visit: Visit, service: Service) -> tuple[Visitor, dict[str, bytes]]:
    visitor = visit(service)
    answers: list[Response] = []
    visitor.tab.on("response", lambda answer: answers.append(answer))
    visitor.open()
    visitor.tab.wait_for_load_state("networkidle")
    got = {urlsplit(answer.url).path.lstrip("/"): answer.body() for answer in answers}
    return visitor, got


def test_a_first_load_is_light(visit: Visit, service: Service) -> None:
    _, got = _visit(visit, service)
    files = {path: body for path, body in got.items() if not path.startswith("samples/")}
    weight = sum(len(gzip.compress(body)) for body in files.values())
    assert "js/main.js" in files
    assert weight < BUDGET


def test_nothing_is_asked_for_twice(visit: Visit, service: Service) -> None:
    visitor, _ = _visit(visit, service)
    assert len(visitor.asked) == len(set(visitor.asked))


def test_every_module_is_loaded_ahead_and_none_in_vain(visit: Visit, service: Service) -> None:
    """If this fails, `python -m tests.browser.preloads` mends it."""
    assert written() == wanted()
    visitor, _ = _visit(visit, service)
    loaded = {urlsplit(address).path.lstrip("/") for address in visitor.asked}
    scripts = {path for path in loaded if path.endswith(".js")}
    assert scripts == {*wanted(), "js/main.js", "js/first.js"}


def test_the_pages_own_server_is_the_only_one(visitor: Visitor) -> None:
    expect(visitor.tab.locator("#limits")).not_to_be_empty()
    assert visitor.hosts == {urlsplit(visitor.service.origin).netloc}


def test_modules_and_sheets_are_short() -> None:
    files = [path for kind in ("js", "css") for path in PAGE.rglob(f"*.{kind}")]
    long = {
        path.relative_to(PAGE).as_posix(): lines
        for path in files
        if (lines := len(path.read_text("utf-8").splitlines())) > LONGEST_FILE
    }
    assert len(files) > 40
    assert long == {}


def test_no_data_is_ever_read_as_markup() -> None:
    for path in PAGE.rglob("*.js"):
        text = path.read_text("utf-8")
        for sink in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert sink not in text, path.name
