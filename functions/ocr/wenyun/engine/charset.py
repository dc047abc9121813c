"""The characters of a recogniser, and which of them a language lets through."""

import unicodedata
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from wenyun.models.manifest import LayerError

BoolArray = npt.NDArray[np.bool_]

ENGLISH_EXTRA = frozenset("£€¥°²×")
"""What `en` reads beside ASCII."""

CHINESE_CATEGORIES = ("P", "S", "N", "Z")
"""Unicode categories that `zh` reads beside Han and ASCII: punctuation and signs of both widths
(￥ ℃ × ①), numbers and spaces."""


@dataclass(frozen=True, slots=True)
class Charset:
    """Class index to character; the blank's place holds an empty text."""

    characters: tuple[str, ...]
    blank: int

    def mask(self, lang: str) -> BoolArray:
        """(classes,) bool: which classes a language lets through; the blank always passes."""
        allowed = LANGUAGES[lang]
        mask = np.fromiter((allowed(c) for c in self.characters), np.bool_, len(self.characters))
        mask[self.blank] = True
        return mask


def load_charset(path: Path, blank: int) -> Charset:
    """Read a charset file: one class a line without the blank, in the order of the classes.

    Raises:
        LayerError: If the file is missing or no UTF-8.
    """
    try:
        characters = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except (OSError, ValueError) as error:
        raise LayerError(f"the charset {path} cannot be used: {error}") from error
    characters.insert(blank, "")
    return Charset(tuple(characters), blank)


def is_english(character: str) -> bool:
    """ASCII and a few signs."""
    return character.isascii() or character in ENGLISH_EXTRA


def is_chinese(character: str) -> bool:
    """Han, ASCII, punctuation, signs and numbers; full-width forms of ASCII too."""
    if character.isascii() or is_han(character):
        return True
    if len(character) != 1:
        return False
    return unicodedata.category(character)[0] in CHINESE_CATEGORIES or is_fullwidth(character)


def is_han(character: str) -> bool:
    """A Chinese character, simplified or traditional, of any of Unicode's blocks."""
    return len(character) == 1 and (
        "\u3400" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U0003ffff"
        or character in "〇々"
    )


def is_fullwidth(character: str) -> bool:
    """A full-width form of an ASCII character."""
    return "\uff01" <= character <= "\uff5e"


def is_any(character: str) -> bool:
    """Everything that the model knows."""
    return bool(character)


LANGUAGES = {"zh": is_chinese, "en": is_english, "mix": is_any}
"""Which characters each value of `lang` lets through."""
