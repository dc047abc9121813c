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
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, FilePayload, Page, expect

from tests.browser.invoice import Sheet
from tests.papers.raw import HELVETICA, Raw, helvetica
from wenyun.settings import Settings

PATIENCE = 60_000
"""Milliseconds: the first picture opens models on a machine that may be busy."""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where `python -m wenyun.server` answers, once its models are open."""
    if not (Settings.from_env().model_dir / "manifest.json").is_file():
        pytest.fail("there is no model layer: make layer")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = int(listener.getsockname()[1])
    data = str(tmp_path_factory.mktemp("data"))
    environment = os.environ | {"PORT": str(port), "HOST": "127.0.0.1", "OCR_DATA_DIR": data}
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


@pytest.fixture
def tab(browser: Browser, url: str) -> Iterator[Page]:
    """The page on the real server, in English; afterwards nothing may have been complained of."""
    with browser.new_context(locale="en-US", viewport={"width": 1280, "height": 860}) as context:
        tab = context.new_page()
        tab.set_default_timeout(PATIENCE)
        complaints: list[str] = []
        # What the service refuses is told there too; the tests look at what the page makes of it.
        tab.on("console", lambda message: _note(message, complaints))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.goto(url)
        yield tab
        assert complaints == []


def _note(message: ConsoleMessage, complaints: list[str]) -> None:
    if not message.text.startswith("Failed to load resource"):
        complaints.append(message.text)


def _is_read(tab: Page) -> None:
    expect(tab.locator("body")).to_have_attribute("data-state", "done", timeout=PATIENCE)


@pytest.mark.parametrize(
    ("sample", "words"),
    [
        ("Invoice", "增值税"),
        ("Street sign", "紧急出口"),
        ("Menu", "COLD DISHES"),
        ("Handwriting", "家书"),
        ("English page", "Terms of Delivery"),
        ("PDF, 3 pages", "技术服务合同"),
    ],
)
def test_every_sample_shows_what_the_reader_can_do(tab: Page, sample: str, words: str) -> None:
    tab.locator("#samples").get_by_role("button", name=sample).click()
    _is_read(tab)
    expect(tab.locator("#reading").get_by_text(words).first).to_be_attached()


def test_a_long_pdf_becomes_a_searchable_one(tab: Page) -> None:
    pdf = Raw()
    for page in range(7):
        pdf.page(helvetica([(60, 760, f"Chapter number {page + 1}")]), resources=HELVETICA)
    report: FilePayload = {
        "name": "report.pdf",
        "mimeType": "application/pdf",
        "buffer": pdf.build(),
    }
    tab.set_input_files("#file", [report])
    _is_read(tab)
    expect(tab.locator("#reading").get_by_text("Chapter number 7")).to_be_attached()
    tab.locator("#downloads summary").click()
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Searchable PDF").click()
    pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")
    document = pdfium.PdfDocument(download.value.path())
    assert len(document) == 7
    assert "Chapter number 7" in document[6].get_textpage().get_text_range()


def test_several_files_of_several_kinds(tab: Page, invoice: Sheet) -> None:
    files: list[FilePayload] = [
        {"name": "a.png", "mimeType": "image/png", "buffer": invoice.png()},
        {"name": "broken.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0 nothing"},
        {"name": "b.png", "mimeType": "image/png", "buffer": invoice.png()},
    ]
    tab.set_input_files("#file", files)
    expect(tab.locator("#queue .job[data-status=done]")).to_have_count(2, timeout=PATIENCE)
    broken = tab.locator("#queue .job").filter(has_text="broken.jpg")
    expect(broken).to_have_attribute("data-status", "failed", timeout=PATIENCE)
    broken.locator(".job-open").click()
    expect(tab.get_by_role("alert")).to_contain_text("save it anew")


@pytest.fixture
def read(tab: Page, invoice: Sheet) -> Page:
    """The page with the invoice read on it."""
    png: FilePayload = {"name": "invoice.png", "mimeType": "image/png", "buffer": invoice.png()}
    tab.set_input_files("#file", [png])
    _is_read(tab)
    return tab


def _shown(tab: Page) -> list[str]:
    return tab.locator("#lines .line-text").all_text_contents()


@pytest.mark.parametrize("way", ["curl", "python"])
def test_the_code_of_a_request_reads_the_same(
    read: Page, invoice: Sheet, way: str, tmp_path: Path
) -> None:
    read.locator("#take-request").click()
    read.locator(f"#request label:has([value={way}])").click()
    code = read.locator("#request code").text_content() or ""
    (tmp_path / "invoice.png").write_bytes(invoice.png())
    command = ["sh", "-c", code] if way == "curl" else [sys.executable, "-c", code]
    environment = os.environ | {"no_proxy": "*", "PYTHONIOENCODING": "utf-8"}
    out = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, check=True, timeout=60
    ).stdout.decode()
    if way == "curl":
        assert [line["text"] for line in json.loads(out)["text"]] == _shown(read)
    else:
        assert [line.split(" ", 1)[1] for line in out.splitlines()] == _shown(read)


def test_the_files_of_the_service_and_those_of_the_page(read: Page) -> None:
    saved = {}
    for name in ("Searchable PDF", "hOCR", "ALTO", "Text, line by line"):
        read.locator("#downloads summary").click()
        with read.expect_download() as waiting:
            read.get_by_role("button", name=name).click()
        saved[name] = Path(waiting.value.path()).read_bytes()
    lines = saved["Text, line by line"].decode().splitlines()
    assert [line for line in lines if line] == _shown(read)
    assert saved["Searchable PDF"].startswith(b"%PDF-")
    assert "24312000000118635527" in saved["hOCR"].decode()
    assert "24312000000118635527" in saved["ALTO"].decode()


def test_a_region_is_all_that_is_read(read: Page) -> None:
    read.locator("button[data-tool=region]").click()
    read.get_by_role("button", name="Area to read, by numbers").click()
    for side, value in (("Left", 60), ("Top", 180), ("Width", 500), ("Height", 90)):
        field = read.get_by_label(f"Read only: {side}")
        field.fill(str(value))
        field.press("Tab")
    read.locator("#read-areas").click()
    expect(read.locator("#count")).to_have_text("2 lines", timeout=PATIENCE)
    assert all("：" in text or ":" in text for text in _shown(read))
