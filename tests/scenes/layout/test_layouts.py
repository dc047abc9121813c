"""Layout pages: the same for a seed, every line in one block, boxes around the ink."""

import numpy as np
import pytest

from tests.scenes.layout.catalogue import LAYOUTS, draw
from tests.scenes.layout.truth import LayoutPage, turned

TYPES = {"title", "text", "list", "header", "footer", "figure"}


@pytest.fixture(scope="module")
def pages() -> dict[str, LayoutPage]:
    return {name: draw(name, 2) for name in LAYOUTS}


def test_the_same_seed_gives_the_same_page(pages: dict[str, LayoutPage]) -> None:
    again = draw("form", 2)
    assert np.array_equal(again.scene.picture, pages["form"].scene.picture)
    assert again.blocks == pages["form"].blocks


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_line_is_in_one_block(name: str, pages: dict[str, LayoutPage]) -> None:
    page = pages[name]
    members = [i for block in page.blocks for i in block.members]
    assert sorted(members) == list(range(len(page.scene.lines)))
    assert {block.type for block in page.blocks} <= TYPES
    assert all(bool(block.members) != (block.type == "figure") for block in page.blocks)


@pytest.mark.parametrize("name", LAYOUTS)
def test_lines_lie_on_ink_and_apart(name: str, pages: dict[str, LayoutPage]) -> None:
    page = pages[name].scene
    for line in page.lines:
        (x0, y0), (x1, y1) = line.box.min(axis=0).astype(int), line.box.max(axis=0).astype(int)
        assert 0 <= x0 < x1 <= page.size[0]
        assert 0 <= y0 < y1 <= page.size[1]
        assert np.ptp(page.picture[y0:y1, x0:x1]) > 60, line.text


def test_paragraphs_of_columns_are_in_reading_order(pages: dict[str, LayoutPage]) -> None:
    """Down the left column, then down the right one."""
    page = pages["two-columns-en"]
    tops = [
        (page.scene.lines[i].box[0, 0] > 600, page.scene.lines[i].box[0, 1])
        for block in page.blocks
        if block.type == "text"
        for i in block.members
    ]
    inner = [top for top in tops if top[1] > 500]
    assert inner == sorted(inner)


def test_a_turned_page_takes_its_figures_along() -> None:
    page = draw("three-columns", 1)
    figure = next(block for block in page.blocks if block.type == "figure")
    there = turned(page, 1)
    (x0, y0), (x1, y1) = page.figure(figure)[0], page.figure(figure)[2]
    (u0, v0), (u1, v1) = there.figure(figure).min(axis=0), there.figure(figure).max(axis=0)
    assert np.allclose([u1 - u0, v1 - v0], [y1 - y0, x1 - x0])
    assert there.scene.size == page.scene.size[::-1]
    assert v0 == pytest.approx(x0)
