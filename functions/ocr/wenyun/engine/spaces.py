"""Spaces that a reader leaves out between Latin words, and those that it says where none is."""

from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from wenyun.engine.ctc import Reading

WORD_GAP = 0.3
"""A gap between words is at least this share of the height of the line's ink."""

OVER_LETTERS = 3.0
"""... and at least this many times as wide as the gaps between letters of the line."""

ROOMY = frozenset("，。；：？！、（）《》〈〉【】〔〕「」『』")
"""Punctuation of full width, half of which is blank: what stands beside it needs no space."""


def drop_spaces(reading: Reading) -> Reading:
    """Leave out spaces beside punctuation of full width."""
    text = reading.text
    kept = [
        i
        for i, one in enumerate(text)
        if one != " " or ROOMY.isdisjoint((text[i - 1 : i], text[i + 1 : i + 2]))
    ]
    if len(kept) == len(text):
        return reading
    return replace(
        reading,
        text="".join(text[i] for i in kept),
        confidences=tuple(reading.confidences[i] for i in kept),
        positions=tuple(reading.positions[i] for i in kept),
    )


def restore_spaces(reading: Reading, ink: npt.NDArray[np.bool_]) -> Reading:
    """Insert a space where two Latin letters stand a word gap apart.

    Args:
        reading: What was read.
        ink: (H, W) bool, the ink of the line it was read from, without padding.
    """
    text = reading.text
    pairs = [i for i in range(len(text) - 1) if _is_letter(text[i]) and _is_letter(text[i + 1])]
    if not pairs:
        return reading
    inked = np.flatnonzero(ink.any(axis=0)).tolist()
    width = ink.shape[1]
    gaps = [_widest_gap(inked, width, reading.positions[i : i + 2]) for i in pairs]
    least = max(WORD_GAP * _ink_height(ink), OVER_LETTERS * _low_quarter(gaps), 2.0)
    return insert_spaces(reading, [i for i, gap in zip(pairs, gaps, strict=True) if gap >= least])


def insert_spaces(reading: Reading, after: list[int]) -> Reading:
    """Insert a space after each of the given characters."""
    text, sure, where = list(reading.text), list(reading.confidences), list(reading.positions)
    for index in reversed(after):
        text.insert(index + 1, " ")
        sure.insert(index + 1, min(sure[index], sure[index + 1]))
        where.insert(index + 1, (where[index] + where[index + 1]) / 2)
    return replace(reading, text="".join(text), confidences=tuple(sure), positions=tuple(where))


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _low_quarter(gaps: list[int]) -> float:
    """What a quarter of all gaps do not pass: of short words ("I am a man") half part words."""
    ordered = sorted(gaps)
    low, beyond = divmod(len(ordered) - 1, 4)
    return ordered[low] + (ordered[min(low + 1, len(ordered) - 1)] - ordered[low]) * beyond / 4


def _widest_gap(inked: list[int], width: int, positions: tuple[float, ...]) -> int:
    """Width in pixels of the widest empty run between two characters' centres.

    The margins part no words: a first letter's centre may be taken to lie in the left one.

    Args:
        inked: The columns of the line that hold ink, in order.
        width: How many columns it has.
        positions: The two centres, as fractions of the width.
    """
    start, end = (round(at * width) for at in positions)
    if inked:
        start, end = max(start, inked[0]), min(end, inked[-1] + 1)
    between = inked[bisect_left(inked, start) : bisect_left(inked, end)]
    bounds = [start - 1, *between, max(start, end)]
    return max(after - before for before, after in pairwise(bounds)) - 1


def _ink_height(ink: npt.NDArray[np.bool_]) -> int:
    rows = np.flatnonzero(ink.any(axis=1))
    return int(rows[-1] - rows[0] + 1) if len(rows) else ink.shape[0]
