"""The CRNN (Shi et al. 2015): crops of lines to readings, in width-sorted batches."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from wenyun.deadline import Deadline
from wenyun.engine.calibration import likelihood
from wenyun.engine.ctc import Decoder, Reading
from wenyun.engine.geometry import Image, sides
from wenyun.engine.ink import ink_of
from wenyun.engine.lanes import Lanes
from wenyun.engine.spaces import drop_spaces, restore_spaces
from wenyun.engine.spans import char_spans
from wenyun.engine.tensors import to_tensor
from wenyun.engine.unread import unread_share
from wenyun.engine.vertical import Cell, unstack
from wenyun.models.manifest import ModelEntry
from wenyun.models.sessions import FloatArray, Session

BUCKET = 32
"""Widths are rounded up to this many pixels, so that few shapes are ever seen."""

MAX_BATCH = 4
"""Lines in a batch. One thread gains nothing from more."""

MAX_OUTPUT = 2_000_000
"""Probabilities that one batch may give (8 MB): long lines of many classes run alone."""

MAX_RATIO = 80
"""Lines wider than this many times their height are squeezed to it: memory is bounded."""

MIN_STEPS = 2
"""A crop is given room for at least this many steps."""

Crop = Callable[[], Image]
"""Cuts one line out of its page when its turn comes: only a batch of crops exists at a time."""


@dataclass(frozen=True, slots=True)
class LineCrop:
    """A line to be read: its width / height, and the cut itself.

    `cells` say where the characters of a column stood before they were set side by side.
    """

    ratio: float
    cut: Crop
    cells: tuple[Cell, ...] = ()


class Recogniser:
    """Reads lines with one model."""

    def __init__(self, entry: ModelEntry, session: Session, decoder: Decoder) -> None:
        self._entry = entry
        self._session = session
        self._decoder = decoder
        self._height = entry.height or 32

    def read(self, crops: Sequence[LineCrop], executor: Lanes, deadline: Deadline) -> list[Reading]:
        """Read every crop; the answers stand in the order of the crops.

        Args:
            crops: Lines, each running from left to right.
            executor: Where batches run side by side.
            deadline: Looked at before each batch, and ends the runs that are under way.

        Raises:
            WenyunError: `time_limit`.
        """
        batches = self._batches(crops)

        def work(batch: list[int]) -> list[Reading]:
            deadline.check()
            return self._read_batch([crops[index] for index in batch], deadline)

        readings: list[Reading | None] = [None] * len(crops)
        for batch, found in zip(batches, executor.map(work, batches), strict=True):
            for index, reading in zip(batch, found, strict=True):
                readings[index] = reading
        return [reading for reading in readings if reading is not None]

    def _batches(self, crops: Sequence[LineCrop]) -> list[list[int]]:
        """Indices of crops of one bucket each, widest first: the last to end are the short."""
        buckets: dict[int, list[int]] = {}
        for index, crop in enumerate(crops):
            buckets.setdefault(self._bucket(crop.ratio), []).append(index)
        return [
            members[start : start + size]
            for bucket, members in sorted(buckets.items(), reverse=True)
            for size in [self._batch_size(bucket)]
            for start in range(0, len(members), size)
        ]

    def _batch_size(self, bucket: int) -> int:
        output = bucket // self._entry.width_stride * self._decoder.classes
        return max(1, min(MAX_BATCH, MAX_OUTPUT // output))

    def _width(self, ratio: float) -> int:
        least = MIN_STEPS * self._entry.width_stride
        return max(least, math.ceil(self._height * min(ratio, MAX_RATIO)))

    def _bucket(self, ratio: float) -> int:
        return math.ceil(self._width(ratio) / BUCKET) * BUCKET

    def _read_batch(self, crops: list[LineCrop], deadline: Deadline) -> list[Reading]:
        bucket = self._bucket(crops[0].ratio)
        batch = np.zeros((len(crops), 3, self._height, bucket), np.float32)
        widths = [min(self._width(crop.ratio), bucket) for crop in crops]
        images = []
        for row, crop, width in zip(batch, crops, widths, strict=True):
            images.append(resize_line(crop.cut(), width, self._height))
            to_tensor(images[-1], self._entry, out=row[:, :, :width])
        output = self._session.run(batch, deadline)
        steps = output.shape[1] / bucket
        return [
            unstack(self._decode(probabilities, width * steps, image), crop.cells)
            for probabilities, width, image, crop in zip(output, widths, images, crops, strict=True)
        ]

    def _decode(self, probabilities: FloatArray, steps: float, image: Image) -> Reading:
        reading = drop_spaces(self._decoder.decode(probabilities, steps))
        ink = ink_of(image)
        if self._entry.drops_spaces:
            reading = restore_spaces(reading, ink)
        spans = char_spans(reading.text, reading.positions, ink)
        reading = replace(reading, unread=unread_share(reading, ink), spans=spans)
        return replace(reading, likelihood=likelihood(reading, self._entry.calibration))


def resize_line(image: Image, width: int, height: int) -> Image:
    """Resize a crop; shrinking by much averages, so that thin strokes stay."""
    how = cv2.INTER_AREA if image.shape[0] > 2 * height else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(image, (width, height), interpolation=how), np.uint8)


def line_crop(quad: np.ndarray, cut: Crop) -> LineCrop:
    """A crop of a horizontal line from its quad."""
    width, height = sides(quad)
    return LineCrop(width / max(height, 1.0), cut)
