"""What exporters share: text without control characters, upright rectangles."""

import re

from wenyun.result import Box

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]+")
"""Characters that break lines or that XML does not allow."""


def plain(text: str) -> str:
    """The text on one line: what is no character of a text becomes a space."""
    return CONTROLS.sub(" ", text).strip()


def bounds(box: Box, scale: float = 1.0) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of a box."""
    xs, ys = [x * scale for x, _ in box], [y * scale for _, y in box]
    return min(xs), min(ys), max(xs), max(ys)
