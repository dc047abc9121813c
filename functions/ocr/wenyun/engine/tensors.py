"""Pictures to the input of a model."""

import numpy as np

from wenyun.engine.geometry import Image
from wenyun.models.manifest import ModelEntry
from wenyun.models.sessions import FloatArray


def to_tensor(image: Image, entry: ModelEntry, out: FloatArray | None = None) -> FloatArray:
    """(H, W, 3) uint8 BGR to (3, H, W) float32 as the model wants it.

    Args:
        image: The picture, already at the model's size.
        entry: Channel order, mean and scale.
        out: Where to write, (3, H, W) float32; a new array if None.
    """
    ordered = image if entry.channels == "bgr" else image[:, :, ::-1]
    tensor = np.empty((3, *image.shape[:2]), np.float32) if out is None else out
    for channel in range(3):
        np.multiply(ordered[:, :, channel], np.float32(entry.scale[channel]), out=tensor[channel])
        tensor[channel] -= np.float32(entry.mean[channel] * entry.scale[channel])
    return tensor
