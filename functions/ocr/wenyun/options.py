"""The options of a request: one table for the API, the command, the triggers and the page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from wenyun.errors import WenyunError
from wenyun.values import MAX_AREAS, Area, areas, flag, one_area, one_of


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


def _spec(
    name: str, kind: str, parse: Callable[[Any], Any], title: tuple[str, str], text: tuple[str, str]
) -> Spec:
    return Spec(name, kind, parse, _words(title), _words(text))


def _enum(
    name: str, allowed: tuple[str, ...], title: tuple[str, str], text: tuple[str, str]
) -> Spec:
    return Spec(name, "enum", one_of(*allowed), _words(title), _words(text), allowed)


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
        one_area,
        ("识别区域", "Region"),
        ("只识别 x,y,w,h（像素）这一区域。", "Read only the area x,y,w,h, in pixels."),
    ),
    _spec(
        "ignore",
        "areas",
        areas,
        ("忽略区域", "Ignored areas"),
        (
            "忽略这些区域；每个为 x,y,w,h（像素），用分号隔开。",
            "Leave out lines inside these areas, each x,y,w,h in pixels, joined by semicolons.",
        ),
    ),
    _spec(
        "timings",
        "boolean",
        flag,
        ("耗时明细", "Timings"),
        ("返回每个阶段的秒数。", "Report seconds spent in each stage."),
    ),
)

SPECS: dict[str, Spec] = {spec.name: spec for spec in _ALL}
assert set(SPECS) == {item.name for item in fields(Options)}
