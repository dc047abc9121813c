"""Runs of set pixels in the rows of a mask, and the parts that they make up.

Where few of a mask's pixels are set, its runs are soon listed, and what takes long on pictures
(openings, connected parts and their sizes) is little work on them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wenyun.engine.layout.rects import Flags
from wenyun.engine.ranks import distinct

Mask = npt.NDArray[np.uint8]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Runs:
    """(R,) each: the row of a run, where it starts, and where it ends, one past its last pixel.

    From the top to the bottom, and in a row from the left to the right.
    """

    rows: Counts
    starts: Counts
    ends: Counts

    def take(self, chosen: Flags | Counts) -> "Runs":
        """Some of them."""
        return Runs(self.rows[chosen], self.starts[chosen], self.ends[chosen])


def runs_of(mask: Mask) -> Runs:
    """The runs of an (H, W) mask."""
    height, width = mask.shape
    edges = np.zeros((height, width + 1), np.bool_)
    np.not_equal(mask[:, 1:], mask[:, :-1], out=edges[:, 1:width])
    edges[:, 0], edges[:, width] = mask[:, 0] > 0, mask[:, -1] > 0
    rows, places = np.divmod(np.flatnonzero(edges), width + 1)
    return Runs(rows[::2], places[::2], places[1::2])


def opened(runs: Runs, length: int, width: int) -> Runs:
    """What an opening of a mask so wide by a level line of `length` leaves, as OpenCV has it.

    Where a line is even, its middle is the pixel right of it; what lies beyond the mask's sides
    counts as set to the erosion.
    """
    before, behind = length // 2, length - 1 - length // 2
    first = np.where(runs.starts > 0, runs.starts + before, 0)
    last = np.where(runs.ends < width, runs.ends - 1 - behind, width - 1)
    held = np.asarray(first <= last, np.bool_)
    starts, ends = first[held] - behind, last[held] + before + 1
    return Runs(runs.rows[held], np.maximum(starts, 0), np.minimum(ends, width))


def parts_of(runs: Runs) -> Counts:
    """(R,) the number of the part that each run is of; runs that touch, corners included, are one.

    Parts are numbered from 0, by their first runs.
    """
    owner = list(range(len(runs.rows)))
    for one, other in _touching(runs):
        one, other = _root(owner, one), _root(owner, other)
        owner[max(one, other)] = min(one, other)
    roots = np.array([_root(owner, at) for at in owner], np.int64)
    return np.asarray(np.searchsorted(distinct(roots), roots), np.int64)


def _touching(runs: Runs) -> Iterator[tuple[int, int]]:
    """Pairs of runs in neighbouring rows that touch."""
    stride = int(np.max(runs.ends, initial=0)) + 2
    here, below = runs.rows * stride, (runs.rows + 1) * stride
    first = np.searchsorted(here + runs.ends, below + runs.starts, side="left")
    behind = np.searchsorted(here + runs.starts, below + runs.ends, side="right")
    for at, (start, end) in enumerate(zip(first.tolist(), behind.tolist(), strict=True)):
        for other in range(start, end):
            yield at, other


def _root(owner: list[int], at: int) -> int:
    while owner[at] != at:
        owner[at] = owner[owner[at]]
        at = owner[at]
    return at
