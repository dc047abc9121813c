"""The options of a request: one table for the API, the command, the triggers and the page."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from wenyun.errors import WenyunError
from wenyun.options_spec import Spec as Spec
from wenyun.options_table import SPECS as SPECS
from wenyun.values import Area, PageRange

WITHOUT_CHARACTERS = frozenset({"json", "text", "markdown", "csv"})
"""Formats that need no places of single characters, unless `detail` asks for them."""


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
    detail: str = "line"
    format: tuple[str, ...] = ("json",)
    pages: tuple[PageRange, ...] = ()
    password: str = ""
    pdf_mode: str = "mixed"
    lexicon: tuple[str, ...] = ()
    expect: tuple[str, ...] = ()

    @property
    def wants_characters(self) -> bool:
        """Whether where each character is matters to what was asked for."""
        return self.detail != "line" or not WITHOUT_CHARACTERS.issuperset(self.format)


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
    return [spec.describe(_plain(spec, getattr(defaults, spec.name))) for spec in SPECS.values()]


def _plain(spec: Spec, value: object) -> object:
    """A default as JSON: what is written as text is text."""
    if not isinstance(value, tuple):
        return value
    if spec.enum and not value:
        return spec.enum[0]
    return list(value) if spec.type in ("areas", "list") else ",".join(map(str, value))


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


assert set(SPECS) == {item.name for item in fields(Options)}
