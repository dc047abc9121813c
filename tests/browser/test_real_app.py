"""The page on the real server, with the real models: a picture chosen, its text read."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.invoice import Sheet
from wenyun.settings import Settings

PATIENCE = 60_000
"""Milliseconds: the first picture opens models on a machine that may be busy."""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Where `python -m wenyun.server` answers, once its models are open."""
    if not (Settings.from_env().model_dir / "manifest.json").is_file():
        pytest.fail("there is no model layer: make layer")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = int(listener.getsockname()[1])
    environment = os.environ | {"PORT": str(port), "HOST": "127.0.0.1"}
    process = subprocess.Popen([sys.executable, "-m", "wenyun.server"], env=environment)
    address = f"http://127.0.0.1:{port}"
    _wait(f"{address}/api/ready", process)
    yield address
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < end:
        assert process.poll() is None
        try:
            with urllib.request.urlopen(address):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    pytest.fail("the server did not get ready")


@contextmanager
def _read(browser: Browser, url: str, invoice: Sheet) -> Iterator[Page]:
    """A tab on the real page with the invoice read in it; nothing may have been complained of."""
    with browser.new_context(locale="en-US", viewport={"width": 1280, "height": 860}) as context:
        tab = context.new_page()
        complaints: list[str] = []
        tab.on("console", lambda message: complaints.append(message.text))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.goto(url)
        tab.set_input_files(
            "#file", {"name": "invoice.png", "mimeType": "image/png", "buffer": invoice.png()}
        )
        expect(tab.locator("body")).to_have_attribute("data-state", "done", timeout=PATIENCE)
        yield tab
        assert complaints == []


def _shown(tab: Page) -> list[str]:
    return tab.locator("#lines .line-text").all_text_contents()


@pytest.mark.parametrize("way", ["curl", "python"])
def test_the_code_of_a_request_reads_the_same(
    browser: Browser, invoice: Sheet, url: str, way: str, tmp_path: Path
) -> None:
    with _read(browser, url, invoice) as tab:
        tab.locator("#take-request").click()
        tab.locator(f"#request label:has([value={way}])").click()
        code = tab.locator("#request code").text_content() or ""
        shown = _shown(tab)
    (tmp_path / "invoice.png").write_bytes(invoice.png())
    command = ["sh", "-c", code] if way == "curl" else [sys.executable, "-c", code]
    environment = os.environ | {"no_proxy": "*", "PYTHONIOENCODING": "utf-8"}
    out = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, check=True, timeout=60
    ).stdout.decode()
    if way == "curl":
        assert [line["text"] for line in json.loads(out)["text"]] == shown
    else:
        assert [line.split(" ", 1)[1] for line in out.splitlines()] == shown


def test_the_files_of_the_service_and_those_of_the_page(
    browser: Browser, invoice: Sheet, url: str
) -> None:
    with _read(browser, url, invoice) as tab:
        saved = {}
        for name in ("Searchable PDF", "hOCR", "ALTO", "Text, line by line"):
            tab.locator("#downloads summary").click()
            with tab.expect_download(timeout=PATIENCE) as waiting:
                tab.get_by_role("button", name=name).click()
            saved[name] = Path(waiting.value.path()).read_bytes()
        assert [line for line in saved["Text, line by line"].decode().splitlines() if line] == (
            _shown(tab)
        )
    assert saved["Searchable PDF"].startswith(b"%PDF-")
    assert "24312000000118635527" in saved["hOCR"].decode()
    assert "24312000000118635527" in saved["ALTO"].decode()


def test_a_region_drawn_on_the_page_is_all_that_is_read(
    browser: Browser, invoice: Sheet, url: str
) -> None:
    with _read(browser, url, invoice) as tab:
        tab.locator("button[data-tool=region]").click()
        tab.get_by_role("button", name="Area to read, by numbers").click()
        for side, value in (("Left", 60), ("Top", 180), ("Width", 500), ("Height", 90)):
            field = tab.get_by_label(f"Read only: {side}")
            field.fill(str(value))
            field.press("Tab")
        tab.locator("#read-areas").click()
        expect(tab.locator("#count")).to_have_text("2 lines", timeout=PATIENCE)
        assert all("：" in text or ":" in text for text in _shown(tab))


def test_an_invoice_is_read_on_the_page(browser: Browser, invoice: Sheet, url: str) -> None:
    with browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 860}) as context:
        tab = context.new_page()
        complaints: list[str] = []
        tab.on("console", lambda message: complaints.append(message.text))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.goto(url)
        tab.set_input_files(
            "#file", {"name": "invoice.png", "mimeType": "image/png", "buffer": invoice.png()}
        )
        expect(tab.get_by_text("24312000000118635527")).to_be_visible(timeout=PATIENCE)
        expect(tab.get_by_text("伍仟陆佰壹拾肆圆零叁分")).to_be_visible()
        expect(tab.get_by_text("陈晓云")).to_be_visible()
        assert tab.locator("svg polygon").count() >= 30
        assert complaints == []
