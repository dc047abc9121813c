"""Whole pages: what holds of every layout, and of the pages whose truth is known."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bench.layout import from_truth
from tests.bench.layout_score import score
from tests.scenes.layout.catalogue import LAYOUTS, draw
from tests.scenes.layout.truth import turned
from tests.unit.engine.layout.setting import line
from wenyun.engine.layout import solids as module
from wenyun.engine.layout.arrange import arrange
from wenyun.engine.layout.tables.find import FoundTable
from wenyun.engine.layout.turns import turn_box
from wenyun.result import Block, Cell, Line

SIZE = (1000.0, 1400.0)
PARAGRAPH = [
    line("prose that goes on and on", 100, 100 + 30 * n, 900, 120 + 30 * n) for n in range(6)
]


def lines_of(blocks: tuple[Block, ...]) -> list[Line]:
    return [one for block in blocks for one in block.lines]


boxes = st.tuples(
    st.integers(0, 900), st.integers(0, 1300), st.integers(1, 400), st.integers(1, 90)
)
pages = st.lists(
    st.tuples(boxes, st.sampled_from(["a", "1. text", "一、雾气", "some words", "12"])), max_size=40
)


def made(drawn: list[tuple[tuple[int, int, int, int], str]]) -> list[Line]:
    return [
        replace(line(text, x, y, x + w, y + h), confidence=n / 100)
        for n, ((x, y, w, h), text) in enumerate(drawn)
    ]


@settings(max_examples=150, deadline=None)
@given(pages, st.booleans(), st.sampled_from([0, 90, 180, 270]))
def test_every_line_comes_out_once(
    drawn: list[tuple[tuple[int, int, int, int], str]], columns: bool, angle: int
) -> None:
    lines = made(drawn)
    blocks = arrange(lines, SIZE, angle, columns=columns)
    assert Counter(lines_of(blocks)) == Counter(lines)
    assert all(block.lines for block in blocks)


@settings(max_examples=60, deadline=None)
@given(pages, st.sampled_from([90, 180, 270]))
def test_a_turned_page_is_laid_out_as_the_upright_one(
    drawn: list[tuple[tuple[int, int, int, int], str]], angle: int
) -> None:
    upright = made(drawn)
    back = (360 - angle) % 360
    size = SIZE if angle == 180 else SIZE[::-1]
    lying = [replace(one, box=turn_box(one.box, back, SIZE)) for one in upright]
    found = arrange(lying, size, angle)
    wanted = arrange(upright, SIZE)
    assert [(b.type, [x.confidence for x in b.lines]) for b in found] == [
        (b.type, [x.confidence for x in b.lines]) for b in wanted
    ]


@settings(max_examples=60, deadline=None)
@given(pages, st.sampled_from([0.25, 2.0, 8.0]))
def test_the_unit_of_the_boxes_does_not_matter(
    drawn: list[tuple[tuple[int, int, int, int], str]], factor: float
) -> None:
    """Powers of two, so that no rounding tips a balance."""
    lines = made(drawn)
    scaled = [line(x.text, *(v * factor for v in (*x.box[0], *x.box[2]))) for x in lines]
    found = arrange(scaled, (SIZE[0] * factor, SIZE[1] * factor))
    wanted = arrange(lines, SIZE)
    assert [(b.type, [x.text for x in b.lines]) for b in found] == [
        (b.type, [x.text for x in b.lines]) for b in wanted
    ]


@pytest.mark.parametrize("name", LAYOUTS)
def test_drawn_pages(name: str) -> None:
    """A page of each kind comes out in order; docs/layout.md has the figures."""
    page = draw(name, 3)
    tally = score(page, from_truth(page))
    assert tally.order_error < 0.005
    assert tally.precision > 0.9
    assert tally.recall > 0.85


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_figures_of_a_turned_page_lie_on_the_page_as_displayed(turns: int) -> None:
    page = turned(draw("three-columns", 1), turns)
    scene = page.scene
    lines = [
        Line(t.text, 1.0, tuple((float(x), float(y)) for x, y in t.box), "crnn")  # type: ignore[arg-type]
        for t in scene.lines
    ]
    picture = np.ascontiguousarray(scene.picture[..., ::-1])
    tally = score(page, arrange(lines, scene.size, (360 - 90 * turns) % 360, picture=picture))
    assert tally.figures["hit"] == tally.figures["wanted"] == tally.figures["given"] > 0


def test_a_table_is_one_block_at_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a page that lies on its side its cells come back to the page as displayed."""
    rows = [
        line(f"{r}{c}", 100 + 200 * c, 400 + 30 * r, 180 + 200 * c, 420 + 30 * r)
        for r in range(2)
        for c in range(2)
    ]
    below = [replace(one, box=turn_box(one.box, 0, SIZE)) for one in PARAGRAPH]
    below = [line("below it all", 100, 600 + 30 * n, 900, 620 + 30 * n) for n in range(4)]
    upright = [*below, *rows, *PARAGRAPH]
    frame = line("", 90, 390, 400, 460).box
    table = FoundTable(frame, (Cell(0, 0, 1, 1, "00", rows[0].box),), (4, 5, 6, 7))
    monkeypatch.setattr(module, "find_tables", lambda lines, size, picture: [table])
    for angle in (0, 90, 180, 270):
        back = (360 - angle) % 360
        size = SIZE if angle % 180 == 0 else SIZE[::-1]
        lying = [replace(one, box=turn_box(one.box, back, SIZE)) for one in upright]
        blocks = arrange(lying, size, angle)
        assert [block.type for block in blocks] == ["text", "table", "text"]
        found = blocks[1]
        assert [one.text for one in found.lines] == ["00", "01", "10", "11"]
        assert found.cells[0].box == lying[4].box
        assert set(found.box) == set(turn_box(frame, back, SIZE))


def test_thousands_of_lines() -> None:
    """What grows with the square of the lines would not come back: see the counting tests."""
    lines = [
        line(f"line {n}", 100 + 450 * c, 10.0 * n, 500 + 450 * c, 10.0 * n + 7)
        for c in range(2)
        for n in range(2_500)
    ]
    blocks = arrange(lines, (1000, 25_000))
    assert [one.text for one in lines_of(blocks)] == [one.text for one in lines]


def test_no_lines() -> None:
    assert arrange([], SIZE) == ()


def test_boxes_without_extent() -> None:
    lines = [line("a", 5, 5, 5, 5) for _ in range(8)]
    assert len(lines_of(arrange(lines, SIZE))) == 8
