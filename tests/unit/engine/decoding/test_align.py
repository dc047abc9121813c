"""Forward scores and best paths against the definition."""

import itertools
from math import exp

import numpy as np
import pytest

from tests.enginekit.ctckit import BLANK, certain, index, mixed
from wenyun.engine.decoding.align import best_path, score
from wenyun.engine.decoding.draft import Draft
from wenyun.models.sessions import FloatArray


def labels(text: str) -> tuple[int, ...]:
    return tuple(index(mark) for mark in text)


def noise(seed: int, steps: int = 5) -> FloatArray:
    """(steps, classes) with three classes that matter."""
    rng = np.random.default_rng(seed)
    return mixed(*({"-": a, "a": b, "b": c} for a, b, c in rng.dirichlet((1, 1, 1), steps)))


@pytest.mark.parametrize("text", ["", "a", "ab", "aa", "aba", "abab", "bb"])
@pytest.mark.parametrize("seed", range(5))
def test_a_score_is_the_sum_over_all_ways(seed: int, text: str) -> None:
    line = noise(seed)
    total = 0.0
    for path in itertools.product("-ab", repeat=len(line)):
        spelled = "".join(mark for mark, _ in itertools.groupby(path) if mark != "-")
        if spelled == text:
            total += float(np.prod([line[at, index(mark)] for at, mark in enumerate(path)]))
    assert exp(score(line, labels(text), BLANK)) == pytest.approx(total, rel=1e-3)


def test_a_text_longer_than_the_line_is_next_to_impossible() -> None:
    assert score(certain("a"), labels("aa"), BLANK) < -20
    assert best_path(certain("a"), labels("aa"), BLANK) == []


def test_a_text_that_is_not_there_is_next_to_impossible() -> None:
    line = certain("a-b", 1.0)
    assert score(line, labels("ab"), BLANK) == pytest.approx(0.0, abs=1e-5)
    assert score(line, labels("aB"), BLANK) < -20


@pytest.mark.parametrize(
    ("steps", "text", "runs"),
    [("aa--b", "ab", [(0, 1), (4, 4)]), ("a-a", "aa", [(0, 0), (2, 2)]), ("--a", "a", [(2, 2)]),
     ("ab", "ab", [(0, 0), (1, 1)]), ("abbb", "ab", [(0, 0), (1, 3)]), ("-", "", [])],
)  # fmt: skip
def test_where_characters_stand(steps: str, text: str, runs: list[tuple[int, int]]) -> None:
    assert best_path(certain(steps), labels(text), BLANK) == runs


def test_a_part_spelled_otherwise_keeps_the_rest() -> None:
    line = mixed({"a": 1}, {"-": 1}, {"b": 0.6, "B": 0.4}, {"-": 1}, {"1": 1})
    draft = Draft(labels("ab1"), ((0, 0), (2, 2), (4, 4)), (1.0, 0.6, 1.0))
    found = draft.spliced(1, 2, labels("B"), (0.4,), line, BLANK)
    assert found.labels == labels("aB1")
    assert found.runs == ((0, 0), (2, 2), (4, 4))
    assert found.sure == (1.0, 0.4, 1.0)
    assert draft.window(1, 2, 5) == (1, 4)
    assert draft.window(0, 3, 5) == (0, 5)


def test_a_part_without_room_stays() -> None:
    draft = Draft(labels("ab"), ((0, 0), (1, 1)), (1.0, 1.0))
    assert draft.spliced(0, 1, labels("aaa"), (1.0,) * 3, certain("ab"), BLANK) is draft
