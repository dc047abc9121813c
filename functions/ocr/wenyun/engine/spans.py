"""Where each character of a line begins and ends, from its CTC centre and the line's ink.

CTC emits a character at a peak somewhere inside it and says nothing of its edges. Between two
centres the edges are put where the ink has a gap, or where it is thinnest, near the middle.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Span = tuple[float, float]
"""Start and end along a line, as fractions of its length."""

OFF_CENTRE = 0.7
"""What a gap loses for lying a pixel off the middle of two centres, in pixels of its width."""

MARGIN = 0.05
"""The nearest part of the way between two centres belongs to their characters."""

END_REACH = 0.75
"""The outermost characters reach so many line heights from their centres at most."""


def char_spans(
    text: str, positions: Sequence[float], ink: npt.NDArray[np.bool_]
) -> tuple[Span, ...]:
    """Start and end of every character; spaces fill what lies between their neighbours.

    Args:
        text: The line, spaces included.
        positions: Centre of each character as a fraction of the line's width.
        ink: (H, W) bool, the ink of the line, without padding.
    """
    height, width = ink.shape
    filled: list[int] = np.count_nonzero(ink, axis=0).tolist()
    shown = [i for i, mark in enumerate(text) if mark != " "]
    if not shown:
        return tuple((at, at) for at in positions)
    centres = [min(max(positions[i] * width, 0.0), width - 1.0) for i in shown]
    edges = _edges(filled, centres, height)
    return _with_spaces(text, [(start / width, end / width) for start, end in edges])


def even_spans(text: str, positions: Sequence[float]) -> tuple[Span, ...]:
    """The same where there is no ink to look at: characters meet half way."""
    shown = [i for i, mark in enumerate(text) if mark != " "]
    if not shown:
        return tuple((at, at) for at in positions)
    centres = [positions[i] for i in shown]
    middles = [(a + b) / 2 for a, b in pairwise(centres)]
    first = middles[0] - centres[0] if middles else 0.5
    last = centres[-1] - middles[-1] if middles else 0.5
    starts = [max(0.0, centres[0] - first), *middles]
    ends = [*middles, min(1.0, centres[-1] + last)]
    return _with_spaces(text, list(zip(starts, ends, strict=True)))


def _edges(filled: list[int], centres: list[float], height: int) -> list[Span]:
    """Start and end of each character in pixels, tight around the ink."""
    reach = END_REACH * height
    starts, ends = [max(0.0, centres[0] - reach)], []
    for left, right in pairwise(centres):
        end, start = _border(filled, left, right)
        ends.append(end)
        starts.append(start)
    ends.append(min(float(len(filled)), centres[-1] + reach))
    return [_tight(filled, start, end) for start, end in zip(starts, ends, strict=True)]


def _border(filled: list[int], left: float, right: float) -> Span:
    """Where the left character ends and the right one begins, both in pixels."""
    near = MARGIN * (right - left)
    low, high = int(left + near), max(int(left + near) + 1, int(np.ceil(right - near)))
    middle = (left + right) / 2
    gaps = _empty(filled, low, high)
    if gaps:
        start, end = max(gaps, key=lambda run: _worth(run, middle))
        return float(start), float(end)
    cut = min(
        range(low, min(high, len(filled))), default=low, key=lambda at: _cost(filled, at, middle)
    )
    return cut + 0.5, cut + 0.5


def _worth(run: tuple[int, int], middle: float) -> float:
    return run[1] - run[0] - OFF_CENTRE * abs((run[0] + run[1]) / 2 - middle)


def _cost(filled: list[int], at: int, middle: float) -> float:
    return filled[at] + OFF_CENTRE * abs(at + 0.5 - middle)


def _empty(filled: list[int], low: int, high: int) -> list[tuple[int, int]]:
    """Runs of columns without ink, as start and end."""
    runs, start = [], -1
    for at in range(low, min(high, len(filled))):
        if filled[at]:
            if start >= 0:
                runs.append((start, at))
            start = -1
        elif start < 0:
            start = at
    if start >= 0:
        runs.append((start, min(high, len(filled))))
    return runs


def _tight(filled: list[int], start: float, end: float) -> Span:
    """The span without the empty columns at its ends; as it is where it holds no ink."""
    low, high = int(start), min(len(filled), int(np.ceil(end)))
    inked = [at for at in range(low, high) if filled[at]]
    if not inked:
        return start, max(end, start + 1.0)
    return max(start, float(inked[0])), max(min(end, inked[-1] + 1.0), start + 1.0)


def _with_spaces(text: str, shown: list[Span]) -> tuple[Span, ...]:
    """A span for every character: a run of spaces shares the room between its neighbours."""
    spans: list[Span] = []
    used = 0
    for index, mark in enumerate(text):
        if mark != " ":
            spans.append(shown[used])
            used += 1
            continue
        left = shown[used - 1][1] if used else 0.0
        right = max(left, shown[used][0] if used < len(shown) else 1.0)
        before = index - len(text[:index].rstrip(" "))
        run = before + len(text[index:]) - len(text[index:].lstrip(" "))
        share = (right - left) / run
        spans.append((left + before * share, left + (before + 1) * share))
    return tuple(spans)
