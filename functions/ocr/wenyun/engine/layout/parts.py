"""Masks of small pictures: their connected parts, and what their levels say, both got cheaply."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.uint8]
Labels = npt.NDArray[np.int32]
Counts = npt.NDArray[np.int64]

PAIR = 2
"""Rows are left out in pairs: OpenCV numbers parts by blocks of two rows, so its order is kept."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The connected parts of a mask; part i has the number i + 1 in `labels`.

    `frames` (N, 4) are x, y, width and height in the mask, `tops` (N,) their first rows in
    `labels`, where empty rows of the mask are left out, and `areas` (N,) how many pixels they have.
    """

    labels: Labels
    frames: npt.NDArray[np.int64]
    tops: npt.NDArray[np.int64]
    areas: npt.NDArray[np.int64]


def parts_of(mask: Mask) -> Parts:
    """The parts of an (H, W) mask that hang together, corners included.

    Most rows of a page's mask are empty, and what costs time are pixels, not parts: of every run
    of empty rows only enough is kept to part what stands above from what stands below.
    """
    rows = _kept(mask)
    seen = mask if len(rows) == len(mask) else mask[rows]
    if not len(seen):
        nothing = np.zeros(0, np.int64)
        return Parts(np.zeros(mask.shape, np.int32)[:0], nothing.reshape(0, 4), nothing, nothing)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(seen, connectivity=8)
    own = np.asarray(stats, np.int64)[1:]
    frames = own[:, :4].copy()
    frames[:, 1] = rows[own[:, 1]]
    return Parts(np.asarray(labels, np.int32), frames, own[:, 1], own[:, 4])


def _kept(mask: Mask) -> npt.NDArray[np.intp]:
    """Rows that hold something, and one empty pair below each run of them."""
    filled = np.zeros(-(-len(mask) // PAIR) * PAIR, np.bool_)
    filled[: len(mask)] = np.max(mask, axis=1) > 0
    pairs = filled.reshape(-1, PAIR)
    holds = np.asarray(pairs[:, 0] | pairs[:, 1], np.bool_)
    kept = holds.copy()
    kept[1:] |= holds[:-1]
    return np.flatnonzero(np.repeat(kept, PAIR)[: len(mask)])


def counts_of(levels: Mask, where: Mask | None = None) -> Counts:
    """(256,) how many pixels of (H, W) have each level; only those set in `where`, if given."""
    found = cv2.calcHist([levels], [0], where, [256], [0, 256]).reshape(-1)
    return np.asarray(found, np.int64)


def median_of(counts: Counts) -> float:
    """The median of levels by how many pixels have each; the middle of two."""
    total = np.cumsum(counts)
    count = int(total[-1])
    low, high = np.searchsorted(total, [(count - 1) // 2, count // 2], side="right")
    return (int(low) + int(high)) / 2
