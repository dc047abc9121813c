"""A sheet that is drawn on and remembers what was written where."""

from collections.abc import Iterable

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests.scenes.fonts import Face
from tests.scenes.page import Picture, Quad, ScenePage, Truth, rectangle

Colour = tuple[int, int, int]
Extent = tuple[float, float, float, float]
"""Left, top, right, bottom of ink, in pixels."""

INK: Colour = (32, 32, 36)
MARGIN = 0.06
"""Air between ink and box, in parts of the letter size, as annotators leave it."""


class Canvas:
    """An RGB sheet with its lines of truth; coordinates are pixels."""

    def __init__(self, width: int, height: int, paper: Colour = (255, 255, 255)) -> None:
        self.image = Image.new("RGB", (width, height), paper)
        self.draw = ImageDraw.Draw(self.image)
        self.lines: list[Truth] = []
        self.ignore: list[Quad] = []

    def text(
        self,
        at: tuple[float, float],
        text: str,
        face: Face,
        size: int,
        ink: Colour = INK,
        anchor: str = "ls",
        record: bool = True,
    ) -> Extent:
        """Write a line; `anchor` is Pillow's, the baseline's left end by default."""
        font = face.at(size)
        extent = self.draw.textbbox(at, text, font=font, anchor=anchor)
        self.draw.text(at, text, font=font, fill=ink, anchor=anchor)
        if record:
            self.record(text, extent, size, self._characters(at, text, font, anchor))
        return extent

    def record(
        self, text: str, extent: Extent, size: int, characters: Iterable[Extent] = ()
    ) -> None:
        """Remember a line whose ink fills the extent, and that of each of its characters."""
        parts = tuple(rectangle(*part) for part in characters)
        self.lines.append(Truth(text, self._inside(extent, size), parts))

    def _characters(
        self, at: tuple[float, float], text: str, font: ImageFont.FreeTypeFont, anchor: str
    ) -> list[Extent]:
        """The ink of each character that is no space, as `text` draws it."""
        begins = {"l": 0.0, "m": 0.5, "r": 1.0}[anchor[0]]
        left = at[0] - begins * font.getlength(text)
        below = font.getbbox("x", anchor=f"l{anchor[1]}")[3] - font.getbbox("x", anchor="ls")[3]
        return [
            _ink((left + font.getlength(text[:i]), at[1] + below), char, font)
            for i, char in enumerate(text)
            if not char.isspace()
        ]

    def glyphs(
        self,
        at: tuple[float, float],
        text: str,
        face: Face,
        size: int,
        rng: np.random.Generator,
        ink: Colour = INK,
        wobble: float = 1.0,
    ) -> Extent:
        """Write a line by hand: each character shifts, turns and grows a little."""
        x, baseline = at
        slope = rng.normal(0, 0.008) * wobble
        extents = []
        start = x
        for char in text:
            y = baseline + slope * (x - start) + rng.normal(0, 0.025) * size * wobble
            grown = max(8, round(size * (1 + rng.normal(0, 0.04) * wobble)))
            if not char.isspace():
                extents.append(
                    self._glyph((x, y), char, face, grown, rng.normal(0, 2.5) * wobble, ink)
                )
            x += face.at(grown).getlength(char) * (1 + rng.normal(0, 0.03) * wobble)
        extent = around(extents)
        self.record(text, extent, size, extents)
        return extent

    def place(self, other: "Canvas", at: tuple[int, int], mask: Image.Image | None = None) -> None:
        """Lay another sheet on this one, with its lines."""
        self.image.paste(other.image, at, mask)
        shift = np.array(at, np.float32)
        moved = np.array([[1, 0, at[0]], [0, 1, at[1]], [0, 0, 1]], np.float64)
        self.lines += [line.through(moved) for line in other.lines]
        self.ignore += [box + shift for box in other.ignore]

    def page(self, scene: str, lang: str) -> ScenePage:
        """What has been drawn so far."""
        picture: Picture = np.asarray(self.image, np.uint8).copy()
        return ScenePage(scene, lang, picture, tuple(self.lines), tuple(self.ignore))

    def _glyph(
        self, at: tuple[float, float], char: str, face: Face, size: int, turn: float, ink: Colour
    ) -> Extent:
        side = size * 2
        patch = Image.new("L", (side, side), 0)
        ImageDraw.Draw(patch).text((size // 2, size * 3 // 2), char, 255, face.at(size), "ls")
        patch = patch.rotate(turn, Image.Resampling.BICUBIC)
        left, top = round(at[0] - size // 2), round(at[1] - size * 3 // 2)
        self.image.paste(Image.new("RGB", (side, side), ink), (left, top), patch)
        box = patch.getbbox() or (0, 0, side, side)
        return left + box[0], top + box[1], left + box[2], top + box[3]

    def _inside(self, extent: Extent, size: int) -> Quad:
        air = max(1.0, size * MARGIN)
        width, height = self.image.size
        return rectangle(
            max(0.0, extent[0] - air),
            max(0.0, extent[1] - air),
            min(float(width), extent[2] + air),
            min(float(height), extent[3] + air),
        )


def _ink(at: tuple[float, float], char: str, font: ImageFont.FreeTypeFont) -> Extent:
    """Where the ink of a character lies whose baseline starts at a point."""
    room = round(2 * font.size)
    patch = Image.new("L", (2 * room, 2 * room), 0)
    ImageDraw.Draw(patch).text((room, room), char, 255, font, "ls")
    box = patch.getbbox() or (room, room, room, room)
    left, top = at[0] - room, at[1] - room
    return left + box[0], top + box[1], left + box[2], top + box[3]


def around(extents: Iterable[Extent]) -> Extent:
    """The smallest extent over all of them."""
    table = np.array(list(extents), np.float64)
    low, high = table[:, :2].min(0), table[:, 2:].max(0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def blend(under: Image.Image, over: Picture, mask: Picture) -> None:
    """Paint `over` (H, W, 3) onto an image as stamping ink does: darkening where both are dark."""
    base = np.asarray(under, np.float32)
    multiplied = base * over.astype(np.float32) / 255
    weight = mask.astype(np.float32)[..., None] / 255
    mixed = base * (1 - weight) + multiplied * weight
    under.paste(Image.fromarray(cv2.convertScaleAbs(mixed)))
