"""Marks: what is long, thin and level in a grey picture.

The picture is smoothed along the direction looked for, which makes dotted lines whole and noise
faint. A closing across that direction then leaves what is thin (the "hat" transforms, Serra, Image
Analysis and Mathematical Morphology, 1982), an opening along it what is long.
"""

import cv2
import numpy as np

from wenyun.engine.layout.levels import counts_of, median_of
from wenyun.engine.layout.runs import Counts, Mask, Runs, opened, parts_of, runs_of
from wenyun.engine.layout.tables.level import Floats

FAINTEST = 8.0
"""Grey levels that a ruling stands out by."""

ECHO, CLEAR = 0.25, 18.0
"""Beside a rule, JPEG leaves echoes of this part of it; from so many levels on it is none."""

CREST = 0.8
"""Of what stands out, only the crest is kept: text beside a rule is fainter than the rule."""

MOST = 3000
"""Marks looked at in each direction, the longest first."""

STEEPEST = 0.15
"""Marks that lean more are none."""


def find_marks(
    grey: Mask, ground: Mask, em: float, strokes: Mask | None, shortest: float
) -> Floats:
    """(N, 4) x0, y0, x1, y1 of level marks, from left to right; the longest first.

    Args:
        grey: (H, W) uint8.
        ground: (H, W) uint8, what text and rules stand on.
        em: How high text is.
        strokes: (H, W) uint8, 255 where there are no marks.
        shortest: How long a mark is at least, in text heights.
    """
    mask = _thin(_hat(grey, ground, em), em)
    if strokes is not None:
        mask = np.asarray(cv2.subtract(mask, strokes), np.uint8)
    mask = np.asarray(cv2.dilate(mask, np.ones((3, 1), np.uint8)), np.uint8)
    long = opened(runs_of(mask), max(8, round(em * shortest)), mask.shape[1])
    return _straight(long, em)


def _hat(grey: Mask, ground: Mask, em: float) -> Mask:
    """(H, W) uint8: by how many levels something thin stands out, be it dark or light."""
    along = max(5, round(em / 2))
    smooth = cv2.blur(grey, (along, 1))
    across = _upright(_thickest(em))
    dark = cv2.morphologyEx(smooth, cv2.MORPH_BLACKHAT, across)
    light = cv2.morphologyEx(smooth, cv2.MORPH_TOPHAT, across)
    light = cv2.min(light, cv2.subtract(smooth, ground))
    return np.asarray(cv2.max(dark, light), np.uint8)


def _thin(hat: Mask, em: float) -> Mask:
    """(H, W) uint8: 255 on the crests of what stands out from its surroundings."""
    thickest, far = _thickest(em), round(1.3 * em) | 1
    usual = median_of(counts_of(np.ascontiguousarray(hat[::4, ::4])))
    faint = min(255.0, max(FAINTEST, 3 * usual))
    crest = np.asarray(cv2.dilate(hat, _upright(thickest)), np.uint8)
    # What is largest within `far` is the largest of what is so within less.
    around = np.asarray(cv2.dilate(crest, _upright(far - thickest + 1)), np.uint8)
    echo = np.clip(_share(around, ECHO), int(faint), int(max(faint, CLEAR)))
    least = cv2.max(np.asarray(echo, np.uint8), _share(crest, CREST))
    return np.asarray(cv2.compare(hat, least, cv2.CMP_GT), np.uint8)


def _share(levels: Mask, part: float) -> Mask:
    """(H, W) uint8: a part of each level, rounded down."""
    return np.asarray(cv2.convertScaleAbs(levels, alpha=part, beta=-0.499), np.uint8)


def _thickest(em: float) -> int:
    return max(5, round(em * 0.4) | 1)


def _upright(length: int) -> Mask:
    return np.ones((length, 1), np.uint8)


def _straight(runs: Runs, em: float) -> Floats:
    """(N, 4) ends of the thin and straight parts of a mask."""
    if not len(runs.rows):
        return np.zeros((0, 4))
    part = parts_of(runs)
    order = np.argsort(part, kind="stable")
    first = np.flatnonzero(np.diff(part[order], prepend=-1))
    starts, ends = runs.starts[order], runs.ends[order]
    x0, x1 = np.minimum.reduceat(starts, first), np.maximum.reduceat(ends, first)
    widths, areas = x1 - x0, np.add.reduceat(ends - starts, first)
    longest = np.argsort(-widths, kind="stable")[:MOST]
    chosen = longest[areas[longest] < widths[longest] * (0.3 * em + 4)]
    y0 = runs.rows[order][first]
    place = np.full(len(first), -1, np.int64)
    place[chosen] = np.arange(len(chosen))
    ours = place[part]
    return _ends(runs.take(ours >= 0), ours[ours >= 0], x0[chosen], y0[chosen], widths[chosen], em)


def _ends(runs: Runs, part: Counts, x: Counts, y: Counts, width: Counts, em: float) -> Floats:
    """(N, 4) where parts begin and end, of those that are straight in between.

    Args:
        runs: Runs of the parts.
        part: (R,) which part each is of.
        x: (P,) where the parts begin.
        y: (P,) their first rows.
        width: (P,) how wide they are.
        em: How high text is.
    """
    reach = np.clip(width // 4, 1, max(1, round(em)))
    at = np.stack([np.zeros_like(width), (width - reach) // 2, width - reach], axis=1)
    heights = _middles(runs, part, x[:, None] + at, y, reach)
    left, middle, right = heights.T
    near, far = reach / 2, width - reach / 2
    slope = (right - left) / np.maximum(1.0, far - near)
    bent = np.abs(middle - (left + right) / 2)
    sound = (bent <= 0.4 * em) & (np.abs(slope) <= STEEPEST)
    start, end = left - slope * near, left + slope * (width - near)
    return np.asarray(np.stack([x, start, x + width, end], axis=1)[sound], np.float64)


def _middles(runs: Runs, part: Counts, at: Counts, y: Counts, reach: Counts) -> Floats:
    """(P, 3) the middle height of each part within three windows, the median over its columns.

    Args:
        runs: Runs of the parts.
        part: (R,) which part each is of.
        at: (P, 3) the windows' first columns.
        y: (P,) the parts' first rows.
        reach: (P,) how many columns the windows have.
    """
    columns = int(np.max(reach, initial=1)) + 1
    window = part[:, None] * 3 + np.arange(3)
    low, high = (
        np.clip(side[:, None] - at[part], 0, reach[part, None]) + window * columns
        for side in (runs.starts, runs.ends)
    )
    depth = np.repeat(runs.rows - y[part], 3)
    counts, depths = (
        _sums(low.ravel(), high.ravel(), weights, at.size * columns).reshape(*at.shape, columns)
        for weights in (np.ones_like(depth), depth)
    )
    middles = (y + 0.5)[:, None, None] + depths / np.maximum(counts, 1)
    middles[np.broadcast_to(np.arange(columns) >= reach[:, None, None], middles.shape)] = np.inf
    middles.sort(axis=2)
    half = np.broadcast_to((reach // 2)[:, None, None], (*at.shape, 1))
    return np.asarray(np.take_along_axis(middles, half, axis=2)[..., 0], np.float64)


def _sums(low: Counts, high: Counts, weights: Counts, size: int) -> Floats:
    """(size,) for each place the sum of the weights of those that reach over it.

    Args:
        low: (K,) where each begins.
        high: (K,) where each ends, one past its last place.
        weights: (K,) what each weighs.
        size: How many places there are.
    """
    steps = np.bincount(low, weights, size) - np.bincount(high, weights, size)
    return np.asarray(np.cumsum(steps), np.float64)
