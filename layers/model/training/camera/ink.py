"""A line's ink: letters set in a face, printed, stamped, dotted or written by hand."""

import re
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from training.fonts.faces import Face

Rng = np.random.Generator
Mask = npt.NDArray[np.uint8]
SPACES = re.compile("( +)")
FIRST_WIDE = "\u2e80"
"""The first character that is as wide as high."""

JUSTIFIED = 0.2
"""Lines that are set as word processors justify them."""


def set_line(rng: Rng, text: str, face: Face, size: int) -> Mask:
    """Set a line at so many pixels an em, letters as the font spaces them or a little wider.

    Returns:
        (H, W) uint8, 255 where ink lies; cropped to the ink.
    """
    gap = float(rng.exponential(0.25)) * size if rng.random() < 0.15 else 0.0
    if face.kind == "hand" and rng.random() < 0.7:
        mask = _written(rng, text, face, size)
    elif gap > 1:
        mask = _spaced(text, face, size, [min(gap, 1.5 * size)] * len(text))
    elif rng.random() < JUSTIFIED:
        mask = _spaced(text, face, size, justified(rng, text, size))
    else:
        # Justified lines and tables pull words apart; tight print brings them together.
        stretch = float(rng.uniform(0.7, 2.2)) if rng.random() < 0.3 else 1.0
        mask = _whole(text, face, size, stretch)
    return _trim(mask)


def vary(rng: Rng, mask: Mask) -> Mask:
    """Change the weight, width and slope of the letters, as other cuts of a face would."""
    if rng.random() < 0.3:
        kernel = np.ones(tuple(rng.integers(1, 3, 2)), np.uint8)
        mask = np.asarray(cv2.dilate(mask, kernel) if rng.random() < 0.6 else _thin(mask), np.uint8)
    if rng.random() < 0.3:
        scale = float(rng.uniform(0.72, 1.3))
        width = max(4, round(mask.shape[1] * scale))
        mask = np.asarray(cv2.resize(mask, (width, mask.shape[0])), np.uint8)
    if rng.random() < 0.12:
        shear = float(rng.uniform(-0.12, 0.3))
        height, width = mask.shape
        extra = int(abs(shear) * height) + 1
        shift = shear * height if shear > 0 else 0.0
        turn = np.array([[1, -shear, shift], [0, 1, 0]], np.float32)
        mask = np.asarray(cv2.warpAffine(mask, turn, (width + extra, height)), np.uint8)
    return mask


def dotted(rng: Rng, mask: Mask) -> Mask:
    """Print by dots, as a needle printer or a display does."""
    step = int(rng.integers(3, 5))
    height, width = mask.shape
    small = cv2.resize(
        mask, (max(2, width // step), max(2, height // step)), interpolation=cv2.INTER_AREA
    )
    cells = (small > 90).astype(np.uint8) * 255
    grown = np.zeros((cells.shape[0] * step, cells.shape[1] * step), np.uint8)
    dot = max(1, step - int(rng.integers(0, 2)))
    for row in range(dot):
        for column in range(dot):
            grown[row::step, column::step] = cells
    return grown


def worn(rng: Rng, mask: Mask) -> Mask:
    """Leave gaps, as stamps, old prints and receipts do."""
    height, width = mask.shape
    coarse = rng.random((max(2, height // 5), max(2, width // 5)), np.float32)
    field = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    kept = np.clip((field - float(rng.uniform(0.05, 0.3))) * 6, 0, 1)
    return np.asarray(mask * kept, np.uint8)


def _whole(text: str, face: Face, size: int, stretch: float = 1.0) -> Mask:
    """Letters as the font spaces them, with spaces so many times as wide."""
    runs = face.runs(text, size)
    if stretch != 1.0:
        runs = [(font, part) for font, run in runs for part in SPACES.split(run) if part]
    lengths = [font.getlength(run) * (stretch if run.isspace() else 1.0) for font, run in runs]
    width = int(sum(lengths)) + 2 * size
    image = Image.new("L", (width, size * 2), 0)
    draw = ImageDraw.Draw(image)
    x = float(size // 2)
    for (font, run), length in zip(runs, lengths, strict=True):
        draw.text((x, size * 3 // 2), run, 255, font, "ls")
        x += length
    return np.asarray(image, np.uint8)


def _letters(text: str, face: Face, size: int) -> list[tuple[ImageFont.FreeTypeFont, str]]:
    return [(font, one) for font, run in face.runs(text, size) for one in run]


def justified(rng: Rng, text: str, size: int) -> list[float]:
    """Pixels behind each letter as word processors put them: none of them is a space.

    A line that is drawn out to the margin has a little between Han characters, now and then more;
    between Han and Latin stands up to a fifth of an em.
    """
    narrow = [one < FIRST_WIDE for one in text]
    edge = float(rng.uniform(0.05, 0.2)) * size
    loose = float(rng.uniform(0, 0.1)) * size
    gaps = []
    for mine, other in pairwise([*narrow, narrow[-1]]):
        between = edge if mine != other else 0.0 if mine else loose * float(rng.uniform(0.3, 1.7))
        gaps.append(between)
    return gaps


def _spaced(text: str, face: Face, size: int, gaps: list[float]) -> Mask:
    letters = _letters(text, face, size)
    width = int(sum(font.getlength(one) for font, one in letters) + sum(gaps)) + 2 * size
    image = Image.new("L", (width, size * 2), 0)
    draw = ImageDraw.Draw(image)
    x = float(size // 2)
    for (font, one), gap in zip(letters, gaps, strict=True):
        draw.text((x, size * 3 // 2), one, 255, font, "ls")
        x += font.getlength(one) + gap
    return np.asarray(image, np.uint8)


def _written(rng: Rng, text: str, face: Face, size: int) -> Mask:
    """Each letter stands, leans and grows differently, along a line that is not quite straight."""
    wild = float(rng.uniform(0.3, 1.4))
    letters = _letters(text, face, size)
    width = int(sum(font.getlength(one) for font, one in letters) * 1.25) + 3 * size
    sheet = np.zeros((size * 3, width), np.uint8)
    x, slope, gap = float(size), float(rng.normal(0, 0.012)) * wild, float(rng.normal(0, 0.05))
    for font, one in letters:
        step = font.getlength(one)
        if not one.isspace():
            glyph = _leaning(rng, font, one, size, wild)
            top = int(size * 0.5 + slope * (x - size) + rng.normal(0, 0.03) * size * wild)
            left = max(0, int(x - size * 0.5))
            top = min(max(0, top), sheet.shape[0] - glyph.shape[0])
            part = sheet[top : top + glyph.shape[0], left : left + glyph.shape[1]]
            np.maximum(part, glyph[:, : part.shape[1]], out=part)
        x += step * (1 + gap + float(rng.normal(0, 0.04)) * wild)
    return sheet


def _leaning(rng: Rng, font: ImageFont.FreeTypeFont, one: str, size: int, wild: float) -> Mask:
    image = Image.new("L", (size * 2, size * 2), 0)
    ImageDraw.Draw(image).text((size // 2, size * 3 // 2), one, 255, font, "ls")
    a, b, c, d = (rng.normal(0, 0.05, 4) * wild).tolist()
    turn = np.array([[1 + a, b, 0], [c, 1 + d, 0]], np.float32)
    turn[:, 2] = size - turn[:, :2] @ np.array([size, size], np.float32)
    return np.asarray(cv2.warpAffine(np.asarray(image), turn, (size * 2, size * 2)), np.uint8)


def _thin(mask: Mask) -> Mask:
    lighter = cv2.erode(mask, np.ones((2, 2), np.uint8))
    # Hairlines would vanish altogether.
    return np.asarray(np.maximum(lighter, mask // 2), np.uint8)


def _trim(mask: Mask) -> Mask:
    columns, rows = np.flatnonzero(np.max(mask, 0)), np.flatnonzero(np.max(mask, 1))
    if not len(columns):
        return mask[:4, :4]
    return mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
