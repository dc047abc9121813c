"""How texts are compared."""

import unicodedata


def normal(text: str) -> str:
    """The form that is scored: no spaces, NFKC, no case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def verbatim(text: str) -> str:
    """The stricter form of Latin text: NFKC and single spaces, case kept."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def unspaced(text: str) -> str:
    """No spaces and NFKC, case kept: what a recogniser is asked for."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def distance(one: str, other: str) -> int:
    """Levenshtein's distance, with the bits of a number as the table's column (Myers 1999)."""
    if not one:
        return len(other)
    where: dict[str, int] = {}
    for place, char in enumerate(one):
        where[char] = where.get(char, 0) | 1 << place
    every, last = (1 << len(one)) - 1, 1 << (len(one) - 1)
    up, down, result = every, 0, len(one)
    for char in other:
        equal = where.get(char, 0)
        diagonal = (((equal & up) + up) ^ up) | equal
        right, left = down | (~(diagonal | up) & every), up & diagonal
        result += bool(right & last) - bool(left & last)
        right, left = (right << 1 | 1) & every, left << 1 & every
        vertical = equal | down
        up, down = left | (~(vertical | right) & every), right & vertical
    return result
