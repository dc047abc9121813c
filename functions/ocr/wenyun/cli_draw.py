"""The boxes over the picture, as a file."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from wenyun.deadline import Deadline
from wenyun.documents.opening import open_sheets
from wenyun.documents.reader import Limits
from wenyun.documents.sheets import Sheet
from wenyun.errors import WenyunError
from wenyun.options import Options
from wenyun.result import Document

COLOUR = (40, 40, 230)
"""Red, in BGR: seen on paper and on photographs."""


def draw(data: bytes, document: Document, options: Options, path: Path) -> None:
    """Write the first page that was read with its boxes; the format follows the path's ending.

    Raises:
        WenyunError: `invalid_option` where the file cannot be written.

    """
    page = document.pages[0]
    sheet = _sheet(data, options, page.number)
    pixels = sheet.pixels
    if pixels is None:
        pixels = np.full((round(page.height) or 1, round(page.width) or 1, 3), 255, np.uint8)
    thickness = max(1, round(max(pixels.shape) / 800))
    outlines = [np.rint(np.array(line.box) * sheet.scale).astype(np.int32) for line in page.lines()]
    cv2.polylines(pixels, outlines, True, COLOUR, thickness, cv2.LINE_AA)
    try:
        _, encoded = cv2.imencode(path.suffix or ".png", pixels)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(encoded.tobytes())
    except (OSError, cv2.error) as error:
        why = error.strerror if isinstance(error, OSError) else "use .png or .jpg"
        raise WenyunError("invalid_option", f"{path}: {why}", field="draw") from error


def _sheet(data: bytes, options: Options, number: int) -> Sheet:
    """A page as a picture, whatever the file says of its text."""
    # What the reader has decoded once is under its limit already.
    limits = Limits(bytes=len(data), pixels=2**31)
    with closing(
        open_sheets(data, replace(options, pdf_mode="full"), limits, Deadline())
    ) as sheets:
        return sheets.sheet(number)
