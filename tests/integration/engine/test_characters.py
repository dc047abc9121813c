"""Boxes of characters on the real layer: they lie on the glyphs, whichever way a line runs."""

import numpy as np
import pytest

from tests.bench.characters import compare
from tests.integration.engine.conftest import Read
from tests.scenes.catalogue import render
from tests.scenes.light import turned
from tests.scenes.page import ScenePage
from wenyun.result import Page


def shares(page: Page, drawn: ScenePage) -> tuple[float, float]:
    """Characters whose middle was hit, and the mean overlap along the line."""
    found = list(compare(page, drawn))
    assert len(found) > 20
    hits = float(np.mean([one.hit for one in found]))
    return hits, float(np.mean([one.overlap for one in found]))


def seen(drawn: ScenePage) -> np.ndarray:
    return np.ascontiguousarray(drawn.picture[..., ::-1])


@pytest.mark.parametrize(
    ("scene", "hits", "overlap"),
    [("book", 0.97, 0.85), ("english", 0.96, 0.82), ("menu", 0.9, 0.75), ("vertical", 0.97, 0.9)],
)
def test_boxes_cover_the_glyphs(read: Read, scene: str, hits: float, overlap: float) -> None:
    drawn = render(scene, 0)
    found = shares(read(seen(drawn)), drawn)
    assert found[0] >= hits
    assert found[1] >= overlap


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_so_they_do_on_turned_pages(read: Read, quarters: int) -> None:
    drawn = turned(render("english", 0), quarters)
    hits, overlap = shares(read(seen(drawn)), drawn)
    assert hits >= 0.95
    assert overlap >= 0.8


def test_characters_spell_the_line(read: Read) -> None:
    for line in read(seen(render("mixed", 1))).lines():
        assert "".join(mark.text for mark in line.characters) == line.text
        assert all(0 <= mark.confidence <= 1 for mark in line.characters)
