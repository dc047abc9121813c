"""PP-OCRv6 tiny, whose convolutions and few layers behind them the fast reader keeps."""

from functools import cache

import onnx

from builder.fetch import read_file
from training.paths import RECIPE

FILE = "weights/PP-OCRv6_rec_tiny.onnx"
SHA256 = "9ef676d6ed3c88256a2d92c640c44f25b0c40947e111b14b8be8f594091563e6"

EYES = "p2o.pd_op.pool2d.0.0"
"""What its convolutions give, (N, CHANNELS, 1, W/8)."""

CHANNELS = 160
WAY = "p2o.pd_op.add.40.0"
"""Where its own few layers behind them end, (N, W/8, WAY_WIDTH)."""

WAY_WIDTH = 80


@cache
def tiny() -> onnx.ModelProto:
    """The published model, as the layer has it."""
    return onnx.load_model_from_string(read_file(RECIPE, FILE, SHA256))
