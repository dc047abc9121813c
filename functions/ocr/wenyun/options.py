"""The options of a request: one table for the API, the command, the triggers and the page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from wenyun.errors import WenyunError

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


@dataclass(frozen=True, slots=True)
class Options:
    """What a request asked for; one field an option of the contract."""

    lang: str = "zh"
    profile: str = "balanced"
    enhance: str = "auto"
    direction: str = "auto"
    region: Area | None = None
    ignore: tuple[Area, ...] = ()
    timings: bool = False


Words = dict[str, str]
"""The same words in each language of the product: keys `zh` and `en`."""


@dataclass(frozen=True, slots=True)
class Spec:
    """One option as `/api/options` describes it, and how its value is read."""

    name: str
    type: str
    parse: Callable[[Any], Any]
    title: Words
    help: Words
    enum: tuple[str, ...] | None = None

    def describe(self, default: object) -> dict[str, Any]:
        """The option as a JSON object of `/api/options`."""
        return {
            "name": self.name,
            "type": self.type,
            "enum": list(self.enum) if self.enum else None,
            "default": default,
            "min": None,
            "max": MAX_AREAS if self.type == "areas" else None,
            "title": self.title,
            "help": self.help,
        }


def parse_options(raw: Mapping[str, Any], defaults: Options | None = None) -> Options:
    """Turn what a client sent into `Options`.

    Args:
        raw: Option name to value: text as in a form or query, a list of such texts where a
            field came more than once, or a JSON value.
        defaults: What holds where the client said nothing.

    Raises:
        WenyunError: `unknown_option` or `invalid_option`, with the field.

    """
    values: dict[str, Any] = {}
    for name, value in raw.items():
        spec = SPECS.get(name)
        if spec is None:
            raise _unknown(name)
        try:
            values[name] = spec.parse(value)
        except (ValueError, TypeError, AttributeError) as error:
            raise _invalid(spec, str(error)) from error
    return replace(defaults or Options(), **values)


def describe_options(defaults: Options) -> list[dict[str, Any]]:
    """Every option for `/api/options`, in the order of the contract."""
    return [spec.describe(_plain(getattr(defaults, spec.name))) for spec in SPECS.values()]


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _unknown(name: str) -> WenyunError:
    shown = name[:64]
    return WenyunError(
        "unknown_option",
        f"There is no option '{shown}'. Known: {', '.join(SPECS)}.",
        f"没有选项“{shown}”。可用选项：{'、'.join(SPECS)}。",
        field=shown,
    )


def _invalid(spec: Spec, why: str) -> WenyunError:
    return WenyunError(
        "invalid_option",
        f"Option '{spec.name}': {why}.",
        f"选项“{spec.name}”的值不正确。{spec.help['zh']}",
        field=spec.name,
    )


def _choice(*allowed: str) -> Callable[[Any], str]:
    def parse(value: Any) -> str:
        text = _single(value)
        if not isinstance(text, str) or text.strip().lower() not in allowed:
            raise ValueError(f"use one of {', '.join(allowed)}")
        return text.strip().lower()

    return parse


def _flag(value: Any) -> bool:
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


def _region(value: Any) -> Area | None:
    areas = _areas(value)
    if len(areas) > 1:
        raise ValueError("give one area x,y,w,h")
    return areas[0] if areas else None


def _areas(value: Any) -> tuple[Area, ...]:
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


def _spec(
    name: str, kind: str, parse: Callable[[Any], Any], title: tuple[str, str], text: tuple[str, str]
) -> Spec:
    return Spec(name, kind, parse, _words(title), _words(text))


def _enum(
    name: str, allowed: tuple[str, ...], title: tuple[str, str], text: tuple[str, str]
) -> Spec:
    return Spec(name, "enum", _choice(*allowed), _words(title), _words(text), allowed)


def _words(pair: tuple[str, str]) -> Words:
    return {"zh": pair[0], "en": pair[1]}


_ALL = (
    _enum(
        "lang",
        ("zh", "en", "mix"),
        ("语言", "Language"),
        (
            "zh：中文与英文；en：仅英文；mix：模型的全部字符。",
            "zh: Chinese and English; en: English alone; mix: every character the models know.",
        ),
    ),
    _enum(
        "profile",
        ("fast", "balanced", "accurate"),
        ("档位", "Profile"),
        (
            "fast：只用快速模型；balanced：没有把握的行用第二模型重读；accurate：每行都读两遍，取更可靠的结果。",
            (
                "fast: the CRNN alone; balanced: unsure lines are read again by the second model; "
                "accurate: both models read every line and the surer reading is kept."
            ),
        ),
    ),
    _enum(
        "enhance",
        ("auto", "on", "off"),
        ("图像增强", "Enhancement"),
        (
            "auto：仅在有帮助时增强；on：总是；off：从不。",
            "auto: enhance the picture only where it helps; on: always; off: never.",
        ),
    ),
    _enum(
        "direction",
        ("auto", "horizontal", "vertical"),
        ("文字方向", "Text direction"),
        (
            "auto：自动判断；horizontal：横排；vertical：竖排。",
            "auto: decided line by line; horizontal or vertical: all lines run that way.",
        ),
    ),
    _spec(
        "region",
        "area",
        _region,
        ("识别区域", "Region"),
        ("只识别 x,y,w,h（像素）这一区域。", "Read only the area x,y,w,h, in pixels."),
    ),
    _spec(
        "ignore",
        "areas",
        _areas,
        ("忽略区域", "Ignored areas"),
        (
            "忽略这些区域；每个为 x,y,w,h（像素），用分号隔开。",
            "Leave out lines inside these areas, each x,y,w,h in pixels, joined by semicolons.",
        ),
    ),
    _spec(
        "timings",
        "boolean",
        _flag,
        ("耗时明细", "Timings"),
        ("返回每个阶段的秒数。", "Report seconds spent in each stage."),
    ),
)

SPECS: dict[str, Spec] = {spec.name: spec for spec in _ALL}
assert set(SPECS) == {item.name for item in fields(Options)}
