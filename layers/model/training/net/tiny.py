"""PP-OCRv6 tiny, whose convolutions and few layers behind them the fast student keeps."""

from functools import cache

import numpy as np
import numpy.typing as npt
import onnx

from builder.fetch import read_file
from training.net import teacher
from training.paths import RECIPE

FILE = "weights/PP-OCRv6_rec_tiny.onnx"
SHA256 = "9ef676d6ed3c88256a2d92c640c44f25b0c40947e111b14b8be8f594091563e6"

EYES = "p2o.pd_op.pool2d.0.0"
"""What its convolutions give, (N, 160, 1, W/8)."""

CHANNELS = 160
WAY = "p2o.pd_op.add.40.0"
"""Where its own few layers behind them end, (N, W/8, WAY_WIDTH)."""

WAY_WIDTH = 80
Floats = npt.NDArray[np.float32]


@cache
def tiny() -> onnx.ModelProto:
    """The published model, as the layer has it."""
    return onnx.load_model_from_string(read_file(RECIPE, FILE, SHA256))


class Eyes:
    """Runs its convolutions with onnxruntime."""

    def __init__(self, threads: int = 1) -> None:
        self._session = teacher.session(tiny(), [EYES], threads)

    def run(self, pictures: list[teacher.Picture]) -> Floats:
        """(N, T, CHANNELS) for lines of one bucket."""
        (found,) = self._session.run([EYES], {"x": teacher.tensor(pictures)})
        features: Floats = found[:, :, 0].transpose(0, 2, 1)
        return features
