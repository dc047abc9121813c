"""Pictures of the page for the README and for the eye: `python -m tests.browser.screenshot`."""

import argparse
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, expect, sync_playwright

from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.desk import Desk
from tests.browser.invoice import Sheet, draw_invoice, draw_long_invoice
from tests.browser.server import serve
from tests.browser.service import Service, known_failure

DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 860}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
}
LOOKS = {
    f"{device}-{locale[:2]}-{scheme}": {"locale": locale, "color_scheme": scheme, **size}
    for device, size in (("desktop", DESKTOP), ("phone", PHONE))
    for locale, scheme in (("en-US", "light"), ("zh-CN", "dark"))
}
README = {
    "page.png": ("desktop-en-light", "read"),
    "page-job.png": ("desktop-zh-dark", "job"),
}
"""The two that the README shows."""

Stage = Callable[[Page, Service], None]


def main() -> None:
    """Take the README's pictures, or with --all every state in every look."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="every state, into this folder")
    parser.add_argument("--only", default="", help="states whose names hold this")
    parser.add_argument("--out", type=Path, default=Path("docs"), help="of the README's pictures")
    arguments = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        if arguments.all is None:
            for name, (look, state) in README.items():
                _save_small(_take(browser, look, state), arguments.out / name)
        else:
            arguments.all.mkdir(parents=True, exist_ok=True)
            for look in LOOKS:
                for state in (state for state in STATES if arguments.only in state):
                    data = _take(browser, look, state)
                    (arguments.all / f"{look}-{state}.png").write_bytes(data)
        browser.close()


def _take(browser: Browser, look: str, state: str) -> bytes:
    """One state in one look, with a service of its own."""
    sheet = draw_long_invoice() if state == "long" else draw_invoice()
    with serve(Service(answer=sheet.answer(), desk=Desk(pages=12))) as service:
        context = browser.new_context(**LOOKS[look])
        tab = context.new_page()
        tab.goto(service.url)
        expect(tab.locator("#options-main fieldset")).not_to_have_count(0)
        STATES[state](tab, service)
        # Toasts fade, fonts settle, pictures are decoded.
        tab.wait_for_timeout(400)
        data = tab.screenshot(full_page="phone" in look and state in ("empty", "options", "read"))
        context.close()
    return data


def _choose(tab: Page, *files: tuple[str, str, bytes]) -> None:
    held: list[FilePayload] = [
        {"name": name, "mimeType": kind, "buffer": data} for name, kind, data in files
    ]
    tab.set_input_files("#file", held)


def _picture(sheet: Sheet, name: str) -> tuple[str, str, bytes]:
    return name, "image/png", sheet.png()


def _state(tab: Page, state: str) -> None:
    expect(tab.locator("body")).to_have_attribute("data-state", state, timeout=30_000)


def _empty(tab: Page, service: Service) -> None:
    del tab, service


def _options(tab: Page, service: Service) -> None:
    tab.locator("#more summary").click()
    tab.locator("[name=pages]").fill("one")
    tab.locator("[name=pages]").blur()


def _help(tab: Page, service: Service) -> None:
    tab.locator("#help-open").click()


def _reading(tab: Page, service: Service) -> None:
    service.gate.clear()
    sheet = draw_invoice()
    _choose(tab, *(_picture(sheet, f"invoice-{number}.png") for number in range(1, 5)))
    _state(tab, "busy")


def _read(tab: Page, service: Service) -> None:
    _choose(tab, _picture(draw_invoice(), "invoice.png"))
    _state(tab, "done")
    if not tab.evaluate("() => matchMedia('(pointer: coarse)').matches"):
        tab.locator(".line").nth(4).hover()


def _long(tab: Page, service: Service) -> None:
    _choose(tab, _picture(draw_long_invoice(), "销售货物清单.png"))
    _state(tab, "done")


def _job(tab: Page, service: Service) -> None:
    assert service.desk
    service.desk.stop_at = 5
    service.limits = {"bytes": 100_000, "pixels": 50_000_000}
    tab.reload()
    expect(tab.locator("#options-main fieldset")).not_to_have_count(0)
    small = _picture(draw_invoice(), "invoice.png")
    _choose(tab, ("年度报告 2026.pdf", "application/pdf", b"%PDF-1.7 " + bytes(200_000)), small)
    expect(tab.locator(".job-bar").first).to_have_attribute(
        "value", re.compile("0.41"), timeout=30_000
    )


def _error(tab: Page, service: Service) -> None:
    service.by_name["scan-07.png"] = known_failure("corrupt_image")
    sheet = draw_invoice()
    _choose(tab, _picture(sheet, "scan-07.png"), _picture(sheet, "scan-08.png"))
    _state(tab, "failed")


def _unreachable(tab: Page, service: Service) -> None:
    tab.context.set_offline(True)
    _choose(tab, _picture(draw_invoice(), "invoice.png"))
    _state(tab, "failed")


STATES: dict[str, Stage] = {
    "empty": _empty,
    "options": _options,
    "help": _help,
    "reading": _reading,
    "read": _read,
    "long": _long,
    "job": _job,
    "error": _error,
    "unreachable": _unreachable,
}


def _save_small(png: bytes, where: Path) -> None:
    """In 256 colours: a third of the bytes, and no eye sees it."""
    with Image.open(io.BytesIO(png)) as image:
        image.convert("RGB").quantize(256, kmeans=3).save(where, optimize=True)


if __name__ == "__main__":
    main()
