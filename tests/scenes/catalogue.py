"""Every scene by name, and the one door through which pages are drawn."""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace

import cv2
import numpy as np

from tests.scenes import book, card, english, hand, invoice, long, menu, mixed, sign, vertical
from tests.scenes.light import CONDITIONS
from tests.scenes.page import Picture, ScenePage, Truth
from tests.scenes.tables.catalogue import any_table
from tests.scenes.words import Rng

SCENES: dict[str, Callable[[Rng], ScenePage]] = {
    "invoice": invoice.draw,
    "card": card.draw,
    "book": book.draw,
    "sign": sign.draw,
    "handwriting": hand.draw,
    "menu": menu.draw,
    "english": english.draw,
    "mixed": mixed.draw,
}
EXTRA: dict[str, Callable[[Rng], ScenePage]] = {
    "vertical": vertical.draw,
    "long": long.draw,
    "table": any_table,
}
"""Drawn on request, outside the tables."""

HALF = np.float32(0.5)
"""Boxes count from a pixel's corner, warps from its centre."""


def render(scene: str, seed: int, condition: str = "natural") -> ScenePage:
    """The page of a scene for a seed; the same arguments always give the same pixels."""
    rng = np.random.default_rng([zlib.crc32(scene.encode()), seed])
    page = (SCENES | EXTRA)[scene](rng)
    return CONDITIONS[condition](page, rng)


def crops(page: ScenePage) -> Iterator[tuple[str, Picture]]:
    """Each line's text and its picture, cut out along its box and stood upright."""
    for line in page.lines:
        yield line.text, crop(page.picture, line)


def crop(picture: Picture, line: Truth) -> Picture:
    """(h, w, 3): what lies inside a line's box."""
    box = line.box
    width = max(
        2, round(float(max(np.linalg.norm(box[1] - box[0]), np.linalg.norm(box[2] - box[3]))))
    )
    height = max(
        2, round(float(max(np.linalg.norm(box[3] - box[0]), np.linalg.norm(box[2] - box[1]))))
    )
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(box - HALF, target - HALF)
    flat = cv2.warpPerspective(
        picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(flat, np.uint8)


def line_page(scene: str, seed: int) -> ScenePage:
    """A picture that is one line: the longest of a scene's page."""
    page = render(scene, seed)
    line = max(page.lines, key=lambda one: len(one.text))
    picture = crop(page.picture, line)
    height, width = picture.shape[:2]
    box = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    return replace(page, picture=picture, lines=(Truth(line.text, box),), ignore=())
