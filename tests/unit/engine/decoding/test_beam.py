"""The beam against the definition: every way to spell every text, added up."""

import itertools
from collections import defaultdict
from math import exp, log
from typing import Any

import numpy as np
import pytest

from tests.enginekit.ctckit import BLANK, CHARSET, certain, index, mixed
from wenyun.engine.decoding.beam import Found, beam_search
from wenyun.engine.decoding.draft import agreed
from wenyun.engine.decoding.steps import FLOOR, MOST, SURE, Step, choices

EVERYTHING = np.ones(len(CHARSET.characters), np.bool_)


class Even:
    """Knows nothing."""

    def start(self) -> Any:
        return 0

    def step(self, state: Any, label: int) -> tuple[Any, float] | None:
        return state + 1, 0.0

    def ends(self, state: Any) -> bool:
        return True


class Likes(Even):
    """Weighs one class by ln."""

    def __init__(self, label: int, weight: float) -> None:
        self.label, self.weight = label, weight

    def step(self, state: Any, label: int) -> tuple[Any, float] | None:
        return state + 1, self.weight if label == self.label else 0.0


class Never(Even):
    """Forbids one class, and texts shorter than two characters."""

    def __init__(self, label: int) -> None:
        self.label = label

    def step(self, state: Any, label: int) -> tuple[Any, float] | None:
        return None if label == self.label else (state + 1, 0.0)

    def ends(self, state: Any) -> bool:
        return bool(state >= 2)


def by_hand(steps: list[Step]) -> dict[tuple[int, ...], float]:
    """Every text's probability."""
    found: dict[tuple[int, ...], float] = defaultdict(float)
    for path in itertools.product(*steps):
        labels = [label for label, _ in path]
        text = tuple(label for label, _ in itertools.groupby(labels) if label != BLANK)
        found[text] += float(np.prod([chance for _, chance in path]))
    return found


def some_steps(seed: int) -> list[Step]:
    rng = np.random.default_rng(seed)
    return [
        [(label, float(rng.uniform(0.05, 1.0))) for label in (BLANK, index("a"), index("b"))]
        for _ in range(6)
    ]


@pytest.mark.parametrize("seed", range(20))
def test_a_wide_beam_is_exact(seed: int) -> None:
    steps = some_steps(seed)
    wanted = by_hand(steps)
    found = beam_search(steps, BLANK, Even(), width=10_000)
    assert {one.labels for one in found} == set(wanted)
    for one in found:
        assert exp(one.seen) == pytest.approx(wanted[one.labels])
        assert one.score == pytest.approx(one.seen)
    assert found[0].labels == max(wanted, key=lambda text: wanted[text])


def test_ways_to_spell_add_up_where_the_best_class_misleads() -> None:
    """Graves 2012, figure 7.2: the likeliest path spells nothing, the likeliest text is `a`."""
    steps: list[Step] = [[(BLANK, 0.6), (index("a"), 0.4)]] * 2
    found = beam_search(steps, BLANK, Even())
    assert found[0].labels == (index("a"),)
    assert exp(found[0].seen) == pytest.approx(0.64)


def test_a_guide_tips_the_scale() -> None:
    steps: list[Step] = [[(index("a"), 0.6), (index("b"), 0.4)]]
    liked = beam_search(steps, BLANK, Likes(index("b"), 1.0))
    assert liked[0].labels == (index("b"),)
    assert liked[0].score == pytest.approx(log(0.4) + 1.0)
    assert beam_search(steps, BLANK, Likes(index("b"), 0.3))[0].labels == (index("a"),)


def test_what_a_guide_forbids_is_not_found() -> None:
    steps: list[Step] = [[(index("a"), 0.9), (index("b"), 0.1)]] * 3
    assert beam_search(steps, BLANK, Never(index("a"))) == []
    steps = [[(index("b"), 0.5)], [(index("a"), 0.9), (BLANK, 0.1)], [(index("b"), 0.5)]]
    (found,) = beam_search(steps, BLANK, Never(index("a")))
    assert found.labels == (index("b"), index("b"))


def test_a_narrow_beam_keeps_the_likeliest() -> None:
    found = beam_search(some_steps(3), BLANK, Even(), width=2)
    assert len(found) == 2
    assert found[0].score >= found[1].score


def test_hundreds_of_steps_do_not_run_out_of_numbers() -> None:
    steps: list[Step] = [[(index("a"), 1e-5), (BLANK, 1e-5)]] * 800
    assert np.isfinite(beam_search(steps, BLANK, Even())[0].seen)


def test_steps_that_are_sure_become_one() -> None:
    line = certain("aa--b", 0.99)
    choice = choices(line, line.argmax(1), line.max(1), EVERYTHING)
    assert choice.open == 0
    assert choice.steps == [[(index("a"), 1.0)], [(BLANK, 1.0)], [(index("b"), 1.0)]]


def test_steps_that_leave_a_choice_name_it() -> None:
    line = mixed({"a": 1.0}, {"b": 0.6, "A": 0.3, "-": 0.097, "B": 0.003})
    choice = choices(line, line.argmax(1), line.max(1), EVERYTHING)
    assert choice.open == 1
    labels = [label for label, _ in choice.steps[1]]
    assert labels == [index("b"), index("A"), BLANK]
    assert FLOOR < 0.097 < SURE


def test_a_language_leaves_less_to_choose() -> None:
    line = mixed({"a": 0.5, "か": 0.4, "-": 0.1})
    choice = choices(line, line.argmax(1), line.max(1), CHARSET.mask("en"))
    assert [label for label, _ in choice.steps[0]] == [index("a"), BLANK]


def test_no_more_classes_than_matter() -> None:
    line = np.full((1, len(CHARSET.characters)), 1 / len(CHARSET.characters), np.float32)
    choice = choices(line, line.argmax(1), line.max(1), EVERYTHING)
    assert len(choice.steps[0]) == MOST


def test_how_sure_each_character_is() -> None:
    found = [Found((1, 2, 3), 0.0, log(0.6)), Found((1, 5, 3), 0.0, log(0.3)),
             Found((1, 3), 0.0, log(0.1))]  # fmt: skip
    assert agreed(found) == pytest.approx((1.0, 0.6, 1.0))
