"""The scores of layout: what each number counts."""

from pathlib import Path

import numpy as np
import pytest

from tests.bench import layout
from tests.bench.layout_real import places, real_table
from tests.bench.layout_score import Tally, inversions, score
from tests.scenes.layout.truth import LayoutPage, TruthBlock
from tests.scenes.page import ScenePage, Truth, rectangle
from wenyun.result import Block, Box, Line

SIZE = 1000


def truth(*blocks: tuple[str, tuple[int, ...]], figures: int = 0) -> LayoutPage:
    """Lines one below the other, and figures below them all."""
    count = sum(len(members) for _, members in blocks)
    lines = tuple(
        Truth(f"line {n}", rectangle(100, 30 * n, 500, 30 * n + 20)) for n in range(count)
    )
    areas = tuple(rectangle(100, 600 + 100 * n, 300, 680 + 100 * n) for n in range(figures))
    scene = ScenePage("test", "en", np.zeros((SIZE, SIZE, 3), np.uint8), lines, areas)
    drawn = [TruthBlock("figure", (), n) for n in range(figures)]
    return LayoutPage(scene, (*(TruthBlock(k, m) for k, m in blocks), *drawn))


def box(x0: float, y0: float, x1: float, y1: float) -> Box:
    return (x0, y0), (x1, y0), (x1, y1), (x0, y1)


def block(kind: str, *numbers: int) -> Block:
    lines = tuple(
        Line(f"line {n}", 1, box(102, 30 * n + 1, 498, 30 * n + 19), "crnn") for n in numbers
    )
    return Block(kind, lines[0].box, lines)


PAGE = truth(("title", (0,)), ("text", (1, 2, 3)))


def test_a_perfect_page() -> None:
    tally = score(PAGE, [block("title", 0), block("text", 1, 2, 3)])
    assert (tally.order_error, tally.followed, tally.precision, tally.recall) == (0, 1, 1, 1)
    assert (tally.type_f1("title"), tally.type_f1("list")) == (1, None)
    assert tally.perfect == 1


def test_the_order_error_is_the_share_of_swapped_pairs() -> None:
    tally = score(PAGE, [block("text", 1, 2, 3), block("title", 0)])
    assert tally.order_error == pytest.approx(3 / 6)
    assert tally.followed == pytest.approx(2 / 3)
    assert tally.precision == 1


def test_paragraphs_count_only_whole() -> None:
    tally = score(PAGE, [block("title", 0), block("text", 1, 2), block("text", 3)])
    assert tally.precision == pytest.approx(1 / 3)
    assert tally.recall == pytest.approx(1 / 2)


def test_types_count_lines() -> None:
    tally = score(PAGE, [block("title", 0, 1), block("text", 2, 3)])
    assert tally.type_f1("title") == pytest.approx(2 / 3)
    assert tally.type_f1("text") == pytest.approx(4 / 5)


def test_lines_that_were_not_read_are_left_out() -> None:
    tally = score(PAGE, [block("title", 0), block("text", 1, 3)])
    assert (tally.precision, tally.recall, tally.order_error) == (1, 1, 0)


def test_figures_are_matched_by_place() -> None:
    page = truth(("text", (0,)), figures=2)
    right = Block("figure", box(105, 605, 300, 675), ())
    wrong = Block("figure", box(500, 605, 700, 675), ())
    tally = score(page, [block("text", 0), right, wrong])
    assert tally.figure_f1 == pytest.approx(1 / 2)


def test_nothing_found() -> None:
    tally = score(PAGE, [])
    assert (tally.pages, tally.pairs, tally.wanted, tally.given) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("order", "count"), [([], 0), ([0, 1, 2], 0), ([2, 1, 0], 3), ([1, 0, 2], 1)]
)
def test_inversions(order: list[int], count: int) -> None:
    assert inversions(order) == count


def test_tallies_add_up() -> None:
    total = Tally()
    for _ in range(2):
        total += score(PAGE, [block("title", 0), block("text", 1, 2, 3)])
    assert (total.pages, total.pairs, total.wanted) == (2, 12, 4)
    assert total.types["text", "text"] == 6


def test_the_order_of_real_pages_goes_by_text() -> None:
    read = [block("text", 2, 0), block("text", 1)]
    assert places(["LINE 0", "line  1", "unread", "line 2"], read) == [1, 2, 0]


def test_texts_that_come_twice_say_nothing_of_order() -> None:
    assert places(["line 0", "line 1", "line 0"], [block("text", 0, 1)]) == [0]


def test_real_pages_that_are_absent_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.bench.layout_real.REALSET", Path("/nowhere"))
    assert real_table(lambda picture: []).count("skipped") == 3


def test_the_command_prints_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    layout.main(["--layout", "receipt", "form", "--pages", "1", "--seed", "5"])
    rows = capsys.readouterr().out.splitlines()
    assert [row.split("|")[1].strip() for row in rows[2:]] == ["receipt", "form", "all"]
