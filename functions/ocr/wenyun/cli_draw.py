"""The boxes over the picture, as a file."""

from pathlib import Path

import cv2
import numpy as np

from wenyun.documents.decode import decode
from wenyun.documents.reader import Limits
from wenyun.errors import WenyunError
from wenyun.result import Document

COLOUR = (40, 40, 230)
"""Red, in BGR: seen on paper and on photographs."""


def draw(data: bytes, document: Document, path: Path) -> None:
    """Write the picture with the first page's boxes; the format follows the path's ending.

    Raises:
        WenyunError: `invalid_option` where the file cannot be written.

    """
    # What the reader has decoded once is under its limit already.
    pixels = decode(data, Limits(bytes=len(data), pixels=2**31)).pixels
    thickness = max(1, round(max(pixels.shape) / 800))
    for page in document.pages[:1]:
        outlines = [np.rint(np.array(line.box)).astype(np.int32) for line in page.lines()]
        cv2.polylines(pixels, outlines, True, COLOUR, thickness, cv2.LINE_AA)
    try:
        _, encoded = cv2.imencode(path.suffix or ".png", pixels)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(encoded.tobytes())
    except (OSError, cv2.error) as error:
        why = error.strerror if isinstance(error, OSError) else "use .png or .jpg"
        raise WenyunError("invalid_option", f"{path}: {why}", field="draw") from error
