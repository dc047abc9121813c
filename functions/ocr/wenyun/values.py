"""How the values of options are read: choices, yes or no, rectangles."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MAX_AREAS = 100
MAX_COORDINATE = 1_000_000
MAX_VALUE_CHARS = 10_000


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in pixels of the picture as displayed."""

    x: int
    y: int
    w: int
    h: int


def one_of(*allowed: str) -> Callable[[Any], str]:
    """A parser of one of a few words, in any case."""

    def parse(value: Any) -> str:
        text = _single(value)
        if not isinstance(text, str) or text.strip().lower() not in allowed:
            raise ValueError(f"use one of {', '.join(allowed)}")
        return text.strip().lower()

    return parse


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
