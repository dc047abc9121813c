"""What is known of an upright page's lines before they are put in order."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wenyun.engine.geometry import Image, Quad
from wenyun.engine.layout.rects import Rects, Values, bounds, on_side
from wenyun.engine.layout.sizes import is_latin, settled_sizes, stroke_weights, type_size, usual
from wenyun.engine.layout.skew import level_rects
from wenyun.engine.layout.zones import DOWN, Ways, ways

MIN_WEIGHED = 5
"""On a page of fewer lines nobody asks how bold they are."""

MIN_CHARS = 80
"""Fewer characters do not say how a script is set on the page."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Lines of a page, by number, on the level: where, how large, how bold, what they say.

    `weights` are the thickness of strokes in parts of the size, 0 where unknown.
    """

    rects: Rects
    sizes: Values
    weights: Values
    texts: list[str]
    way: Ways

    @property
    def body(self) -> float:
        """The type size of most of the text."""
        return usual(self.sizes, self.texts)

    def body_weights(self) -> tuple[float, float]:
        """The stroke thickness of most Latin and of most Han text; 0 where there is too little."""
        latin = np.array([is_latin(text) for text in self.texts], np.bool_)
        found = []
        for flags in (latin, ~latin):
            chosen = [int(i) for i in np.flatnonzero(flags)]
            enough = sum(len(self.texts[i]) for i in chosen) >= MIN_CHARS
            own = self.take(chosen)
            found.append(usual(own.weights, own.texts) if enough else 0.0)
        return found[0], found[1]

    def on_side(self) -> "Sheet":
        """The same with columns of vertical text as rows."""
        return Sheet(on_side(self.rects), self.sizes, self.weights, self.texts, self.way)

    def take(self, members: Sequence[int]) -> "Sheet":
        """Some of the lines."""
        chosen = list(members)
        return Sheet(
            self.rects[chosen],
            self.sizes[chosen],
            self.weights[chosen],
            [self.texts[i] for i in chosen],
            self.way[chosen],
        )


def sheet_of(
    quads: Sequence[Quad],
    texts: list[str],
    vertical: bool,
    picture: Image | None,
    scale: float,
) -> Sheet:
    """Measure the lines of an upright page.

    Args:
        quads: Their boxes; an empty text marks one that is no line, but a table or a figure.
        texts: What they say.
        vertical: Whether most lines are columns of vertical text.
        picture: (H, W, 3) uint8 BGR, the upright page, where there is one.
        scale: Pixels of the picture to one unit of the boxes.
    """
    raw, rects = bounds(quads), level_rects(quads, vertical)
    way = ways(rects, texts)
    wide, high = rects[:, 2] - rects[:, 0], rects[:, 3] - rects[:, 1]
    thick = np.where(way == DOWN, wide, high)
    sized = [type_size(text, float(t)) for text, t in zip(texts, thick, strict=True)]
    long = np.where(way == DOWN, high, wide)
    sizes = settled_sizes(np.array(sized, np.float32), long, texts)
    weights = np.zeros(len(quads), np.float32)
    if picture is not None and len(quads) >= MIN_WEIGHED:
        strokes = stroke_weights(raw, picture, scale)
        weights = np.asarray(strokes / np.maximum(sizes, 1e-6), np.float32)
    return Sheet(rects, sizes, weights, texts, way)
