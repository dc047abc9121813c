"""`enhance` on pages that are clean and pages that are dark."""

from collections.abc import Callable

import pytest

from tests.enginekit.pages import bgr, draw
from tests.enginekit.reading import exact, texts
from tests.integration.engine.conftest import Read
from wenyun.result import Page


def plain(page: Page) -> list[tuple[str, object]]:
    return [(line.text, line.box) for line in page.lines()]


@pytest.mark.parametrize("scene", ["card", "menu", "mixed", "sign"])
def test_auto_is_off_on_clean_pages(scene: str, read: Read) -> None:
    """Not merely as good: the very same lines."""
    picture = bgr(draw(scene, 701, "clean"))
    found = [read(picture, enhance=wish, profile="fast") for wish in ("auto", "off")]
    assert plain(found[0]) == plain(found[1])


@pytest.mark.parametrize("scene", ["card", "menu", "mixed"])
def test_auto_is_on_on_dark_pages(scene: str, read: Read) -> None:
    picture = bgr(draw(scene, 701, "dark"))
    found = [read(picture, enhance=wish, profile="fast") for wish in ("auto", "on")]
    assert plain(found[0]) == plain(found[1])


def test_enhancement_gains_lines_on_dark_pages(read: Read) -> None:
    """Over several scenes together; page by page a line may be won here and lost there."""
    count = _counter(read)
    assert count("auto") > count("off")


def test_on_changes_what_the_models_see(read: Read) -> None:
    picture = bgr(draw("menu", 701, "clean"))
    on, off = (read(picture, enhance=wish, profile="fast") for wish in ("on", "off"))
    assert [line.confidence for line in on.lines()] != [line.confidence for line in off.lines()]


def _counter(read: Read) -> Callable[[str], int]:
    scenes = ("book", "card", "invoice", "menu")
    pages = [draw(scene, number, "dark") for scene in scenes for number in (701, 702)]

    def count(wish: str) -> int:
        return sum(
            exact(
                texts(read(bgr(page), enhance=wish, profile="fast")),
                [line.text for line in page.lines],
            )
            for page in pages
        )

    return count
