"""What kind of text stands in a cell: numbers, labels, words."""

import re

NUMBER = re.compile(r"[\d０-９]")
LETTER = re.compile(r"[^\W\d_]")
UNITS = re.compile(r"^(?:RMB|USD|EUR|GBP|HK|US)|(?:元|万|亿|kg|km|cm|mm|ml|pcs|[kmgKMG])$")
LABEL = re.compile(r"[:：]\s*\S|[:：]$")
CLOCK = re.compile(r"\d[:：]\d")
YEAR = re.compile(r"(?:19|20)\d\d\s*(?:年|[AEF]|[HQ][1-4])?", re.IGNORECASE)
"""A year, perhaps with a mark: actual, estimate, forecast, half or quarter."""


def is_number(text: str) -> bool:
    """Whether a text is a number, an amount, a share or a date, and not words with a number."""
    bare = UNITS.sub("", text.strip())
    digits, letters = len(NUMBER.findall(bare)), len(LETTER.findall(bare))
    return digits > 0 and digits >= 3 * letters


def is_label(text: str) -> bool:
    """Whether a text is a label, alone or with its value: "Date: 5 May"."""
    return bool(LABEL.search(CLOCK.sub("", text)))


def is_year(text: str) -> bool:
    """Whether a text is a year: a number that heads columns."""
    return bool(YEAR.fullmatch(text.strip()))
