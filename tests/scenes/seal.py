"""A round or oval red seal, as companies stamp it over a document."""

import math

import numpy as np
from PIL import Image, ImageDraw

from tests.scenes.canvas import Canvas, Colour, blend
from tests.scenes.fonts import Face
from tests.scenes.page import rectangle

RED: Colour = (208, 28, 36)


def stamp(
    canvas: Canvas,
    centre: tuple[int, int],
    radii: tuple[int, int],
    name: str,
    middle: str,
    face: Face,
    rng: np.random.Generator,
) -> None:
    """Stamp a seal: the name along its upper edge, `middle` across it, ink of uneven strength."""
    mask = Image.new("L", canvas.image.size, 0)
    _outline(ImageDraw.Draw(mask), centre, radii)
    _along_edge(mask, centre, radii, name, face)
    size = max(10, radii[1] // 5)
    below = (centre[0], centre[1] + radii[1] // 2)
    ImageDraw.Draw(mask).text(below, middle, 255, face.at(size), "mm")
    turned = mask.rotate(rng.normal(0, 5), Image.Resampling.BICUBIC, center=centre)
    strength = rng.uniform(0.6, 0.95) * _patches(rng, turned.size)
    inked = (np.asarray(turned, np.float32) * strength).astype(np.uint8)
    colour = np.broadcast_to(np.array(RED, np.uint8), (*inked.shape, 3))
    blend(canvas.image, colour, inked)
    canvas.ignore.append(
        rectangle(
            centre[0] - radii[0], centre[1] - radii[1], centre[0] + radii[0], centre[1] + radii[1]
        )
    )


def _outline(draw: ImageDraw.ImageDraw, centre: tuple[int, int], radii: tuple[int, int]) -> None:
    (x, y), (a, b) = centre, radii
    draw.ellipse((x - a, y - b, x + a, y + b), outline=255, width=max(2, b // 22))
    points = []
    for corner in range(10):
        reach = b * (0.26 if corner % 2 == 0 else 0.1)
        angle = math.radians(corner * 36 - 90)
        points.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    draw.polygon(points, fill=255)


def _along_edge(
    mask: Image.Image, centre: tuple[int, int], radii: tuple[int, int], name: str, face: Face
) -> None:
    spread = min(250, 24 * len(name))
    size = max(9, min(radii[1] // 3, int(radii[1] * 3.2 / max(1, len(name)))))
    for place, char in enumerate(name):
        angle = -90 - spread / 2 + spread * (place + 0.5) / len(name)
        reach = [radius - size * 0.95 for radius in radii]
        x = centre[0] + reach[0] * math.cos(math.radians(angle))
        y = centre[1] + reach[1] * math.sin(math.radians(angle))
        patch = Image.new("L", (size * 2, size * 2), 0)
        ImageDraw.Draw(patch).text((size, size), char, 255, face.at(size), "mm")
        patch = patch.rotate(-angle - 90, Image.Resampling.BICUBIC)
        mask.paste(255, (round(x) - size, round(y) - size), patch)


def _patches(rng: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    """(H, W) float32 in 0.5-1: where the pad was dry."""
    coarse = rng.uniform(110, 255, (12, 12)).astype(np.uint8)
    grown = Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC)
    return np.asarray(grown, np.float32) / 255
