"""Rulings: long thin marks in a picture, level or upright, lighter or darker than the paper.

The picture is reduced to a small grey one, smoothed along the direction looked for, which makes
dotted lines whole and noise faint. A closing across that direction then leaves what is thin
(the "hat" transforms, Serra, Image Analysis and Mathematical Morphology, 1982), an opening along
it what is long. What lies within the lines of text is left out: it is strokes.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from wenyun.engine.geometry import Image
from wenyun.engine.layout.parts import Mask, Parts, counts_of, median_of, parts_of
from wenyun.engine.layout.tables.level import Floats
from wenyun.engine.layout.tables.links import link

EM = 22.0
"""Text is so many pixels high in the reduced picture, or lower."""

LONGEST = 2000
"""Sides of the reduced picture are at most this long."""

FAINTEST = 8.0
"""Grey levels that a ruling stands out by."""

LEVEL_IN_TEXT, UPRIGHT_IN_TEXT = 0.55, 0.4
"""Rulings that lie in lines of text for more than this part are strokes."""

ECHO, CLEAR = 0.25, 18.0
"""Beside a rule, JPEG leaves echoes of this part of it; from so many levels on it is none."""

CREST = 0.8
"""Of what stands out, only the crest is kept: text beside a rule is fainter than the rule."""

LEVELS = np.arange(256, dtype=np.float64)

SAMPLES = 32
"""Places at which a ruling is looked at."""

MOST = 3000
"""Marks looked at in each direction, the longest first."""


@dataclass(frozen=True, slots=True)
class Rulings:
    """(N, 4) float64 x0, y0, x1, y1: level ones from left to right, upright from top to bottom."""

    level: Floats
    upright: Floats


NONE = np.zeros((0, 4))


def find_rulings(
    picture: Image, size: tuple[float, float], boxes: Floats, text_height: float
) -> Rulings:
    """The rulings of a page, in the unit of its boxes.

    Args:
        picture: (H, W, 3) uint8 BGR, the upright page.
        size: Width and height of the page in the unit of the boxes.
        boxes: (N, 4, 2) corners of lines of text.
        text_height: How high text is, in that unit.
    """
    height, width = picture.shape[:2]
    full = text_height * height / size[1]
    shrink = min(1.0, EM / max(full, 1.0), LONGEST / max(height, width))
    grey = _reduced(picture, shrink)
    scale = np.array([grey.shape[1] / size[0], grey.shape[0] / size[1]])
    em = max(6.0, float(text_height * scale[1]))
    text = _inside(boxes * scale, grey.shape, -1.0)
    ground = _ground(grey, em)
    upright = _marks(_turned(grey), _turned(ground), em, None, 1.4)
    upright = link(upright[_share_on(text.T, upright) < UPRIGHT_IN_TEXT], em)[:, [1, 0, 3, 2]]
    level = _marks(grey, ground, em, _inside(boxes * scale, grey.shape, 0.1 * em), 1.2)
    crossings = _drawn(upright, grey.shape, round(0.8 * em))
    level = link(level[_share_on(text, level, crossings) < LEVEL_IN_TEXT], em)
    back = np.concatenate([scale, scale])
    return Rulings(level / back, upright / back)


def _reduced(picture: Image, shrink: float) -> Mask:
    """(h, w) uint8: the darkest channel, so that coloured rules are as dark as black ones."""
    if shrink < 1.0:
        size = [max(8, round(side * shrink)) for side in picture.shape[1::-1]]
        picture = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
    blue, green, red = cv2.split(picture)
    return np.asarray(cv2.min(cv2.min(blue, green), red), np.uint8)


def _inside(boxes: Floats, shape: tuple[int, ...], inset: float) -> Mask:
    """(h, w) uint8: 255 within lines of text, so many pixels in from their edges."""
    mask = np.zeros(shape, np.uint8)
    middle = boxes.mean(axis=1, keepdims=True)
    arms = boxes - middle
    arms = np.sign(arms) * np.maximum(0.0, np.abs(arms) - np.array([0.0, inset]))
    for box in middle + arms:
        cv2.fillConvexPoly(mask, np.round(box).astype(np.int32), 255)
    return mask


def _ground(grey: Mask, em: float) -> Mask:
    """(h, w) uint8: what text and rules stand on, the middle grey of the surroundings."""
    height, width = grey.shape
    small = cv2.resize(grey, (width // 3 + 1, height // 3 + 1), interpolation=cv2.INTER_AREA)
    ground = cv2.medianBlur(small, max(3, round(em / 2) | 1))
    return np.asarray(cv2.resize(ground, (width, height)), np.uint8)


def _drawn(rulings: Floats, shape: tuple[int, ...], thick: int) -> Mask:
    """(h, w) uint8: 255 on the rulings."""
    mask = np.zeros(shape, np.uint8)
    for x0, y0, x1, y1 in np.round(rulings).astype(int).tolist():
        cv2.line(mask, (x0, y0), (x1, y1), 255, thick)
    return mask


def _share_on(mask: Mask, rulings: Floats, but: Mask | None = None) -> Floats:
    """(N,): which part of each ruling lies on a mask; what is on `but` does not count."""
    steps = np.linspace(0.02, 0.98, SAMPLES)[None, :, None]
    points = rulings[:, None, :2] * (1 - steps) + rulings[:, None, 2:] * steps
    x = np.clip(points[..., 0].astype(int), 0, mask.shape[1] - 1)
    y = np.clip(points[..., 1].astype(int), 0, mask.shape[0] - 1)
    counted = np.ones(x.shape, np.bool_) if but is None else but[y, x] == 0
    shares = ((mask[y, x] > 0) & counted).sum(axis=1) / np.maximum(1, counted.sum(axis=1))
    return np.asarray(shares, np.float64)


def _turned(mask: Mask) -> Mask:
    """(w, h) uint8, laid out anew: OpenCV takes no transposed views."""
    return np.asarray(cv2.transpose(mask), np.uint8)


def _marks(grey: Mask, ground: Mask, em: float, strokes: Mask | None, shortest: float) -> Floats:
    """(N, 4) level marks of a reduced grey picture; `shortest` counts in text heights."""
    along = max(5, round(em / 2))
    smooth = cv2.blur(grey, (along, 1))
    across = cv2.getStructuringElement(cv2.MORPH_RECT, (1, max(5, round(em * 0.4) | 1)))
    dark = cv2.morphologyEx(smooth, cv2.MORPH_BLACKHAT, across)
    light = cv2.morphologyEx(smooth, cv2.MORPH_TOPHAT, across)
    light = cv2.min(light, cv2.subtract(smooth, ground))
    hat = np.asarray(cv2.max(dark, light), np.uint8)
    faint = max(FAINTEST, 3 * median_of(counts_of(np.ascontiguousarray(hat[::4, ::4]))))
    crest = np.asarray(cv2.dilate(hat, across), np.uint8)
    far = np.ones((round(1.3 * em) | 1, 1), np.uint8)
    around = np.asarray(cv2.dilate(hat, far), np.uint8)
    least = np.clip(ECHO * LEVELS, faint, max(faint, CLEAR))
    mask = cv2.min(_above(hat, around, least), _above(hat, crest, CREST * LEVELS))
    if strokes is not None:
        mask = cv2.subtract(mask, strokes)
    mask = np.asarray(cv2.dilate(mask, np.ones((3, 1), np.uint8)), np.uint8)
    length = max(8, round(em * shortest))
    opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    return _straight(np.asarray(opened, np.uint8), em)


def _above(hat: Mask, other: Mask, least: Floats) -> Mask:
    """(h, w) uint8: 255 where `hat` is above what (256,) `least` says for the level of `other`."""
    whole = np.asarray(np.minimum(np.floor(least), 255), np.uint8)
    return np.asarray(cv2.compare(hat, cv2.LUT(other, whole), cv2.CMP_GT), np.uint8)


def _straight(mask: Mask, em: float) -> Floats:
    """(N, 4) ends of the thin and straight parts of a mask."""
    parts = parts_of(mask)
    widths = parts.frames[:, 2]
    thin = parts.areas < widths * (0.3 * em + 4)
    chosen = [i for i in np.argsort(-widths)[:MOST] if thin[i]]
    found = [_ends(parts, int(i), em) for i in chosen]
    sound = [ends for ends in found if ends is not None]
    return np.array(sound, np.float64).reshape(-1, 4)


def _ends(parts: Parts, index: int, em: float) -> tuple[float, float, float, float] | None:
    """Where a part of the mask begins and ends, if it is straight in between."""
    x, y, width, height = parts.frames[index].tolist()
    top = int(parts.tops[index])
    part = parts.labels[top : top + height, x : x + width] == index + 1
    rows = np.arange(height, dtype=np.float64)
    counts = part.sum(axis=0)
    middles = y + 0.5 + rows @ part / np.maximum(counts, 1)
    reach = max(1, min(width // 4, round(em)))
    xs = (reach / 2, width / 2, width - reach / 2)
    half = (width - reach) // 2
    ys = [_middle(middles[at : at + reach]) for at in (0, half, width - reach)]
    slope = (ys[2] - ys[0]) / max(1.0, xs[2] - xs[0])
    if abs(ys[1] - (ys[0] + ys[2]) / 2) > 0.4 * em or abs(slope) > 0.15:
        return None
    start, end = ys[0] - slope * xs[0], ys[0] + slope * (width - xs[0])
    return float(x), float(start), float(x + width), float(end)


def _middle(values: Floats) -> float:
    """The upper median of (N,); numpy's own takes twenty times as long for so few."""
    return float(np.partition(values, len(values) // 2)[len(values) // 2])
