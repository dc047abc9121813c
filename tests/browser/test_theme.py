"""Dark and light: as the system, or as chosen, and then remembered."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.service import PAGE, Service
from tests.browser.visitor import Visitor

GROUND = "() => getComputedStyle(document.body).backgroundColor"
TOKEN = re.compile(r"^\s*(--[\w-]+):", re.MULTILINE)


def _is_dark(visitor: Visitor) -> bool:
    parts = re.findall(r"\d+", visitor.tab.evaluate(GROUND))[:3]
    return max(map(int, parts)) < 50


def _theme(visitor: Visitor, name: str) -> None:
    expect(visitor.tab.locator("#theme")).to_have_accessible_name(name)


@pytest.mark.parametrize(("system", "dark"), [("light", False), ("dark", True)])
def test_the_theme_follows_the_system(
    visit: Visit, service: Service, system: str, dark: bool
) -> None:
    visitor = visit(service, color_scheme=system).open()
    _theme(visitor, "Colours: as the system")
    assert _is_dark(visitor) == dark
    visitor.tab.emulate_media(color_scheme="light" if dark else "dark")
    assert _is_dark(visitor) != dark


def test_a_chosen_theme_is_remembered_against_the_system(visit: Visit, service: Service) -> None:
    visitor = visit(service, color_scheme="dark").open()
    visitor.tab.locator("#theme").click()
    _theme(visitor, "Colours: light")
    expect(visitor.tab.get_by_role("status")).to_have_text("Colours: light")
    assert not _is_dark(visitor)
    visitor.open()
    _theme(visitor, "Colours: light")
    assert not _is_dark(visitor)
    visitor.tab.locator("#theme").click()
    visitor.tab.emulate_media(color_scheme="light")
    _theme(visitor, "Colours: dark")
    assert _is_dark(visitor)
    visitor.tab.locator("#theme").click()
    _theme(visitor, "Colours: as the system")
    assert not _is_dark(visitor)


def test_a_chosen_theme_does_not_flash_in(visit: Visit, service: Service) -> None:
    """It must hold before the modules run, which wait for the whole page."""
    visitor = visit(service, color_scheme="light").open()
    visitor.tab.locator("#theme").click(click_count=2)
    _theme(visitor, "Colours: dark")
    visitor.tab.route("**/js/main.js", lambda route: route.abort())
    visitor.tab.goto(service.url)
    assert _is_dark(visitor)
    visitor.refusals.clear()


def test_a_browser_that_forbids_storage(visit: Visit, service: Service) -> None:
    visitor = visit(service)
    visitor.tab.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, { get() { throw new Error('forbidden'); } });"
    )
    visitor.open()
    visitor.tab.locator("#theme").click(click_count=2)
    assert _is_dark(visitor)
    visitor.tab.get_by_role("button", name="中文").click()
    expect(visitor.tab.locator("html")).to_have_attribute("lang", "zh-CN")
    visitor.pick("profile", "fast")
    visitor.tab.locator("#help-open").click()
    visitor.tab.locator("#keys-wanted").uncheck()


def test_the_night_has_a_colour_for_each_of_the_day() -> None:
    day, night = (
        TOKEN.findall((PAGE / "css" / name).read_text("utf-8"))
        for name in ("theme.css", "dark.css")
    )
    assert len(day) > 15
    assert night == day


def test_only_the_two_palettes_know_of_day_and_night() -> None:
    """A part that asked the system for its colours would not follow the choice."""
    for sheet in (PAGE / "css").glob("*.css"):
        assert "prefers-color-scheme" not in sheet.read_text("utf-8"), sheet.name
