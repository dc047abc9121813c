"""How likely lines are right, from what a reader says of them."""

from dataclasses import replace

import pytest

from tests.enginekit.colours import bars
from tests.enginekit.entries import entry
from wenyun.engine.calibration import SURELY, features, likelihood
from wenyun.engine.chunks import Piece, join
from wenyun.engine.ctc import Reading
from wenyun.engine.lines import Line
from wenyun.engine.pipeline import surer, whole
from wenyun.engine.profiles import PROFILES

READING = Reading("a b", (0.9, 0.2, 0.8), (0.1, 0.5, 0.9))


def test_without_weights_nothing_is_known() -> None:
    assert likelihood(READING, {}) is None


def test_spaces_do_not_count() -> None:
    assert features(READING) == features(replace(READING, confidences=(0.9, 0.7, 0.8)))


def test_what_is_looked_at() -> None:
    found = features(replace(READING, unread=0.1, by="lexicon"))
    assert found["weakest"] == pytest.approx(1.3863, abs=1e-3)
    assert found["mean"] == pytest.approx(1.7346, abs=1e-3)
    assert found["together"] == pytest.approx(0.9445, abs=1e-3)
    assert (found["unread"], found["lexicon"], found["field"], found["language"]) == (1, 1, 0, 0)
    assert features(replace(READING, by="date"))["field"] == 1
    assert features(replace(READING, by="language"))["language"] == 1


def test_the_weights_decide() -> None:
    assert likelihood(READING, {"bias": 0.0}) == pytest.approx(0.5)
    assert likelihood(READING, {"mean": 1.0}) == pytest.approx(0.85, abs=1e-3)
    assert likelihood(READING, {"bias": 1e9}) == SURELY
    assert likelihood(READING, {"bias": -1e9}) == pytest.approx(1 - SURELY)


@pytest.mark.parametrize("text", ["", "  "])
def test_no_line_is_hardly_right(text: str) -> None:
    empty = Reading(text, (1.0,) * len(text), (0.5,) * len(text))
    assert likelihood(empty, {"bias": 9.0}) == pytest.approx(1 - SURELY)


def test_certain_and_impossible_characters_have_odds() -> None:
    line = Reading("ab", (1.0, 0.0), (0.2, 0.8))
    assert likelihood(line, {"weakest": 1.0, "mean": 1.0, "together": 1.0}) is not None


def a_line(likely: float | None, sure: float = 0.9) -> Line:
    reading = Reading("ab", (sure, sure), (0.2, 0.8), likelihood=likely)
    return whole(bars("ab")).read_as(reading, "crnn")


def test_the_likelihood_of_a_line() -> None:
    assert (a_line(0.3).likelihood, a_line(0.3).calibrated) == (0.3, True)
    assert (a_line(None).likelihood, a_line(None).calibrated) == (0.9, False)
    assert (whole(bars("a")).likelihood, whole(bars("a")).calibrated) == (0.0, False)


@pytest.mark.parametrize(("likely", "sent"), [(0.05, True), (0.999, False)])
def test_balanced_sends_on_what_is_likely_wrong(likely: float, sent: bool) -> None:
    assert PROFILES["balanced"].sends(a_line(likely)) is sent
    assert PROFILES["accurate"].sends(a_line(likely))
    assert not PROFILES["fast"].sends(a_line(likely))


def test_without_calibration_the_least_certain_character_decides() -> None:
    assert PROFILES["balanced"].sends(a_line(None, 0.6))
    assert not PROFILES["balanced"].sends(a_line(None, 0.7))
    assert not PROFILES["fast"].sends(a_line(None, 0.0))


def test_the_likelier_reading_stays() -> None:
    assert surer(a_line(0.5), a_line(0.4))
    assert surer(a_line(0.4), a_line(0.5))
    assert not surer(a_line(0.2), a_line(0.5))
    assert surer(a_line(None, 0.88), a_line(0.5, 0.9))
    assert not surer(a_line(None, 0.8), a_line(0.5, 0.9))


def test_a_long_line_is_right_if_all_its_pieces_are() -> None:
    pieces = [Piece(0, 50, 0, 60), Piece(50, 100, 40, 100)]
    readings = [Reading("a", (0.9,), (0.3,), likelihood=0.8), Reading("b", (0.9,), (0.6,))]
    assert join(readings, pieces, 100, 20).likelihood is None
    readings[1] = replace(readings[1], likelihood=0.5)
    assert join(readings, pieces, 100, 20).likelihood == pytest.approx(0.4)


def test_an_entry_is_not_calibrated_unless_it_says_so() -> None:
    assert entry().calibration == {}
