"""The page on the real server, with the real models: a picture chosen, its text read."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

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
