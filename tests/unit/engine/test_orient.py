"""How a page lies, decided by what reads best; the reader here knows the truth."""

import pytest

from tests.enginekit.ways import Run, Truth, box, run, tall, wide
from wenyun.engine.ctc import Reading
from wenyun.engine.evidence import evidence, is_han, sureness
from wenyun.engine.orient import MARGIN, SAMPLE, most_are_tall, settle_page

LINES = [(0, False), (180, False), (90, True), (270, True)]
"""How wide boxes may run; each a quarter from its shadow among the tall."""

TALL = [(0, True), (180, True), (90, False), (270, False)]


@pytest.mark.parametrize("shadow", [0.4, 0.95, 0.96], ids=["none", "equal", "surer"])
@pytest.mark.parametrize("count", [1, 2, 5, 40])
@pytest.mark.parametrize("runs", LINES)
def test_a_page_of_wide_boxes_lies_as_it_reads_best(runs: Run, count: int, shadow: float) -> None:
    truth = Truth(runs, shadow=shadow)
    settled = settle_page([wide(n) for n in range(count)], "auto", truth)
    assert [run(line) for line in settled] == [runs] * count


@pytest.mark.parametrize("shadow", [0.4, 0.95, 0.96], ids=["none", "equal", "surer"])
@pytest.mark.parametrize("count", [1, 2, 5, 40])
@pytest.mark.parametrize("runs", TALL)
def test_a_page_of_tall_boxes_lies_as_it_reads_best(runs: Run, count: int, shadow: float) -> None:
    truth = Truth(runs, shadow=shadow)
    settled = settle_page([tall(n) for n in range(count)], "auto", truth)
    assert [run(line) for line in settled] == [runs] * count


@pytest.mark.parametrize("right", [0.95, 0.8, 0.6])
@pytest.mark.parametrize(("make", "runs"), [(wide, (0, False)), (tall, (0, True))])
def test_an_upright_page_stays_upright_though_its_shadow_reads_better(
    make: object, runs: Run, right: float
) -> None:
    assert callable(make)
    truth = Truth(runs, right=right, shadow=min(1.0, right + 0.02))
    settled = settle_page([make(n) for n in range(5)], "auto", truth)
    assert [run(line) for line in settled] == [runs] * 5


@pytest.mark.parametrize("better", [0.0, 0.02, 0.05])
def test_an_upright_page_needs_more_than_a_little_to_be_turned(better: float) -> None:
    """On its head it reads a little surer, as smudged pages may."""
    truth = Truth((180, False), chars="abcdefghij", right=0.75 + better, shadow=0.75, wrong=0.75)
    settled = settle_page([wide(n) for n in range(5)], "auto", truth)
    assert {run(line) for line in settled} == {(0, False)}


def test_the_margin_is_one_of_evidence() -> None:
    upright = 0.8
    turned = 0.5 + (upright - 0.5) * MARGIN * 1.1
    truth = Truth((180, False), chars="abcdefghij", right=turned, shadow=upright, wrong=upright)
    settled = settle_page([wide(n) for n in range(5)], "auto", truth)
    assert {run(line) for line in settled} == {(180, False)}


def test_a_page_on_which_nothing_reads_stays_upright() -> None:
    for make in (wide, tall):
        settled = settle_page([make(n) for n in range(4)], "auto", Truth((45, False)))
        assert {run(line)[0] for line in settled} == {0}


def test_sure_wide_lines_are_read_in_no_other_way() -> None:
    truth = Truth((0, False), chars="plain text")
    settle_page([wide(n) for n in range(20)], "auto", truth)
    assert truth.asked == [(0, False)] * SAMPLE


def test_han_characters_are_looked_at_once_more() -> None:
    """One line, as a column on its side: the page might be one of columns."""
    truth = Truth((0, False))
    settle_page([wide(n) for n in range(20)], "auto", truth)
    assert truth.asked == [(0, False)] * SAMPLE + [(90, True)]


def test_readings_of_the_sample_are_kept() -> None:
    settled = settle_page([wide(n) for n in range(20)], "auto", Truth((180, False)))
    assert sum(line.reading is not None for line in settled) == SAMPLE
    assert all(line.confidence == 0.95 for line in settled if line.reading)


@pytest.mark.parametrize("turn", [90, 270])
def test_a_turned_page_turns_its_short_lines_with_it(turn: int) -> None:
    """A square box says nothing by itself, the page's many tall ones do."""
    lines = [*[tall(n) for n in range(4)], box(300, 300, 20, 20)]
    assert run(settle_page(lines, "auto", Truth((turn, False)))[-1]) == (turn, False)


def test_wide_lines_of_a_page_of_columns_stay_wide() -> None:
    lines = [*[tall(n) for n in range(4)], wide(8)]
    settled = settle_page(lines, "auto", Truth((0, True)))
    assert [run(line) for line in settled] == [(0, True)] * 4 + [(0, False)]


@pytest.mark.parametrize("turn", [90, 270])
def test_wide_lines_of_a_turned_page_of_columns_are_its_columns(turn: int) -> None:
    lines = [*[wide(n) for n in range(4)], tall(12)]
    settled = settle_page(lines, "auto", Truth((turn, True)))
    assert [run(line) for line in settled] == [(turn, True)] * 4 + [(turn, False)]


def test_many_specks_do_not_outvote_a_few_long_lines() -> None:
    specks = [box(5 * n, 350, 9, 5) for n in range(12)]
    assert most_are_tall([*[tall(n) for n in range(3)], *specks])
    assert not most_are_tall([box(0, 0, 20, 20), box(40, 0, 20, 25)])


@pytest.mark.parametrize("runs", [(0, True), (180, True)])
def test_vertical_means_columns(runs: Run) -> None:
    truth = Truth(runs)
    settled = settle_page([tall(0), tall(1), wide(0)], "vertical", truth)
    assert [run(line) for line in settled[:2]] == [runs] * 2
    assert all(column for _, column in truth.asked)


@pytest.mark.parametrize("turn", [90, 270])
def test_horizontal_means_no_columns(turn: int) -> None:
    truth = Truth((turn, False))
    settled = settle_page([tall(0), tall(1), wide(0)], "horizontal", truth)
    assert [run(line) for line in settled] == [(turn, False)] * 3
    assert not any(column for _, column in truth.asked)


def test_horizontal_lines_may_stand_on_their_head() -> None:
    truth = Truth((180, False))
    settled = settle_page([wide(n) for n in range(3)], "horizontal", truth)
    assert {run(line) for line in settled} == {(180, False)}
    assert not any(column for _, column in truth.asked)


def test_no_lines_and_squares_alone() -> None:
    truth = Truth((0, False))
    assert settle_page([], "auto", truth) == []
    (square,) = settle_page([box(0, 0, 20, 20)], "auto", truth)
    assert run(square) == (0, False)


@pytest.mark.parametrize(
    ("sure", "weight"), [((), 0), ((0.5, 0.2), 0), ((1.0,), 1), ((0.75, 1.0, 0.4), 1.5)]
)
def test_evidence_counts_sure_characters(sure: tuple[float, ...], weight: float) -> None:
    line = wide(0).read_as(Reading("abc"[: len(sure)], sure, sure), "crnn")
    assert evidence([line]) == pytest.approx(weight)
    assert evidence([line, line, wide(1)]) == pytest.approx(2 * weight)


def test_sureness_is_a_mean_over_characters() -> None:
    lines = [
        wide(0).read_as(Reading("ab", (1.0, 0.5), (0.2, 0.7)), "crnn"),
        wide(1).read_as(Reading("c", (0.6,), (0.5,)), "crnn"),
        wide(2),
    ]
    assert sureness(lines) == pytest.approx(0.7)
    assert sureness([wide(0)]) == 0


@pytest.mark.parametrize(
    ("text", "han"), [("发票No", False), ("发票号码", True), ("abc", False), ("第1页", True)]
)
def test_han_lines(text: str, han: bool) -> None:
    sure = (0.9,) * len(text)
    assert is_han(wide(0).read_as(Reading(text, sure, sure), "crnn")) is han
