"""How texts are compared, by hand-made cases."""

import random

import pytest

from tests.bench.text import distance, normal, verbatim


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("", "", 0),
        ("", "abc", 3),
        ("abc", "", 3),
        ("kitten", "sitting", 3),
        ("发票号码", "发票号码", 0),
        ("发票号码", "发漂号", 2),
        ("ab", "ba", 2),
        ("a" * 100, "a" * 99 + "b", 1),
        ("价税合计", "合计", 2),
    ],
)
def test_distance(one: str, other: str, edits: int) -> None:
    assert distance(one, other) == edits


def _plain(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


def test_distance_agrees_with_the_textbook() -> None:
    dice = random.Random(4)
    for _ in range(300):
        one, other = ("".join(dice.choices("abc", k=dice.randint(0, 70))) for _ in range(2))
        assert distance(one, other) == _plain(one, other), (one, other)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Hello  World", "helloworld"),
        ("（小写）￥12", "(小写)¥12"),
        ("ＡＢＣ　１２", "abc12"),
        ("37.8℃", "37.8°c"),
        (" \t", ""),
    ],
)
def test_normal_form(text: str, form: str) -> None:
    assert normal(text) == form


def test_verbatim_keeps_case_and_single_spaces() -> None:
    assert verbatim("  Open  DAY　x ") == "Open DAY x"
    assert verbatim("Openday") != verbatim("Open day")
