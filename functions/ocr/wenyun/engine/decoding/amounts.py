"""Amounts of money, in figures and in capital numerals."""

import re

from wenyun.engine.decoding.automaton import Automaton

SIGNS = "¥￥$€£"
CODES = ("RMB", "CNY", "USD", "EUR", "GBP", "HK$", "US$", "人民币")
HEADS = (f"[{SIGNS}]", *CODES)
UNITS = ("", "元", "圆", "万元", "亿元", "元整")
NONZERO = "[123456789]"
FIGURES = (
    "0",
    NONZERO + "#?" * 10,
    *(f"{NONZERO}#?#?" + ",###" * groups for groups in (1, 2, 3, 4)),
)

_UNIT = "(?: ?[元圆万亿]{1,2})"
SHAPES = (
    re.compile(r"(?<![a0-])(?:[¥$€£]|[a0]{1,3}) ?[+-]?0[0,.，。·:;' ]*" + _UNIT + "?(?![0a-])"),
    re.compile(r"[¥$€£] ?[+-]?0[0,.，。·:;' ]*" + _UNIT + "?(?![0a-])"),
    re.compile(r"(?<![0a,.-])[+-]?0[0,，]*[.。,:·' ]0{1,3}" + _UNIT + "?(?![0a,.-])"),
    re.compile(r"(?<![0a,.-])[+-]?0{1,3}(?:[.。,，:·' ]0{3})+(?:[.。,:·' ]0{1,3})?(?![0a,.-])"),
    re.compile(r"(?<![0a.-])0[0,，.]*" + _UNIT),
    re.compile(r"[壹h][壹h元圆万亿]{2,24}"),
    re.compile(r"壹[壹h元圆万亿]{2,24}[元圆整正壹]"),
)
"""How a line may look near an amount, written as the shapes of dates are; 壹 is any character of
capital amounts."""

BEGINS = ("[+-]?", *(f"[+-]?{head} ?" for head in HEADS), *(f"{head} ?[+-]" for head in HEADS))

PATTERNS = Automaton(
    f"{begin}{figure}{cents}{tail}"
    for begin in BEGINS
    for figure in FIGURES
    for cents in ("", ".##", ".#")
    for tail in (f" ?{unit}" if unit else "" for unit in UNITS)
)

NUMERALS, SMALL = "壹贰叁肆伍陆柒捌玖貳叄參参陸", "拾佰仟"
LARGE = {"万": 1, "萬": 1, "亿": 2, "億": 2}
CAPITALS = NUMERALS + SMALL + "".join(LARGE) + "零元圆圓角分整正"

NEXT = {
    "start": {"numeral", "ten"},
    "numeral": {"small", "ten", "large", "yuan", "jiao", "fen"},
    "ten": {"numeral", "large", "yuan"},
    "small": {"numeral", "zero", "large", "yuan"},
    "large": {"numeral", "zero", "large", "yuan"},
    "zero": {"numeral", "yuan", "large"},
    "yuan": {"numeral", "zero", "whole"},
    "jiao": {"numeral", "zero", "whole"},
    "fen": {"whole"},
    "whole": set[str](),
}
"""What may stand behind each kind of character."""


KINDS = {
    **dict.fromkeys(NUMERALS, "numeral"),
    **dict.fromkeys(SMALL, "small"),
    **dict.fromkeys(LARGE, "large"),
    **dict.fromkeys("元圆圓", "yuan"),
    **dict.fromkeys("整正", "whole"),
    "拾": "ten",
    "零": "zero",
    "角": "jiao",
    "分": "fen",
}
"""The kind of each character."""


def is_amount(text: str) -> bool:
    """Whether a text of capital numerals names an amount: its units fall, 元 stands in it once.

    Texts of figures are amounts as they are.
    """
    if text and text[0] not in CAPITALS:
        return True
    parts = re.fullmatch(r"([^元圆圓]+)[元圆圓](?:零?.角)?(?:零?.分)?[整正]?", text)
    return parts is not None and _falls(parts[1])


def _falls(whole: str) -> bool:
    """Whether the units before 元 get smaller, within each 万 and from one to the next."""
    section, large = 10_000, 3
    for mark in whole:
        if mark in LARGE:
            worth = LARGE[mark]
            if worth >= large:
                return False
            section, large = 10_000, worth
        elif mark in SMALL:
            worth = 10 ** (SMALL.index(mark) + 1)
            if worth >= section:
                return False
            section = worth
    return True


class Capitals:
    """Amounts in capital numerals, followed character by character."""

    alphabet = frozenset(CAPITALS)
    first = "start"

    def step(self, state: str, mark: str) -> str:
        """The kind of the character, empty where it may not stand behind `state`."""
        kind = KINDS.get(mark, "")
        return kind if kind in NEXT[state] else ""

    def ends(self, state: str) -> bool:
        """Whether an amount may end behind such a character."""
        return state in ("yuan", "jiao", "fen", "whole")
