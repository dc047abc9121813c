"""Words for the scenes, drawn by chance from the files under text/, and numbers that check."""

import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

Rng = np.random.Generator
T = TypeVar("T")

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
UPPER_DIGITS = "零壹贰叁肆伍陆柒捌玖"


@cache
def material(name: str) -> dict[str, Any]:
    """A file under text/."""
    return tomllib.loads((Path(__file__).parent / "text" / f"{name}.toml").read_text("utf-8"))


def pick(rng: Rng, items: Sequence[T]) -> T:
    """One of the items."""
    return items[int(rng.integers(len(items)))]


def sample(rng: Rng, items: Sequence[T], count: int) -> list[T]:
    """So many different items, at most all of them, in random order."""
    order = rng.permutation(len(items))[:count]
    return [items[int(i)] for i in order]


def digits(rng: Rng, count: int) -> str:
    """So many random digits."""
    return "".join(str(int(d)) for d in rng.integers(0, 10, count))


def day(rng: Rng, first: int, last: int) -> date:
    """A day between the first of January of two years."""
    start = date(first, 1, 1)
    return start + timedelta(int(rng.integers((date(last, 1, 1) - start).days)))


def person(rng: Rng) -> str:
    """A Chinese name."""
    people = material("people")
    return f"{pick(rng, people['surnames'])}{pick(rng, people['given'])}"


def company(rng: Rng, city: str) -> str:
    """A company's full name."""
    parts = material("trade")["company"]
    return city + "".join(pick(rng, parts[part]) for part in ("brands", "fields", "forms"))


def area(rng: Rng) -> tuple[list[str], str]:
    """Province, city and district, and their six-digit code."""
    one = pick(rng, material("places")["areas"])
    return list(one["text"]), str(one["code"])


def street(rng: Rng) -> str:
    """A street with a house number."""
    streets = material("places")["streets"]
    name = pick(rng, streets["names"]) + pick(rng, streets["kinds"])
    return f"{name}{int(rng.integers(1, 999))}号"


def home(rng: Rng) -> str:
    """Building and flat in an estate."""
    estate = pick(rng, material("places")["streets"]["estates"])
    floor, flat = int(rng.integers(1, 33)), int(rng.integers(1, 5))
    return f"{estate}{int(rng.integers(1, 40))}幢{floor}0{flat}室"


def landline(rng: Rng) -> str:
    """An area code and a number."""
    return f"0{pick(rng, ['512', '571', '28', '27', '535', '23'])}-{digits(rng, 8)}"


def id_number(rng: Rng, code: str, born: date) -> str:
    """An identity number whose last character checks (GB 11643)."""
    body = f"{code}{born:%Y%m%d}{digits(rng, 3)}"
    total = sum(int(d) * w for d, w in zip(body, ID_WEIGHTS, strict=True))
    return body + ID_CHECKS[total % 11]


def credit_code(rng: Rng, code: str) -> str:
    """A company's 18-character credit code whose last character checks (GB 32100)."""
    body = f"91{code}MA" + "".join(pick(rng, CREDIT_ALPHABET) for _ in range(7))
    total = sum(CREDIT_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + CREDIT_ALPHABET[-total % 31]


def capital_amount(fen: int) -> str:
    """An amount of money in capital Chinese numerals; `fen` is hundredths, below 10^10."""
    whole, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    text = _capital_whole(whole) + "圆"
    if not rest:
        return text + "整"
    text += f"{UPPER_DIGITS[jiao]}角" if jiao else "零"
    return text + (f"{UPPER_DIGITS[cents]}分" if cents else "整")


def _capital_whole(number: int) -> str:
    high, low = divmod(number, 10_000)
    if not high:
        return _capital_group(low)
    gap = "零" if 0 < low < 1_000 else ""
    return _capital_group(high) + "万" + gap + (_capital_group(low) if low else "")


def _capital_group(number: int) -> str:
    text, pending = "", False
    for unit, name in ((1_000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if pending and text else "") + UPPER_DIGITS[digit] + name
        pending = not digit
    return text or "零"
