"""How large and how bold lines are set."""

from collections.abc import Sequence

import cv2
import numpy as np

from wenyun.engine.geometry import Image
from wenyun.engine.layout.rects import Rects, Values
from wenyun.engine.ranks import median

ASCENDING = frozenset("bdfhklt0123456789()[]{}|/\\!?&%$#@\"'")
DESCENDING = frozenset("gjpqyQ,;()[]{}|/@$")

ONE_SIDED, LOW = 0.87, 0.7
"""How high a line is without letters that reach down, or up; and without either, in parts of a
line with both. Between the ink's (0.8 and 0.6) and a detector's box, which has air."""

FIRST_WIDE = "\u2e80"
"""From here on characters fill a square."""

NARROW = frozenset(" iljtfrI.,:;'!|()[]-")

SURE_ADVANCE = 5.0
"""Lines of so many sizes show by their length how large they are set."""

MIN_ALIKE = 3
"""So many lines of a script say how long its lines are for their size."""

TRUST = 1.08
"""The thickness of a box counts within this factor of what its length says."""

MAX_SIDE = (64, 640)
"""Rows and columns of a line that are looked at: enough to see how thick strokes are."""

MIN_INK = 24
"""Pixels of ink below which strokes are not measured."""


def type_size(text: str, thickness: float) -> float:
    """The size that a line is set in, in the unit of its box, from how thick the box is."""
    if not text.isascii():
        return thickness
    up = not ASCENDING.isdisjoint(text) or any(map(str.isupper, text))
    down = not DESCENDING.isdisjoint(text)
    return thickness / (1.0 if up and down else ONE_SIDED if up or down else LOW)


def settled_sizes(sizes: Values, lengths: Values, texts: Sequence[str]) -> Values:
    """(N,) type sizes that how long lines are bears out as well as how thick they are.

    A detector's boxes are now and then a third too thick or too thin, but hardly too long; how
    long a line of so many letters is for its size, the page's lines of its script say together.

    Args:
        sizes: (N,) type sizes from the thickness of boxes.
        lengths: (N,) how long the lines are.
        texts: What they say.
    """
    advances = np.array([advance(text) for text in texts], np.float32)
    latin = np.array([is_latin(text) for text in texts], np.bool_)
    known = (advances >= SURE_ADVANCE) & (lengths > 0)
    settled = sizes.copy()
    for script in (known & latin, known & ~latin):
        if int(np.sum(script)) >= MIN_ALIKE:
            by_length = lengths[script] / advances[script]
            by_length *= median(sizes[script] / by_length)
            settled[script] = np.clip(sizes[script], by_length / TRUST, by_length * TRUST)
    return settled


def advance(text: str) -> float:
    """How long a text is, in sizes, about as fonts have it."""
    return sum(map(_advance, text))


def _advance(char: str) -> float:
    if char >= FIRST_WIDE:
        return 1.0
    if char in NARROW:
        return 0.27
    return 0.66 if char.isupper() or char in "mw" else 0.5


def is_latin(text: str) -> bool:
    """Whether most of a text's letters are of an alphabet, not Han or kana."""
    letters = sum(map(str.isalnum, text))
    own = letters if text.isascii() else sum(map(str.isalnum, filter(str.isascii, text)))
    return 2 * own > letters


def drop(text: str, size: float) -> float:
    """How far a line's box reaches below the line that its letters stand on."""
    reaches = not DESCENDING.isdisjoint(text) or max(text, default="") >= FIRST_WIDE
    return 0.2 * size if reaches else 0.0


def stroke_weights(rects: Rects, picture: Image, scale: float) -> Values:
    """(N,) how thick the strokes of each line are, in the unit of the rectangles; 0 if unknown.

    Twice the area of ink by its outline, as runs of ink along rows and columns give it.

    Args:
        rects: (N, 4) lines on the picture's page.
        picture: (H, W, 3) uint8 BGR.
        scale: Pixels of the picture to one unit of the rectangles.
    """
    found = np.zeros(len(rects), np.float32)
    for index, rect in enumerate(rects * np.float32(scale)):
        x0, y0, x1, y1 = (max(0, int(side)) for side in rect)
        crop = picture[y0 : y1 + 1, x0 : x1 + 1]
        if crop.shape[0] > 2 and crop.shape[1] > 2:
            found[index] = _stroke(crop) / scale
    return found


def _stroke(crop: Image) -> float:
    """The mean thickness of strokes in a picture of one line, in pixels; 0 if there are none."""
    long, wide = sorted(MAX_SIDE, reverse=crop.shape[0] > crop.shape[1])
    grey = cv2.cvtColor(crop[:long, :wide], cv2.COLOR_BGR2GRAY)
    _, mask = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    light = cv2.countNonZero(mask)
    area = light if 2 * light < mask.size else mask.size - light
    if area < MIN_INK:
        return 0.0
    down, across = cv2.absdiff(mask[1:], mask[:-1]), cv2.absdiff(mask[:, 1:], mask[:, :-1])
    return 4.0 * area / max(1, cv2.countNonZero(down) + cv2.countNonZero(across))


def usual(values: Values, texts: Sequence[str]) -> float:
    """The value that most characters have: the median, each line weighing its characters."""
    known = np.flatnonzero(values > 0)
    if not len(known):
        return 0.0
    order = known[np.argsort(values[known])]
    weight = np.cumsum([max(1, len(texts[i])) for i in order])
    return float(values[order][np.searchsorted(weight, weight[-1] / 2)])
