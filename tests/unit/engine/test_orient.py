"""Which way lines run, decided by what reads best; the reader here knows the truth."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from tests.enginekit.entries import entry
from tests.enginekit.fakes import FakeSession
from wenyun.engine.classify import BATCH, LineAngle
from wenyun.engine.ctc import Reading
from wenyun.engine.layout.turns import line_angle
from wenyun.engine.lines import Line
from wenyun.engine.orient import settle_heads, settle_tall
from wenyun.models.sessions import FloatArray

PAGE = np.full((400, 400, 3), 255, np.uint8)


def box(x: float, y: float, width: float, height: float) -> Line:
    quad = [[x, y], [x + width, y], [x + width, y + height], [x, y + height]]
    return Line(np.array(quad, np.float32))


def tall(number: int) -> Line:
    return box(20 + 40 * number, 20, 20, 300)


def wide(number: int) -> Line:
    return box(20, 20 + 40 * number, 300, 20)


def way(line: Line) -> int | str:
    """How a line is taken to run."""
    return "column" if line.column else line_angle(line.quad)


@dataclass
class Truth:
    """Reads surely what is taken the way it runs, and badly everything else."""

    runs: int | str
    right: float = 0.95
    wrong: float = 0.4
    asked: list[int | str] = field(default_factory=list)

    def __call__(self, lines: Sequence[Line]) -> list[Line]:
        self.asked += [way(line) for line in lines]
        return [self.read(line) for line in lines]

    def read(self, line: Line) -> Line:
        sure = self.right if way(line) == self.runs else self.wrong
        return line.read_as(Reading("ab", (sure, sure), (0.3, 0.7)), "crnn")


def giving(model: LineAngle | None) -> Callable[[], LineAngle | None]:
    """An opener of the classifier."""
    return lambda: model


def test_wide_lines_are_left_alone() -> None:
    lines, truth = [wide(0), wide(1)], Truth(0)
    assert settle_tall(lines, "auto", truth) == lines
    assert not truth.asked


@pytest.mark.parametrize("runs", [90, 270, "column"])
def test_a_page_of_tall_boxes_runs_as_it_reads_best(runs: int | str) -> None:
    settled = settle_tall([tall(n) for n in range(5)], "auto", Truth(runs))
    assert [way(line) for line in settled] == [runs] * 5


@pytest.mark.parametrize("runs", [90, 270])
def test_a_turned_page_turns_its_short_lines_with_it(runs: int) -> None:
    """A square box says nothing by itself, the page's many tall ones do."""
    lines = [*[tall(n) for n in range(4)], box(300, 300, 20, 20)]
    assert way(settle_tall(lines, "auto", Truth(runs))[-1]) == runs


def test_wide_lines_of_a_vertical_page_stay_wide() -> None:
    lines = [*[tall(n) for n in range(4)], wide(8)]
    settled = settle_tall(lines, "auto", Truth("column"))
    assert [way(line) for line in settled] == ["column"] * 4 + [0]


@pytest.mark.parametrize("runs", [90, 270, "column"])
def test_one_tall_line_among_wide_ones_decides_for_itself(runs: int | str) -> None:
    lines = [wide(0), wide(2), tall(8), wide(3)]
    settled = settle_tall(lines, "auto", Truth(runs))
    assert [way(line) for line in settled] == [0, 0, runs, 0]
    assert settled[2].confidence == pytest.approx(0.95)


def test_a_page_is_judged_by_a_few_lines() -> None:
    """Forty lines, but no more are read than a sample each way."""
    truth = Truth(90)
    settle_tall([tall(n) for n in range(40)], "auto", truth)
    assert len(truth.asked) < 40


def test_vertical_means_columns() -> None:
    truth = Truth(90)
    settled = settle_tall([tall(0), tall(1), wide(0)], "vertical", truth)
    assert [way(line) for line in settled] == ["column", "column", 0]
    assert not truth.asked


def test_horizontal_means_no_columns() -> None:
    truth = Truth("column")
    settled = settle_tall([tall(0), tall(1), wide(0)], "horizontal", truth)
    assert "column" not in [way(line) for line in settled]
    assert "column" not in truth.asked


def test_horizontal_lines_may_still_be_turned() -> None:
    settled = settle_tall([tall(0), tall(1)], "horizontal", Truth(270))
    assert [way(line) for line in settled] == [270, 270]


def test_no_lines() -> None:
    assert settle_tall([], "auto", Truth(0)) == []


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
    truth = Truth(180)
    lines = read_upright(2, truth)
    settled = settle_heads(lines, PAGE, giving(classifier(True, True)[0]), truth)
    assert [way(line) for line in settled] == [180, 180]
    assert all(line.confidence == pytest.approx(0.95) for line in settled)


def test_a_line_that_reads_well_is_not_asked_about() -> None:
    truth = Truth(0)
    judge, session = classifier(True)
    lines = read_upright(2, truth)
    assert settle_heads(lines, PAGE, giving(judge), truth) == lines
    assert not session.shapes


def test_a_classifiers_word_alone_turns_nothing() -> None:
    """It says upside down; but turned, the line reads no better."""
    truth = Truth("column", wrong=0.5)
    lines = read_upright(3, truth)
    assert settle_heads(lines, PAGE, giving(classifier(True, True, True)[0]), truth) == lines


def test_what_the_classifier_calls_upright_is_not_read_again() -> None:
    truth = Truth(180)
    lines = read_upright(2, truth)
    settled = settle_heads(lines, PAGE, giving(classifier(False, True)[0]), truth)
    assert [way(line) for line in settled] == [0, 180]
    assert truth.asked == [180]


def test_a_layer_without_the_classifier() -> None:
    truth = Truth(180)
    lines = read_upright(2, truth)
    assert settle_heads(lines, PAGE, giving(None), truth) == lines


def test_columns_stand_on_no_head() -> None:
    truth = Truth(180)
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
