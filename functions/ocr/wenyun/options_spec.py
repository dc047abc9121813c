"""How one option is described and how its value is read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wenyun.values import MAX_AREAS, one_of
from wenyun.values_words import MAX_WORDS

MOST = {"areas": MAX_AREAS, "list": MAX_WORDS}
"""How many an option takes, by its type."""

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
            "max": MOST.get(self.type),
            "title": self.title,
            "help": self.help,
        }


def text_spec(
    name: str, kind: str, parse: Callable[[Any], Any], title: tuple[str, str], text: tuple[str, str]
) -> Spec:
    """An option of free form; titles and texts are Chinese first, then English."""
    return Spec(name, kind, parse, _words(title), _words(text))


def enum_spec(
    name: str,
    allowed: tuple[str, ...],
    title: tuple[str, str],
    text: tuple[str, str],
    parse: Callable[[Any], Any] | None = None,
) -> Spec:
    """An option of a few values, read as one of them unless `parse` says otherwise."""
    return Spec(name, "enum", parse or one_of(*allowed), _words(title), _words(text), allowed)


def _words(pair: tuple[str, str]) -> Words:
    return {"zh": pair[0], "en": pair[1]}
