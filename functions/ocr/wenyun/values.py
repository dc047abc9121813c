"""How the values of options are read: choices, yes or no, rectangles."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MAX_AREAS = 100
MAX_COORDINATE = 1_000_000
MAX_VALUE_CHARS = 10_000
MAX_ITEMS = 1000
MAX_PAGE = 1_000_000


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in pixels of the picture as displayed; on pages of a PDF in points."""

    x: int
    y: int
    w: int
    h: int


@dataclass(frozen=True, slots=True)
class PageRange:
    """Pages from `first` to `last`, both included, counted from 1."""

    first: int
    last: int


def one_of(*allowed: str) -> Callable[[Any], str]:
    """A parser of one of a few words, in any case."""

    def parse(value: Any) -> str:
        text = _single(value)
        if not isinstance(text, str) or text.strip().lower() not in allowed:
            raise ValueError(f"use one of {', '.join(allowed)}")
        return text.strip().lower()

    return parse


def some_of(*allowed: str) -> Callable[[Any], tuple[str, ...]]:
    """A parser of one or several of a few words, joined by commas or in a list."""

    def parse(value: Any) -> tuple[str, ...]:
        parts = [part for item in _several(value) for part in str(item).split(",")]
        words = tuple(dict.fromkeys(part.strip().lower() for part in parts if part.strip()))
        if not words or not set(words) <= set(allowed):
            raise ValueError(f"use one or more of {', '.join(allowed)}")
        return words

    return parse


def kinds_of(*allowed: str) -> Callable[[Any], tuple[str, ...]]:
    """The same where nothing is a choice too: `none` gives no words, and so does nothing said."""
    parse_some = some_of("none", *allowed)

    def parse(value: Any) -> tuple[str, ...]:
        words = parse_some(value)
        if "none" in words and len(words) > 1:
            raise ValueError("none stands alone")
        return tuple(word for word in words if word != "none")

    return parse


def _several(value: Any) -> list[Any]:
    items = value if isinstance(value, list) else [value]
    if len(items) > MAX_ITEMS or not all(isinstance(item, str) for item in items):
        raise ValueError("use words joined by commas")
    return items


def secret(value: Any) -> str:
    """A text that is kept as it is."""
    value = _single(value)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > MAX_VALUE_CHARS:
        raise ValueError(f"use a text of at most {MAX_VALUE_CHARS} characters")
    return value


def page_ranges(value: Any) -> tuple[PageRange, ...]:
    """`"1-3,7"`, `"5-"` to the last page, a number, or a list of such; empty means every page."""
    items = value if isinstance(value, list) else [] if value is None else [value]
    if any(isinstance(item, bool) or not isinstance(item, (str, int)) for item in items):
        raise ValueError("use page numbers such as 1-3,7")
    if sum(len(str(item)) for item in items[:MAX_ITEMS]) > MAX_VALUE_CHARS:
        raise ValueError("too long")
    parts = [part for item in items for part in str(item).split(",") if part.strip()]
    if len(parts) > MAX_ITEMS:
        raise ValueError(f"at most {MAX_ITEMS} ranges")
    return tuple(_page_range(part.strip()) for part in parts)


def _page_range(text: str) -> PageRange:
    first, dash, last = (part.strip() for part in text.partition("-"))
    if not first.isdecimal() or not (last.isdecimal() or (dash and not last)):
        if not (first.isdecimal() and not dash):
            raise ValueError("use page numbers such as 1-3,7")
        last = first
    start, end = _page_number(first), _page_number(last) if last else MAX_PAGE
    if end < start:
        raise ValueError(f"page {start} stands after page {end}")
    return PageRange(start, end)


def _page_number(text: str) -> int:
    if not text.isascii() or len(text) > 7 or not 1 <= int(text) <= MAX_PAGE:
        raise ValueError("pages are counted from 1")
    return int(text)


def flag(value: Any) -> bool:
    """True or false, as JSON or in words."""
    value = _single(value)
    if isinstance(value, bool):
        return value
    words = {"true": True, "1": True, "false": False, "0": False}
    text = str(value).strip().lower()
    if text not in words:
        raise ValueError("use true or false")
    return words[text]


def _single(value: Any) -> Any:
    if isinstance(value, list):
        if len(value) != 1:
            raise ValueError("give it once")
        return value[0]
    return value


def one_area(value: Any) -> Area | None:
    """One rectangle, or none."""
    found = areas(value)
    if len(found) > 1:
        raise ValueError("give one area x,y,w,h")
    return found[0] if found else None


def areas(value: Any) -> tuple[Area, ...]:
    """`"x,y,w,h"`, several joined by `;`, a list of such texts, or (lists of) four numbers."""
    found = [Area(*_whole(four)) for four in _fours(value)]
    if len(found) > MAX_AREAS:
        raise ValueError(f"at most {MAX_AREAS} areas")
    for area in found:
        if area.w < 1 or area.h < 1:
            raise ValueError("width and height must be at least 1")
    return tuple(found)


def _fours(value: Any) -> list[list[Any]]:
    if value is None:
        return []
    if isinstance(value, str):
        if len(value) > MAX_VALUE_CHARS:
            raise ValueError("too long")
        return [part.split(",") for part in value.split(";") if part.strip()]
    if isinstance(value, dict):
        return [[value.get(key) for key in "xywh"]]
    if isinstance(value, list) and value and not isinstance(value[0], (str, list, dict)):
        return [value]
    if isinstance(value, list):
        if len(value) > MAX_AREAS:
            raise ValueError(f"at most {MAX_AREAS} areas")
        return [
            four for part in value for four in ([part] if isinstance(part, list) else _fours(part))
        ]
    raise ValueError("use x,y,w,h in pixels")


def _whole(four: list[Any]) -> tuple[int, int, int, int]:
    if len(four) != 4:
        raise ValueError("use x,y,w,h in pixels")
    try:
        x, y, w, h = (_coordinate(number) for number in four)
    except (ValueError, TypeError, OverflowError):
        raise ValueError("use x,y,w,h as whole numbers of pixels, none negative") from None
    return x, y, w, h


def _coordinate(number: Any) -> int:
    if isinstance(number, bool):
        raise TypeError("not a number")
    whole = round(float(number))
    if not 0 <= whole <= MAX_COORDINATE:
        raise ValueError("out of range")
    return whole
