"""What the levels of a small picture say, got cheaply."""

import cv2
import numpy as np

from wenyun.engine.layout.runs import Counts, Mask


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
