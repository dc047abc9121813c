"""Lines that run otherwise than their page, decided by what reads best."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from tests.enginekit.entries import entry
from tests.enginekit.fakes import FakeSession
from tests.enginekit.ways import Run, Truth, run, tall, wide
from wenyun.engine.classify import BATCH, LineAngle
from wenyun.engine.ctc import Reading
from wenyun.engine.lines import Line
from wenyun.engine.singles import settle_heads, settle_tall
from wenyun.models.sessions import FloatArray

PAGE = np.full((400, 400, 3), 255, np.uint8)
SIDES = [(90, False), (270, False), (0, True)]


def giving(model: LineAngle | None) -> Callable[[], LineAngle | None]:
    """An opener of the classifier."""
    return lambda: model


def test_wide_lines_are_left_alone() -> None:
    lines, truth = [wide(0), wide(1)], Truth((0, False))
    assert settle_tall(lines, "auto", truth) == lines
    assert not truth.asked


@pytest.mark.parametrize("shadow", [0.4, 0.95, 0.97])
@pytest.mark.parametrize("runs", SIDES)
def test_one_tall_line_among_wide_ones_decides_for_itself(runs: Run, shadow: float) -> None:
    lines = [wide(0), wide(2), tall(8), wide(3)]
    settled = settle_tall(lines, "auto", Truth(runs, shadow=shadow))
    if runs == (90, False) and shadow > 0.9:
        # Of Han characters alone, a column is as likely; the page's other lines say nothing.
        assert settled[2].column
        return
    assert [run(line) for line in settled] == [(0, False), (0, False), runs, (0, False)]
    assert settled[2].confidence == pytest.approx(0.95)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_side_text_of_a_turned_page_is_judged_from_where_the_page_stands(turn: int) -> None:
    """Turned with the page, a box that lies across it is tall; it stands as upright as the page."""
    line = (wide(3) if turn % 180 else tall(3)).turned(turn)
    truth = Truth(((turn + 270) % 360, False), shadow=0.4)
    (settled,) = settle_tall([line], "auto", truth)
    assert run(settled) == truth.runs


@pytest.mark.parametrize(("unread", "column"), [(0.0, True), (0.4, False)])
def test_a_column_that_is_hardly_right_is_a_line_on_its_side(unread: float, column: bool) -> None:
    """Round letters read surely in any way, and so do some of a line that is cut apart."""

    def read(lines: Sequence[Line]) -> list[Line]:
        return [line.read_as(seen(line), "crnn") for line in lines]

    def seen(line: Line) -> Reading:
        way = run(line)
        count = {(90, False): 10, (0, True): 7}.get(way, 2)
        places = tuple((i + 0.5) / count for i in range(count))
        left = unread if way == (0, True) else 0.0
        return Reading("o" * count, (1.0,) * count, places, left)

    (settled,) = settle_tall([tall(8)], "auto", read)
    assert settled.column is column


def test_vertical_makes_columns_of_tall_boxes() -> None:
    truth = Truth((0, True))
    settled = settle_tall([wide(0), tall(8)], "vertical", truth)
    assert [run(line) for line in settled] == [(0, False), (0, True)]
    assert all(column for _, column in truth.asked)


def test_horizontal_makes_none() -> None:
    truth = Truth((270, False))
    settled = settle_tall([wide(0), tall(8)], "horizontal", truth)
    assert run(settled[1]) == (270, False)
    assert not any(column for _, column in truth.asked)


def test_a_column_that_is_read_is_not_cut_up_again() -> None:
    truth = Truth((0, True))
    column = truth.read(tall(0).as_column())
    (settled,) = settle_tall([column], "auto", truth)
    assert settled == column
    assert truth.asked == [(0, True)]


def test_a_column_that_reads_better_laid_down_is_read_so() -> None:
    """It stays a column, on a page that stands upright."""

    def laid(lines: object) -> list[Line]:
        assert isinstance(lines, list)
        return [
            Truth((0, True), right=0.6, wrong=0.95 if line.lying else 0.4).read(line)
            for line in lines
        ]

    (settled,) = settle_tall([tall(0).as_column()], "auto", laid)
    assert settled.lying
    assert run(settled) == (0, True)
    assert settled.confidence == pytest.approx(0.95)


def test_a_line_on_its_side_among_columns() -> None:
    truth = Truth((90, False), chars="Latin", shadow=0.3, wrong=0.3)
    (settled,) = settle_tall([tall(0).as_column()], "auto", truth)
    assert run(settled) == (90, False)


def classifier(*flips: bool) -> tuple[LineAngle, FakeSession]:
    """A classifier that calls the crops that it is shown, in turn, upright or not."""
    answers = iter(flips)

    def answer(batch: FloatArray) -> FloatArray:
        rows = [[0.02, 0.98] if next(answers) else [0.98, 0.02] for _ in batch]
        return np.array(rows, np.float32)

    session = FakeSession(answer)
    return LineAngle(entry("line_angle", height=48, width=192), session), session


def read_upright(count: int, truth: Truth) -> list[Line]:
    return [truth.read(wide(n)) for n in range(count)]


def test_a_line_on_its_head_is_turned() -> None:
    truth = Truth((180, False), shadow=0.4)
    lines = read_upright(2, truth)
    settled = settle_heads(lines, PAGE, giving(classifier(True, True)[0]), truth)
    assert [run(line) for line in settled] == [(180, False)] * 2
    assert all(line.confidence == pytest.approx(0.95) for line in settled)


def test_a_line_that_reads_well_is_not_asked_about() -> None:
    truth = Truth((0, False))
    judge, session = classifier(True)
    lines = read_upright(2, truth)
    assert settle_heads(lines, PAGE, giving(judge), truth) == lines
    assert not session.shapes


def test_a_classifiers_word_alone_turns_nothing() -> None:
    """It says upside down; but turned, the line reads no better."""
    truth = Truth((0, True), wrong=0.5, shadow=0.5)
    lines = read_upright(3, truth)
    assert settle_heads(lines, PAGE, giving(classifier(True, True, True)[0]), truth) == lines


def test_what_the_classifier_calls_upright_is_not_read_again() -> None:
    truth = Truth((180, False), shadow=0.4)
    lines = read_upright(2, truth)
    settled = settle_heads(lines, PAGE, giving(classifier(False, True)[0]), truth)
    assert [run(line) for line in settled] == [(0, False), (180, False)]
    assert truth.asked == [(180, False)]


def test_a_layer_without_the_classifier() -> None:
    truth = Truth((180, False), shadow=0.4)
    lines = read_upright(2, truth)
    assert settle_heads(lines, PAGE, giving(None), truth) == lines


def test_columns_stand_on_no_head() -> None:
    truth = Truth((180, False), shadow=0.4)
    lines = [truth.read(tall(0).as_column())]
    judge, session = classifier(True)
    assert settle_heads(lines, PAGE, giving(judge), truth) == lines
    assert not session.shapes


@pytest.mark.parametrize(("upside_down", "flipped"), [(0.5, False), (0.89, False), (0.91, True)])
def test_the_classifier_must_be_sure(upside_down: float, flipped: bool) -> None:
    answer = np.array([[1 - upside_down, upside_down]], np.float32)
    judge = LineAngle(entry(height=48, width=192), FakeSession(lambda _: answer))
    assert judge.flipped([PAGE[:20, :100]]) == [flipped]


@pytest.mark.parametrize("shape", [(20, 300), (20, 10), (1, 1), (300, 5), (48, 192)])
def test_the_classifier_sees_one_shape(shape: tuple[int, int]) -> None:
    judge, session = classifier(True)
    assert judge.flipped([np.zeros((*shape, 3), np.uint8)]) == [True]
    assert session.shapes == [(1, 3, 48, 192)]


def test_the_classifier_works_in_batches() -> None:
    flips = [n % 3 == 0 for n in range(BATCH + 5)]
    judge, session = classifier(*flips)
    assert judge.flipped([PAGE[:20, :100]] * len(flips)) == flips
    assert [n for n, *_ in session.shapes] == [BATCH, 5]


def test_no_crops_for_the_classifier() -> None:
    judge, session = classifier()
    assert judge.flipped([]) == []
    assert not session.shapes
