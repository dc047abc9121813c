"""Lines on their way through the pipeline: where each is, how it runs, what was read."""

from dataclasses import dataclass, replace

import numpy as np

from wenyun.engine.ctc import Reading
from wenyun.engine.geometry import Image, Quad, crop, sides
from wenyun.engine.recognise import LineCrop, line_crop
from wenyun.engine.vertical import restack

TALL = 1.5
"""A box this many times as high as wide holds vertical or turned text (PaddleOCR's rule)."""

CLEAR = 0.5
"""A line read less clearly than this is no text, but a texture (RapidOCR's text_score)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was found.

    `quad` is clockwise from the top left in reading direction, so cutting along it gives an
    upright line; `column` marks vertical text, whose characters stand upright one below the other.
    A `lying` column is read laid on its left side as it is, not cut into characters.
    """

    quad: Quad
    column: bool = False
    lying: bool = False
    reading: Reading | None = None
    model: str = "crnn"

    @property
    def tall(self) -> bool:
        """Whether the box is higher than wide by much."""
        width, height = sides(self.quad)
        return height > TALL * width

    @property
    def wide(self) -> bool:
        """Whether the box is wider than high by much."""
        width, height = sides(self.quad)
        return width > TALL * height

    def turned(self, degrees: int) -> "Line":
        """The same box read in a direction turned by so many degrees.

        `degrees` is how far the page has to be turned clockwise for the line to be upright.
        """
        quad = np.roll(self.quad, degrees // 90, axis=0)
        return replace(self, quad=quad, column=False, lying=False)

    def as_column(self, lying: bool = False) -> "Line":
        """The same box as a column of vertical text."""
        return replace(self, column=True, lying=lying)

    def read_as(self, reading: Reading, model: str) -> "Line":
        """The line with what a model read."""
        return replace(self, reading=reading, model=model)

    def crop(self, image: Image) -> LineCrop:
        """The line as the recogniser wants it: from left to right."""
        if not self.column:
            return line_crop(self.quad, lambda: crop(image, self.quad))
        if self.lying:
            laid = np.roll(self.quad, 270 // 90, axis=0)
            return line_crop(laid, lambda: crop(image, laid))
        cut, cells = restack(crop(image, self.quad))
        return LineCrop(cut.shape[1] / cut.shape[0], lambda: cut, cells)

    @property
    def is_text(self) -> bool:
        """Whether the box holds text at all, and not a texture."""
        reading = self.reading
        return reading is not None and reading.clarity >= CLEAR and bool(reading.text.strip())

    @property
    def confidence(self) -> float:
        """How sure the reading is; 0 while there is none."""
        return self.reading.confidence if self.reading else 0.0

    @property
    def weakest(self) -> float:
        """The least certain character's probability; 0 while nothing is read."""
        return self.reading.weakest if self.reading else 0.0

    @property
    def likelihood(self) -> float:
        """How likely the line is right: calibrated, or as sure as it is where the reader is not."""
        known = self.reading.likelihood if self.reading else None
        return self.confidence if known is None else known

    @property
    def calibrated(self) -> bool:
        """Whether it is known how likely the line is right."""
        return self.reading is not None and self.reading.likelihood is not None
