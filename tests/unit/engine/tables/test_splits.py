"""Lines cut at borders, and kinds of text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.tables import as_line
from tests.bench.tables_score import plain
from tests.scenes.page import rectangle
from wenyun.engine.layout.tables.kinds import is_label, is_number
from wenyun.engine.layout.tables.splits import split_line
from wenyun.result import Line, Word


def line(text: str) -> Line:
    return as_line(text, rectangle(0, 0, 100, 20))


@pytest.mark.parametrize(
    ("text", "shares", "parts"),
    [
        ("苹果 12.50", [0.5], ["苹果", "12.50"]),
        ("苹果香蕉", [0.5], ["苹果", "香蕉"]),
        ("ab cd ef", [0.35, 0.65], ["ab", "cd", "ef"]),
        ("数量12", [0.6], ["数量", "12"]),
        ("abc", [0.0], ["", "abc"]),
        ("abc", [1.0], ["abc", ""]),
        ("", [0.5], ["", ""]),
    ],
)
def test_a_line_is_cut_where_the_border_is(
    text: str, shares: list[float], parts: list[str]
) -> None:
    assert split_line(line(text), shares) == parts


def test_places_of_characters_are_better_than_their_widths() -> None:
    places = [(0, 10), (10, 20), (80, 90), (90, 100)]
    words = tuple(
        Word(char, 1.0, as_line(char, rectangle(x0, 0, x1, 20)).box)
        for char, (x0, x1) in zip("甲1乙2", places, strict=True)
    )
    plainly = line("甲1乙2")
    known = Line(plainly.text, 1.0, plainly.box, "crnn", words)
    assert split_line(known, [0.3]) == ["甲1", "乙2"]
    assert split_line(known, [0.7]) == ["甲1", "乙2"]


@given(st.text(max_size=20), st.lists(st.floats(-0.5, 1.5), max_size=5))
def test_no_character_is_lost_or_doubled(text: str, shares: list[float]) -> None:
    parts = split_line(line(text), sorted(shares))
    assert len(parts) == len(shares) + 1
    assert plain("".join(parts)) == plain(text)


@pytest.mark.parametrize(
    "text", ["12", "-3.5%", "1,234.00", "¥88.00", "120元", "2024-05-06", "3.4万", "(12)", "9kg"]
)
def test_numbers(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize("text", ["", "数量", "A4", "No. 5 street", "第3章 方法", "kg", "-"])
def test_no_numbers(text: str) -> None:
    assert not is_number(text)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("名称：", True),
        ("Date: 5 May", True),
        ("12:30", False),
        ("比例 1:5", False),
        ("名称", False),
    ],
)
def test_labels(text: str, label: bool) -> None:
    assert is_label(text) is label
