"""Language, width, light, and what the page may load."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.invoice import Sheet
from tests.browser.service import PAGE, Service
from tests.browser.visitor import Visitor

WATCHED = """() => new Promise((resolve) => {
  const script = document.createElement("script");
  document.addEventListener("securitypolicyviolation",
    (event) => resolve(event.effectiveDirective), { once: true });
  try { %s; } catch {}
})"""


@pytest.mark.parametrize(
    ("locale", "lang", "button"),
    [
        ("zh-CN", "zh-CN", "选择文件"),
        ("zh-TW", "zh-CN", "选择文件"),
        ("en-GB", "en", "Choose files"),
        ("fr-FR", "en", "Choose files"),
    ],
)
def test_the_language_follows_the_browser(
    visit: Visit, service: Service, locale: str, lang: str, button: str
) -> None:
    visitor = visit(service, locale=locale).open()
    expect(visitor.tab.locator("html")).to_have_attribute("lang", lang)
    expect(visitor.tab.get_by_role("button", name=button)).to_be_visible()


def test_a_chosen_language_is_remembered(visitor: Visitor) -> None:
    visitor.tab.get_by_role("button", name="中文").click()
    expect(visitor.tab).to_have_title("文云 · 图片文字识别")
    visitor.tab.reload()
    expect(visitor.tab.get_by_role("button", name="选择文件")).to_be_visible()
    expect(visitor.tab.get_by_role("button", name="中文")).to_have_attribute("aria-pressed", "true")


def test_a_result_follows_a_change_of_language(visitor: Visitor, invoice: Sheet) -> None:
    visitor.choose(invoice.png())
    visitor.wait_for_lines(len(invoice.text))
    visitor.tab.get_by_role("button", name="中文").click()
    expect(visitor.tab.locator("#count")).to_have_text(f"共 {len(invoice.text)} 行")
    expect(visitor.tab.get_by_role("button", name="复制第 1 行", exact=True)).to_be_attached()
    expect(visitor.boxes).to_have_count(len(invoice.text))


def test_both_languages_have_the_same_words(visitor: Visitor) -> None:
    words = visitor.tab.evaluate("import('./js/words.js').then((module) => module.WORDS)")
    assert words["en"].keys() == words["zh"].keys()
    for key, text in words["en"].items():
        blanks = set(re.findall(r"\{\w+\}", text))
        assert blanks == set(re.findall(r"\{\w+\}", words["zh"][key])), key


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_a_phone_of_360_pixels_never_scrolls_sideways(
    visit: Visit, service: Service, invoice: Sheet, locale: str
) -> None:
    service.answer["text"][0]["text"] = "x" * 200
    visitor = visit(service, locale=locale, viewport={"width": 360, "height": 740}).open()
    assert _width(visitor) == 360
    visitor.tab.locator("#more summary").click()
    assert _width(visitor) == 360
    visitor.choose(invoice.png(), "n" * 120 + ".png")
    visitor.wait_for_lines(len(invoice.text))
    assert _width(visitor) == 360
    service.fail(422, "corrupt_image", "m" * 200, "坏" * 200)
    visitor.choose(invoice.png(), "n" * 120 + ".png")
    expect(visitor.tab.get_by_role("alert")).to_be_visible()
    assert _width(visitor) == 360


def _width(visitor: Visitor) -> int:
    return int(visitor.tab.evaluate("() => document.documentElement.scrollWidth"))


def test_dark_and_light(visit: Visit, service: Service) -> None:
    light, dark = (
        _ground(visit(service, color_scheme=scheme).open()) for scheme in ("light", "dark")
    )
    assert min(light) > 200
    assert max(dark) < 50


def _ground(visitor: Visitor) -> list[int]:
    colour = visitor.tab.evaluate("() => getComputedStyle(document.body).backgroundColor")
    return [int(part) for part in re.findall(r"\d+", colour)[:3]]


@pytest.mark.parametrize(
    ("attempt", "directive"),
    [
        (
            "document.body.append(Object.assign(script, { text: 'ran = true' }))",
            "require-trusted-types-for",
        ),
        ("document.body.setAttribute('style', 'color: red')", "style-src-attr"),
        ("new Image().src = 'https://elsewhere.invalid/spy.png'", "img-src"),
        ("document.body.innerHTML = '<b>words</b>'", "require-trusted-types-for"),
        ("fetch('http://elsewhere.invalid/').catch(() => {})", "connect-src"),
    ],
)
def test_the_policy_forbids(visitor: Visitor, attempt: str, directive: str) -> None:
    assert visitor.tab.evaluate(WATCHED % attempt) == directive
    assert not visitor.tab.evaluate("window.ran === true")
    visitor.complaints.clear()
    visitor.hosts.discard("elsewhere.invalid")


def test_only_the_pages_own_scripts_may_run() -> None:
    page = (PAGE / "index.html").read_text(encoding="utf-8")
    assert "script-src 'self'; style-src 'self';" in page
    assert not re.search(r"<script(?![^>]*\ssrc=)|\son\w+=|\sstyle=", page)


def test_every_address_in_the_page_is_relative() -> None:
    page = (PAGE / "index.html").read_text(encoding="utf-8")
    addresses = re.findall(r'(?:href|src)="([^"]*)"', page)
    assert len(addresses) > 5
    assert not [address for address in addresses if re.match(r"/|\w+:", address)]


def test_every_control_has_a_name(visitor: Visitor) -> None:
    visitor.tab.get_by_text("More options").click()
    nameless = visitor.tab.evaluate(
        """() => [...document.querySelectorAll("input:not([type=file]), button")]
          .filter((one) => !(one.labels?.length || one.textContent.trim() || one.ariaLabel))
          .map((one) => one.outerHTML)"""
    )
    assert nameless == []
