"""Which lines stand on their head."""

from collections.abc import Sequence

import numpy as np

from wenyun.deadline import NEVER, Deadline
from wenyun.engine.geometry import Image
from wenyun.engine.recognise import resize_line
from wenyun.engine.tensors import to_tensor
from wenyun.models.manifest import ModelEntry
from wenyun.models.sessions import Session

BATCH = 16

SURE = 0.9
"""Probability above which a line counts as standing on its head (PaddleOCR's cls_thresh)."""


class LineAngle:
    """The 0 / 180 degrees classifier."""

    def __init__(self, entry: ModelEntry, session: Session) -> None:
        self._entry = entry
        self._session = session
        self._height, self._width = entry.height or 48, entry.width or 192

    def flipped(self, crops: Sequence[Image], deadline: Deadline = NEVER) -> list[bool]:
        """Whether each (H, W, 3) crop stands on its head."""
        answers: list[bool] = []
        for start in range(0, len(crops), BATCH):
            batch = np.stack([self._tensor(crop) for crop in crops[start : start + BATCH]])
            answers += [bool(row[1] > SURE) for row in self._session.run(batch, deadline)]
        return answers

    def _tensor(self, crop: Image) -> np.ndarray:
        """A crop at the model's height, cut or filled up to its width."""
        tensor = np.zeros((3, self._height, self._width), np.float32)
        width = min(self._width, max(1, round(crop.shape[1] / crop.shape[0] * self._height)))
        small = resize_line(crop, width, self._height)
        to_tensor(small, self._entry, out=tensor[:, :, :width])
        return tensor
