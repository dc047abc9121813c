"""Distances of texts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bench.text import distance
from wenyun.engine.decoding.near import edits, nearest

WORDS = st.text("abc", max_size=8)


@settings(deadline=None)
@given(WORDS, WORDS)
def test_edits_against_another_algorithm(one: str, other: str) -> None:
    assert edits(one, other) == distance(one, other)


@settings(deadline=None)
@given(st.text("abc", min_size=1, max_size=5), WORDS)
def test_the_nearest_part_is_the_nearest_of_all(word: str, text: str) -> None:
    count, start, end = nearest(word, text)
    parts = [text[a:b] for a in range(len(text) + 1) for b in range(a, len(text) + 1)]
    assert count == min(distance(word, part) for part in parts)
    assert distance(word, text[start:end]) == count


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [("bc", "abcd", (0, 1, 3)), ("宫保鸡丁", "今日官保鸡丁28元", (1, 2, 6)), ("ab", "", (2, 0, 0))],
)
def test_where_a_word_is(word: str, text: str, found: tuple[int, int, int]) -> None:
    assert nearest(word, text) == found
