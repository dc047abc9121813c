"""Parts of a page whose lines all run one way: a horizontal title over vertical columns."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wenyun.engine.layout.rects import Flags, Rects, Values

TALL, WIDE = 1.8, 1.2
"""From this ratio of its sides on a line shows which way it runs."""

MIN_CHARS = 2
"""One character alone stands upright in both."""

EITHER, ACROSS, DOWN = -1, 0, 1
"""Which way a line runs; a short one says nothing."""

Ways = npt.NDArray[np.int8]

PARTED = 0.5
"""A band parts two ways if the shares of lines that run down differ by more than this."""

MAX_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Zone:
    """Lines that are read together; `vertical` lines run down, from right to left."""

    members: list[int]
    vertical: bool


def ways(rects: Rects, texts: Sequence[str]) -> Ways:
    """(N,) which way each line runs."""
    wide, high = rects[:, 2] - rects[:, 0], rects[:, 3] - rects[:, 1]
    long = np.array([len(text) >= MIN_CHARS for text in texts], np.bool_)
    found = np.full(len(rects), EITHER, np.int8)
    found[wide > WIDE * high] = ACROSS
    found[(high > TALL * wide) & long] = DOWN
    return found


def zones(rects: Rects, way: Ways, vertical: bool) -> list[Zone]:
    """The page's zones in reading order.

    Args:
        rects: (N, 4) lines of an upright page.
        way: (N,) which way each runs.
        vertical: Whether most lines run down.
    """
    return _zones(rects, way, list(range(len(rects))), vertical, MAX_DEPTH)


def _zones(rects: Rects, way: Ways, members: list[int], vertical: bool, depth: int) -> list[Zone]:
    own = way[members]
    down, across = int(np.sum(own == DOWN)), int(np.sum(own == ACROSS))
    if not down or not across or not depth:
        return [Zone(members, _runs_down(down, across, vertical))]
    for axis, backwards in ((1, False), (0, vertical)):
        cut = _cut(rects[members], own, axis)
        if cut is not None:
            parts = [[m for m, f in zip(members, cut, strict=True) if f == side] for side in (0, 1)]
            ordered = parts[::-1] if backwards else parts
            return [z for part in ordered for z in _zones(rects, way, part, vertical, depth - 1)]
    return [Zone(members, _runs_down(down, across, vertical))]


def _runs_down(down: int, across: int, vertical: bool) -> bool:
    return down > across if down != across else vertical


def _cut(own: Rects, way: Ways, axis: int) -> Flags | None:
    """Which lines lie beyond the white band that parts the two ways best; None if none does."""
    order = np.argsort(own[:, axis], kind="stable")
    reach = np.maximum.accumulate(own[order, axis + 2])
    gaps = own[order[1:], axis] - reach[:-1]
    shares = _share_below(way[order]), _share_below(way[order[::-1]])[::-1]
    apart = np.where(gaps > 0, np.abs(shares[0][:-1] - shares[1][1:]), 0.0)
    at = int(np.lexsort((gaps, apart))[-1])
    if apart[at] <= PARTED:
        return None
    beyond = np.zeros(len(own), np.bool_)
    beyond[order[at + 1 :]] = True
    return beyond


def _share_below(way: Ways) -> Values:
    """(N,) for each line, which part of the lines up to it run down, of those that say."""
    down = np.cumsum(way == DOWN)
    known = down + np.cumsum(way == ACROSS)
    return np.asarray(down / np.maximum(1, known), np.float32)
