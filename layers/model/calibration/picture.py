"""Said and right by decile, before and after, as a small picture."""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

Groups = Sequence[tuple[float, float, int]]
SIDE, PAD = 220, 34
INK, GRID, BEFORE, AFTER = (40, 40, 40), (215, 215, 215), (205, 92, 60), (40, 110, 180)


def draw(path: Path, readers: dict[str, tuple[Groups, Groups]]) -> None:
    """A square a reader: what was said to the right, what was right upwards; the diagonal: true."""
    sheet = Image.new("RGB", (len(readers) * (SIDE + PAD) + PAD, SIDE + 2 * PAD), "white")
    pen = ImageDraw.Draw(sheet)
    for place, (name, (before, after)) in enumerate(readers.items()):
        left = PAD + place * (SIDE + PAD)
        _square(pen, left)
        _curve(pen, left, before, BEFORE)
        _curve(pen, left, after, AFTER)
        pen.text((left, 8), name[:34], fill=INK)
        pen.text((left + 8, PAD + 6), "before", fill=BEFORE)
        pen.text((left + 8, PAD + 20), "after", fill=AFTER)
    pen.text((PAD, SIDE + PAD + 14), "x: said   y: lines right   0 to 1", fill=INK)
    sheet.quantize(32).save(path, optimize=True)


def _square(pen: ImageDraw.ImageDraw, left: int) -> None:
    pen.rectangle((left, PAD, left + SIDE, PAD + SIDE), outline=INK)
    for part in range(1, 5):
        step = SIDE * part // 5
        pen.line((left + step, PAD + 1, left + step, PAD + SIDE - 1), fill=GRID)
        pen.line((left + 1, PAD + step, left + SIDE - 1, PAD + step), fill=GRID)
    pen.line((left, PAD + SIDE, left + SIDE, PAD), fill=(150, 150, 150))


def _curve(
    pen: ImageDraw.ImageDraw, left: int, groups: Groups, colour: tuple[int, int, int]
) -> None:
    points = [(left + SIDE * said, PAD + SIDE * (1 - was)) for said, was, _ in groups]
    pen.line(points, fill=colour, width=2)
    for x, y in points:
        pen.ellipse((x - 3, y - 3, x + 3, y + 3), fill=colour)
