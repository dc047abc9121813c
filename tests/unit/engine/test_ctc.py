"""Greedy decoding, on matrices written by hand."""

import itertools

import numpy as np
import pytest

from tests.enginekit.ctckit import CHARSET, certain, close, mixed
from wenyun.engine.charset import Charset
from wenyun.engine.ctc import Decoder, Reading

MIX = Decoder(CHARSET, "mix")


@pytest.mark.parametrize(
    ("steps", "text"),
    [
        ("abA", "abA"),
        ("aab", "ab"),
        ("a-a", "aa"),
        ("aa-aa", "aa"),
        ("--a--b--", "ab"),
        ("a-b-a", "aba"),
        ("发发票", "发票"),
        ("a b", "a b"),
        ("----", ""),
        ("a", "a"),
        ("-", ""),
        ("aaaa", "a"),
    ],
)
def test_repeats_are_one_and_blanks_are_none(steps: str, text: str) -> None:
    reading = MIX.decode(certain(steps), len(steps))
    assert reading.text == text
    assert len(reading.confidences) == len(reading.positions) == len(text)


def test_against_the_definition() -> None:
    """Every sequence of five steps over blank, a and b, beside a decoder of two lines."""
    for steps in itertools.product("-ab", repeat=5):
        kept = "".join(c for c, _ in itertools.groupby(steps) if c != "-")
        assert MIX.decode(certain("".join(steps)), 5).text == kept


def test_no_step_at_all() -> None:
    assert MIX.decode(certain(""), 0) == Reading("", (), ())


def test_how_many_classes() -> None:
    assert MIX.classes == len(CHARSET.characters)


def test_a_character_is_as_sure_as_its_surest_step() -> None:
    steps = mixed({"a": 0.6, "b": 0.4}, {"a": 0.95, "-": 0.05}, {"-": 1.0}, {"b": 0.7, "-": 0.3})
    reading = MIX.decode(steps, 4)
    assert reading.text == "ab"
    assert close(reading.confidences, [0.95, 0.7])
    assert reading.confidence == pytest.approx(0.825, abs=1e-5)
    assert reading.weakest == pytest.approx(0.7, abs=1e-5)


def test_a_run_that_comes_again_keeps_its_own_confidence() -> None:
    steps = mixed({"a": 0.6, "b": 0.4}, {"-": 1.0}, {"a": 0.9, "b": 0.1})
    assert close(MIX.decode(steps, 3).confidences, [0.6, 0.9])


def test_an_empty_line_is_not_sure_of_anything() -> None:
    reading = MIX.decode(certain("---"), 3)
    assert (reading.confidence, reading.weakest) == (0.0, 0.0)


def test_positions_are_the_middles_of_runs() -> None:
    """Eight steps: `a` fills the first two, `b` the fifth, `A` the last three."""
    assert close(MIX.decode(certain("aa--bAAA"), 8).positions, [1 / 8, 4.5 / 8, 6.5 / 8])


def test_positions_count_on_the_lines_own_width() -> None:
    """Half of the steps are padding: the same characters stand twice as far to the right."""
    assert close(MIX.decode(certain("a-b-----"), 4).positions, [0.5 / 4, 2.5 / 4])


def test_positions_stay_within_the_line() -> None:
    """What a model reads into the padding stands at the line's end."""
    reading = MIX.decode(certain("a------b"), 2.5)
    assert close(reading.positions, [0.2, 1.0])


def test_positions_of_a_line_narrower_than_a_step() -> None:
    assert MIX.decode(certain("a"), 0.25).positions == (0.5,)


@pytest.mark.parametrize(("lang", "text"), [("mix", "aかΩ票"), ("zh", "ab票"), ("en", "abB")])
def test_a_language_lets_the_next_best_through(lang: str, text: str) -> None:
    steps = mixed(
        {"a": 0.9, "-": 0.1},
        {"か": 0.6, "b": 0.3, "-": 0.1},
        {"Ω": 0.5, "-": 0.3, "A": 0.2},
        {"票": 0.5, "B": 0.4, "か": 0.1},
    )
    assert Decoder(CHARSET, lang).decode(steps, 4).text == text


def test_what_is_left_is_shared_among_the_allowed() -> None:
    """か has 0.6; of the other 0.4 `b` has three quarters."""
    steps = mixed({"か": 0.6, "b": 0.3, "-": 0.1})
    reading = Decoder(CHARSET, "zh").decode(steps, 1)
    assert reading.text == "b"
    assert close(reading.confidences, [0.75])


def test_a_step_that_the_language_allows_keeps_its_confidence() -> None:
    """As it stood, though some of the rest was forbidden."""
    steps = mixed({"b": 0.6, "か": 0.4})
    assert close(Decoder(CHARSET, "zh").decode(steps, 1).confidences, [0.6])


def test_the_blank_passes_in_every_language() -> None:
    steps = mixed({"か": 0.6, "-": 0.4}, {"-": 1.0})
    for lang in ("zh", "en"):
        assert Decoder(CHARSET, lang).decode(steps, 2).text == ""


def test_neighbours_that_the_mask_makes_equal_are_one() -> None:
    """Masking comes before repeats are dropped."""
    steps = mixed({"か": 0.6, "b": 0.4}, {"b": 1.0}, {"Ω": 0.7, "b": 0.3})
    assert Decoder(CHARSET, "en").decode(steps, 3).text == "b"


def test_nothing_allowed_at_all() -> None:
    """A step whose whole probability is forbidden reads as something with no confidence."""
    reading = Decoder(CHARSET, "en").decode(mixed({"か": 1.0}), 1)
    assert reading.weakest < 0.01
    assert np.isfinite(reading.confidence)


def test_decoding_leaves_the_probabilities_alone() -> None:
    steps = certain("かbか")
    before = steps.copy()
    Decoder(CHARSET, "en").decode(steps, 3)
    assert np.array_equal(steps, before)


@pytest.mark.parametrize("blank", [0, 2, 3])
def test_the_blank_may_stand_anywhere(blank: int) -> None:
    characters = ["a", "b", "c"]
    characters.insert(blank, "")
    decoder = Decoder(Charset(tuple(characters), blank), "en")
    classes = [characters.index("a"), blank, characters.index("a"), characters.index("c")]
    assert decoder.decode(np.eye(4, dtype=np.float32)[classes], 4).text == "aac"
