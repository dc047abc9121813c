"""Six-grams of text: what says that two texts share a passage."""

import re
from collections.abc import Iterable, Iterator

SIZE = 6
TOKEN = re.compile(r"[\u3400-\u9fff]|[a-z]+")
"""A Han character or a Latin word; digits and punctuation say nothing of a text's origin."""


def grams(text: str) -> Iterator[str]:
    """Every run of six tokens."""
    tokens = TOKEN.findall(text.lower())
    for start in range(len(tokens) - SIZE + 1):
        yield " ".join(tokens[start : start + SIZE])


def gram_set(texts: Iterable[str]) -> set[str]:
    """The six-grams of many texts."""
    return {gram for text in texts for gram in grams(text)}


def shares(text: str, known: set[str]) -> bool:
    """Whether a text has a passage in common with those of `known`."""
    return any(gram in known for gram in grams(text))
