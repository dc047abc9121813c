"""Who is matched with whom."""

import itertools

import numpy as np
import pytest

from tests.bench.match import Quads, assign, by_place, by_text, overlap


def _boxes(*edges: tuple[float, float, float, float]) -> Quads:
    return np.array([[[a, b], [c, b], [c, d], [a, d]] for a, b, c, d in edges], np.float32).reshape(
        -1, 4, 2
    )


def test_overlap_is_in_parts_of_the_smaller_box() -> None:
    some, others = _boxes((0, 0, 10, 10)), _boxes((0, 0, 5, 5), (5, 0, 15, 10), (20, 0, 30, 10))
    assert overlap(some, others)[0].tolist() == pytest.approx([1.0, 0.5, 0.0])


def test_lines_match_by_place_in_any_order() -> None:
    truth = _boxes((0, 0, 100, 20), (0, 40, 100, 60))
    read = _boxes((2, 41, 99, 61), (1, 1, 98, 19))
    assert by_place(truth, read) == [([0], [1]), ([1], [0])]


def test_a_line_read_in_two_parts_is_one_group_in_reading_order() -> None:
    truth = _boxes((0, 0, 100, 20))
    read = _boxes((55, 0, 100, 20), (0, 0, 50, 20))
    assert by_place(truth, read) == [([0], [1, 0])]


def test_two_lines_read_as_one_are_one_group() -> None:
    truth = _boxes((60, 0, 100, 20), (0, 0, 50, 20))
    assert by_place(truth, _boxes((0, 0, 100, 20))) == [([1, 0], [0])]


def test_what_overlaps_nothing_stands_alone() -> None:
    truth, read = _boxes((0, 0, 10, 10)), _boxes((50, 50, 60, 60))
    assert by_place(truth, read) == [([0], []), ([], [0])]


def test_a_line_read_upside_down_still_runs_along_its_truth() -> None:
    truth = _boxes((0, 0, 100, 20))[:, [2, 3, 0, 1]]
    read = _boxes((0, 0, 50, 20), (50, 0, 100, 20))
    assert by_place(truth, read) == [([0], [1, 0])]


def test_by_text_takes_the_fewest_edits_in_all() -> None:
    groups = by_text(["abcd", "abce"], ["abce", "abcf"])
    assert sorted(groups) == [([0], [1]), ([1], [0])]


def test_by_text_pairs_nothing_unlike() -> None:
    assert sorted(by_text(["abc"], ["xyz"])) == [([], [0]), ([0], [])]


def test_by_text_with_an_empty_side() -> None:
    assert by_text(["a"], []) == [([0], [])]
    assert by_text([], ["a"]) == [([], [0])]
    assert by_text([], []) == []


@pytest.mark.parametrize("shape", [(1, 1), (3, 3), (2, 5), (5, 2), (4, 4)])
def test_assignment_is_the_cheapest(shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(sum(shape))
    for _ in range(20):
        costs = rng.integers(0, 12, shape).astype(float)
        pairs = assign(costs)
        assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == min(shape)
        table = costs if shape[0] <= shape[1] else costs.T
        best = min(
            sum(table[i, j] for i, j in enumerate(columns))
            for columns in itertools.permutations(range(table.shape[1]), table.shape[0])
        )
        assert sum(costs[i, j] for i, j in pairs) == best
