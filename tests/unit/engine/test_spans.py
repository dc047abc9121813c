"""Where characters begin and end along a line."""

import numpy as np
import pytest

from wenyun.engine.spans import char_spans, even_spans

WIDTH, HEIGHT = 100, 20


def ink(*runs: tuple[int, int]) -> np.ndarray:
    """(H, W) bool with ink in the middle rows of the given columns."""
    found = np.zeros((HEIGHT, WIDTH), np.bool_)
    for start, end in runs:
        found[4:16, start:end] = True
    return found


def pixels(text: str, centres: list[float], mask: np.ndarray) -> list[tuple[float, float]]:
    spans = char_spans(text, [at / WIDTH for at in centres], mask)
    return [(round(start * WIDTH, 3), round(end * WIDTH, 3)) for start, end in spans]


def test_spans_are_tight_around_the_ink() -> None:
    found = pixels("abc", [15, 40, 72], ink((10, 20), (33, 48), (64, 80)))
    assert found == [(10, 20), (33, 48), (64, 80)]


def test_centres_need_not_be_in_the_middle() -> None:
    assert pixels("ab", [11, 47], ink((10, 28), (32, 48))) == [(10, 28), (32, 48)]


def test_a_gap_within_a_character_is_not_taken() -> None:
    """`川` has gaps of its own; the one in the middle of two centres parts the characters."""
    found = pixels(
        "川川", [20, 44], ink((12, 15), (18, 21), (25, 28), (36, 39), (42, 45), (49, 52))
    )
    assert found == [(12, 28), (36, 52)]


def test_touching_characters_are_cut_where_the_ink_is_thin() -> None:
    mask = ink((10, 50))
    mask[:, 30] = False
    mask[10, 30] = True
    (_, first), (second, _) = pixels("ab", [20, 41], mask)
    assert first == pytest.approx(30.5, abs=1)
    assert second == pytest.approx(30.5, abs=1)


def test_spaces_fill_the_room_between() -> None:
    found = pixels("a  b", [15, 20, 40, 72], ink((10, 20), (64, 80)))
    assert found == [(10, 20), (20, 42), (42, 64), (64, 80)]


def test_ends_do_not_reach_into_what_was_not_read() -> None:
    (found,) = pixels("a", [50], ink((0, 100)))
    assert found == (50 - 0.75 * HEIGHT, 50 + 0.75 * HEIGHT)


@pytest.mark.parametrize("centres", [[0, 0, 0], [99, 99, 99], [80, 40, 10], [-5, 50, 400]])
def test_any_centres_give_spans_that_run_forward(centres: list[float]) -> None:
    for mask in (ink(), ink((0, 100)), ink((40, 60))):
        for start, end in pixels("abc", centres, mask):
            assert start <= end


def test_nothing_but_spaces_and_nothing_at_all() -> None:
    assert char_spans("", [], ink()) == ()
    assert char_spans(" ", [0.4], ink()) == ((0.4, 0.4),)
    assert even_spans(" ", [0.4]) == ((0.4, 0.4),)


def test_without_ink_characters_meet_half_way() -> None:
    found = even_spans("ab c", [0.1, 0.3, 0.5, 0.7])
    assert [span for pair in found for span in pair] == pytest.approx(
        [0.0, 0.2, 0.2, 0.5, 0.5, 0.5, 0.5, 0.9]
    )
    assert even_spans("a", [0.5]) == ((0.0, 1.0),)
