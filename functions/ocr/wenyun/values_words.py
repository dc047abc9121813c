"""How a list of words is read: `lexicon`, in whatever form a door can carry it."""

import re
import unicodedata
from typing import Any

MAX_WORDS = 1000
MAX_WORD_CHARS = 100
MAX_LEXICON_CHARS = 20_000
"""Characters of all words together; what a request costs is bounded by it."""

MAX_LEXICON_BYTES = 100_000
"""Bytes of them as text, commas and line breaks included: four a character at the most."""

COMMAS = re.compile("[,，]")
BREAKS = re.compile("\r\n|\r|\n")
UNSHOWN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Unicode categories that no line shows: controls, marks without width, half of a pair."""


def word_list(value: Any) -> tuple[str, ...]:
    """A list of words; or one text, a word a line, or joined by commas where it has one line.

    Words lose the space around them and runs of space within; what comes twice counts once.

    Raises:
        ValueError: Too many, too long, or no text.

    """
    words = dict.fromkeys(" ".join(word.split()) for word in _parts(value))
    words.pop("", None)
    if len(words) > MAX_WORDS:
        raise ValueError(f"at most {MAX_WORDS} words")
    if any(len(word) > MAX_WORD_CHARS for word in words):
        raise ValueError(f"a word has at most {MAX_WORD_CHARS} characters")
    if sum(map(len, words)) > MAX_LEXICON_CHARS:
        raise ValueError(f"at most {MAX_LEXICON_CHARS} characters in all words together")
    if any(unicodedata.category(mark) in UNSHOWN for word in words for mark in word):
        raise ValueError("words have characters that can be seen")
    return tuple(words)


def _parts(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, str):
        if len(value) > MAX_LEXICON_BYTES:
            raise ValueError("too long")
        lines = BREAKS.split(value)
        return lines if len(lines) > 1 else COMMAS.split(value)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError("use a list of words, or a text with a word a line")
    # Twice as many as may differ is more than any list that was meant.
    if len(value) > 2 * MAX_WORDS or sum(map(len, value)) > MAX_LEXICON_BYTES:
        raise ValueError(f"at most {MAX_WORDS} words")
    return [part for item in value for part in BREAKS.split(item)]
