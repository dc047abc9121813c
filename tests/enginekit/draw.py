"""Lines of text as pictures."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.scenes.fonts import FontMissingError, face
from wenyun.engine import geometry


def text_line(
    text: str,
    font: str = "noto-sans",
    size: int = 40,
    ink: int = 0,
    paper: int = 255,
    margin: int = 12,
) -> geometry.Image:
    """(H, W, 3) BGR: one line in a font of the scenes, skipped where that is missing."""
    try:
        opened = face(font).at(size)
    except FontMissingError as error:
        pytest.skip(str(error))
    left, top, right, bottom = opened.getbbox(text)
    width, height = round(right - left) + 2 * margin, round(bottom - top) + 2 * margin
    sheet = Image.new("L", (width, height), paper)
    ImageDraw.Draw(sheet).text((margin - left, margin - top), text, font=opened, fill=ink)
    return np.repeat(np.asarray(sheet, np.uint8)[..., None], 3, axis=2)


def on_page(line: geometry.Image, width: int, height: int, x: int, y: int) -> geometry.Image:
    """A white page with the line at a place."""
    page = np.full((height, width, 3), 255, np.uint8)
    page[y : y + line.shape[0], x : x + line.shape[1]] = line
    return page
