"""Families that training keeps away from."""

import re
from collections.abc import Iterable


def is_taboo(family: str, taboo: Iterable[str]) -> bool:
    """Whether a family, or one with the same outlines, belongs to the accuracy generator."""
    words = re.sub(r"[^a-z0-9]+", " ", family.lower())
    squeezed = words.replace(" ", "")
    return any(one in words or one.replace(" ", "") in squeezed for one in taboo)
