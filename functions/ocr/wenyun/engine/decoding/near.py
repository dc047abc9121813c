"""How far texts are apart (Levenshtein 1966), where one is nearly in another (Sellers 1980)."""

from collections.abc import Sequence


def edits(text: Sequence[object], other: Sequence[object]) -> int:
    """Characters to be put in, left out or changed to make one text the other."""
    row = list(range(len(other) + 1))
    for at, mark in enumerate(text, 1):
        ahead = [at]
        for place, one in enumerate(other, 1):
            ahead.append(min(row[place] + 1, ahead[-1] + 1, row[place - 1] + (mark != one)))
        row = ahead
    return row[-1]


def nearest(word: Sequence[object], text: Sequence[object]) -> tuple[int, int, int]:
    """Edits, start and end of the part of a text that is nearest to a word, the longest one."""
    row = [(0, start) for start in range(len(text) + 1)]
    for at, mark in enumerate(word, 1):
        ahead = [(at, 0)]
        for place, one in enumerate(text, 1):
            ahead.append(
                min(
                    (row[place - 1][0] + (mark != one), row[place - 1][1]),
                    (row[place][0] + 1, row[place][1]),
                    (ahead[-1][0] + 1, ahead[-1][1]),
                )
            )
        row = ahead
    count, start, end = min((cost, begun, -place) for place, (cost, begun) in enumerate(row))
    return count, start, -end
