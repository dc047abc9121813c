"""Dates: the forms in which they are written, and which days there are."""

import re
from datetime import date
from itertools import product

from wenyun.engine.decoding.automaton import Automaton

YEAR = ("19##", "20##")
MONTH = ("0[123456789]", "1[012]", "[123456789]")
DAY = ("0[123456789]", "[12]#", "3[01]", "[123456789]")
NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SHORT = tuple(name[:3] for name in NAMES)
HAN_MONTH = ("[一二三四五六七八九]", "十[一二]?")
HAN_DAY = ("[一二三四五六七八九]", "二?十[一二三四五六七八九]?", "三十一?")
HAN_YEAR = "二[〇零○][〇零○一二三四五六七八九][〇零○一二三四五六七八九]"

SHAPES = (
    re.compile(r"(?<!0)0{3,5} ?[^0 ] ?0{1,3} ?[^0 ] ?0{1,3} ?[日号h](?!0)"),
    re.compile(r"(?<!0)0{3,5} ?[^0 ] ?0{1,3} ?[^0 ] ?0{1,3}(?!0)"),
    re.compile(r"(?<!0)0{1,3} ?[^0 ] ?0{1,3} ?[^0 ] ?0{3,5}(?!0)"),
    re.compile(r"(?<!0)0{1,3}[ ./-]?[a0]{3,9}[ .,/-]{0,2}0{3,5}(?!0)"),
    re.compile(r"(?<![a0])[a0]{3,9}\.? ?0{1,3}[, ]{0,2}0{3,5}(?!0)"),
    re.compile(r"[一h]{3,5}[年h][一h]{1,3}[月h][一h]{1,4}[日h]"),
)
"""How a line may look near a date: 0 a digit or what looks like one, a a letter, h a Han character,
一 a numeral of such, all else as it is."""


def _patterns() -> list[str]:
    found = []
    for year, month, day in product(YEAR, MONTH, DAY):
        found += [f"{year}{sep}{month}{sep}{day}" for sep in "-/."]
        found.append(f"{year} ?年 ?{month} ?月 ?{day} ?[日号]")
        if len(month) > 3 or month == "1[012]":
            found += [f"{day}{sep}{month}{sep}{year}" for sep in "-/."]
            found += [f"{month}{sep}{day}{sep}{year}" for sep in "-/"]
    for year, name, day in product(YEAR, {*NAMES, *SHORT, *map(str.upper, (*NAMES, *SHORT))}, DAY):
        found += [f"{day}[ -]?{name}[.,]?[ -]?{year}", f"{name}.? ?{day},? ?{year}"]
    found += [f"{HAN_YEAR}年{month}月{day}日" for month, day in product(HAN_MONTH, HAN_DAY)]
    return found


PATTERNS = Automaton(_patterns())

NUMBERS = {name.lower(): number for number, name in enumerate(SHORT, 1)}
HAN = {mark: number for number, mark in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}


def is_day(text: str) -> bool:
    """Whether there is a day that a text of the patterns may mean."""
    parts = re.findall(r"\d+|[A-Za-z]+|[〇零○一二三四五六七八九十]+", text)
    values = [_value(part) for part in parts]
    if len(values) != 3:
        return False
    first, second, third = values
    ways = {(first, second, third), (third, second, first), (third, first, second)}
    return any(_exists(*way) for way in ways)


def _value(part: str) -> int:
    if part.isdecimal():
        return int(part)
    if part.isascii():
        return NUMBERS.get(part[:3].lower(), 0)
    if "十" in part:
        tens, _, ones = part.partition("十")
        return 10 * HAN.get(tens, 1) + HAN.get(ones, 0)
    return int("".join(str(HAN[mark]) for mark in part))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        return year >= 1900 and bool(date(year, month, day))
    except ValueError:
        return False
