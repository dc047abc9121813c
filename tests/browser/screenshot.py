"""Pictures of the page for the README and for the eye: `python -m tests.browser.screenshot`."""

import argparse
import io
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.invoice import draw_invoice
from tests.browser.server import serve
from tests.browser.service import Service

DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 860}}
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True}


def main() -> None:
    """Take the README's one picture, or with --all every look of the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a running service; otherwise one that knows the answer")
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="every look, into this folder")
    parser.add_argument("--out", type=Path, default=Path("docs/page.png"))
    arguments = parser.parse_args()
    with serve(Service(answer=draw_invoice().answer())) as service, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for name, settings in _looks(arguments.all is not None):
            tab = browser.new_context(**settings).new_page()
            tab.goto(arguments.url or service.url)
            _take(tab, name, arguments.all or arguments.out)
        browser.close()


def _looks(every: bool) -> list[tuple[str, dict[str, Any]]]:
    if not every:
        return [("", {"locale": "en-US", "color_scheme": "light", **DESKTOP})]
    return [
        (f"{device}-{locale[:2]}-{scheme}", {"locale": locale, "color_scheme": scheme, **size})
        for device, size in (("desktop", DESKTOP), ("phone", PHONE))
        for locale in ("en-US", "zh-CN")
        for scheme in ("light", "dark")
    ]


def _take(tab: Page, name: str, where: Path) -> None:
    expect(tab.locator("#options-main fieldset")).not_to_have_count(0)
    if name:
        tab.screenshot(path=where / f"{name}-empty.png")
    data = draw_invoice().png()
    tab.set_input_files("#file", {"name": "invoice.png", "mimeType": "image/png", "buffer": data})
    expect(tab.locator("body")).to_have_attribute("data-state", "done", timeout=30_000)
    tab.locator(".line").nth(4).hover()
    if name:
        tab.screenshot(path=where / f"{name}-read.png", full_page="phone" in name)
    else:
        _save_small(tab.screenshot(), where)


def _save_small(png: bytes, where: Path) -> None:
    """In 256 colours: a third of the bytes, and no eye sees it."""
    with Image.open(io.BytesIO(png)) as image:
        image.convert("RGB").quantize(256).save(where, optimize=True)


if __name__ == "__main__":
    main()
