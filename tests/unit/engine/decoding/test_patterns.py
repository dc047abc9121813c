"""What counts as a date, an amount, an identity number."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenes.words import capital_amount, id_number
from wenyun.engine.decoding import amounts, dates, identity
from wenyun.engine.decoding.automaton import Automaton, parsed


@pytest.mark.parametrize(
    ("pattern", "takes", "leaves"),
    [
        ("a[bc]?#", ["a1", "ab1", "ac9"], ["", "a", "ab", "abc1", "b1", "a11"]),
        ("a?b?", ["", "a", "b", "ab"], ["ba", "abb"]),
        ("##?", ["1", "12"], ["", "123", "a"]),
    ],
)
def test_patterns(pattern: str, takes: list[str], leaves: list[str]) -> None:
    found = Automaton([pattern])
    assert all(found.takes(text) for text in takes)
    assert not any(found.takes(text) for text in leaves)


def test_several_patterns_at_once() -> None:
    found = Automaton(["ab", "a#", "c?d"])
    assert [text for text in ("ab", "a1", "d", "cd", "a", "b1") if found.takes(text)] == [
        "ab",
        "a1",
        "d",
        "cd",
    ]
    assert found.alphabet == frozenset("abcd0123456789")
    assert parsed("[xy]?z") == [(frozenset("xy"), True), (frozenset("z"), False)]


DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
HAN = "〇一二三四五六七八九"


def is_date(text: str) -> bool:
    return dates.PATTERNS.takes(text) and dates.is_day(text)


@settings(deadline=None)
@given(DAYS)
def test_every_day_in_every_form(day: date) -> None:
    name = dates.NAMES[day.month - 1]
    year, month = day.year, day.month
    for text in (
        f"{day:%Y-%m-%d}",
        f"{day:%Y/%m/%d}",
        f"{year}.{month}.{day.day}",
        f"{year}年{month}月{day.day}日",
        f"{year} 年 {month:02} 月 {day.day:02} 日",
        f"{day.day} {name[:3]} {year}",
        f"{name} {day.day}, {year}",
        f"{name[:3].upper()} {day.day} {year}",
        f"{day:%d/%m/%Y}",
    ):
        assert is_date(text), text


@pytest.mark.parametrize(
    "text",
    ["2023-02-29", "2024-13-01", "2024-00-10", "2024年4月31日", "31 Apr 2024", "1850-01-01", "2024",
     "2024-1", "24-01-01", "2024-01/01", "", "12 Mai 2024", "二〇二四年十三月一日"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert not is_date(text)


@pytest.mark.parametrize(
    "text", ["二〇二四年三月五日", "二〇一九年十二月三十一日", "二零零八年八月二十日"]
)
def test_dates_in_numerals(text: str) -> None:
    assert is_date(text)


@settings(deadline=None)
@given(st.integers(0, 10**11))
def test_every_amount_in_figures(cents: int) -> None:
    for text in (f"{cents / 100:.2f}", f"¥{cents / 100:,.2f}", f"{cents // 100 % 10**10}元"):
        assert amounts.PATTERNS.takes(text), text


@pytest.mark.parametrize(
    "text", ["1,23.00", "¥", "1.234.567", "12.345", "007", "1,2345", "元", "--1"]
)
def test_what_is_no_amount(text: str) -> None:
    assert not amounts.PATTERNS.takes(text)


def is_capital(text: str) -> bool:
    followed = amounts.Capitals()
    state = followed.first
    for mark in text:
        state = followed.step(state, mark)
        if not state:
            return False
    return followed.ends(state) and amounts.is_amount(text)


@settings(deadline=None)
@given(st.integers(100, 10**10 - 1))
def test_every_amount_in_capitals(cents: int) -> None:
    assert is_capital(capital_amount(cents)), capital_amount(cents)


@pytest.mark.parametrize(
    "text",
    ["", "壹", "圆整", "壹佰仟圆整", "壹拾贰佰圆整", "壹贰圆整", "壹圆圆整", "壹万贰亿圆整",
     "壹圆整整", "壹圆伍分叁角", "染佰圆整", "壹佰"],
)  # fmt: skip
def test_what_is_no_amount_in_capitals(text: str) -> None:
    assert not is_capital(text)


@settings(deadline=None)
@given(st.integers(0, 40_000), st.integers(0, 2**32))
def test_every_identity_number(days: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    text = id_number(rng, "330106", date(1910, 1, 1) + timedelta(days))
    assert identity.PATTERNS.takes(text)
    assert identity.is_identity(text)
    changed = str((int(text[7]) + 1) % 10)
    assert not identity.is_identity(f"{text[:7]}{changed}{text[8:]}")


@pytest.mark.parametrize(
    ("text", "good"),
    [("11010519491231002X", True), ("440524188001010014", True), ("110105491231002", True),
     ("110105491332002", False), ("110105194912310021", False), ("11010519490231002X", False)],
)  # fmt: skip
def test_numbers_of_the_standard(text: str, good: bool) -> None:
    """The first two are the examples of GB 11643; the third is of the old form."""
    assert (identity.PATTERNS.takes(text) and identity.is_identity(text)) is good
