"""Published readers run with onnxruntime, as far as what a keeper looks at."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx

BUCKET = 32
"""Lines are padded on the right to a multiple of this many pixels, as the engine does it."""

Floats = npt.NDArray[np.float32]
Picture = npt.NDArray[np.uint8]


def tensor(picture: Picture) -> Floats:
    """A line (48, W, 3) uint8 BGR to (1, 3, 48, bucket) float32 as the networks want it.

    What is right of the line is zero.
    """
    height, width, _ = picture.shape
    batch = np.zeros((1, 3, height, bucket_of(width)), np.float32)
    batch[0, :, :, :width] = picture.transpose(2, 0, 1) / np.float32(127.5) - 1
    return batch


def bucket_of(width: int) -> int:
    """The width that a line is padded to."""
    return -(-width // BUCKET) * BUCKET


class View:
    """What a reader's layers give for a line.

    Args:
        model: The published reader.
        tensors: Names of tensors, (N, C, 1, T) or (N, T, C).
        threads: Threads for one line.
    """

    def __init__(self, model: onnx.ModelProto, tensors: Sequence[str], threads: int = 1) -> None:
        self._tensors = list(tensors)
        self._session = _session(model, self._tensors, threads)

    def look(self, picture: Picture) -> list[Floats]:
        """A line (48, W, 3) uint8 BGR to (T, C) float32 for each of the tensors."""
        found = self._session.run(self._tensors, {"x": tensor(picture)})
        return [one[0, :, 0].T if one.ndim == 4 else one[0] for one in found]


def _session(model: onnx.ModelProto, outputs: list[str], threads: int) -> Any:
    import onnxruntime as ort

    wanted = onnx.ModelProto()
    wanted.CopyFrom(model)
    del wanted.graph.output[:]
    wanted.graph.output.extend(onnx.ValueInfoProto(name=name) for name in outputs)
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return ort.InferenceSession(
        wanted.SerializeToString(), options, providers=ort.get_available_providers()
    )
