"""Chinese identity numbers: 18 characters with a check digit (GB 11643), or 15 digits of old."""

import re
from datetime import date

from wenyun.engine.decoding.automaton import Automaton

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
"""Check characters by the remainder (ISO 7064, MOD 11-2)."""

SHAPES = (re.compile(r"(?<!0)0(?: ?0){13,18}[Xx]?(?!0)"),)
"""How a line may look near such a number; 0 is a digit or what looks like one."""

BODY = "[123456789]#####"
MONTHS = ("0[123456789]", "1[012]")
DAYS = ("0[123456789]", "[12]#", "3[01]")

PATTERNS = Automaton(
    form
    for month in MONTHS
    for day in DAYS
    for form in (
        *(f"{BODY}{century}##{month}{day}###[0123456789X]" for century in ("18", "19", "20")),
        f"{BODY}##{month}{day}###",
    )
)


def is_identity(text: str) -> bool:
    """Whether a text of the patterns is a number that can have been given out."""
    if len(text) == 15:
        return _born(f"19{text[6:12]}")
    return _born(text[6:14]) and check_character(text[:17]) == text[17]


def check_character(body: str) -> str:
    """The last character that the first 17 ask for."""
    return CHECKS[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


def _born(text: str) -> bool:
    try:
        return bool(date(int(text[:4]), int(text[4:6]), int(text[6:])))
    except ValueError:
        return False
