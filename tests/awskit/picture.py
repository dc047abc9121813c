"""The picture inside the events: one line of large text, a few kilobytes."""

import io

from PIL import Image, ImageDraw, ImageFont

TEXT = "Hello 2026"
SIZE = (260, 64)


def draw_picture() -> bytes:
    """A PNG that says TEXT, black on white, in the font that Pillow brings."""
    picture = Image.new("L", SIZE, 255)
    pen = ImageDraw.Draw(picture)
    pen.text((14, 8), TEXT, fill=0, font=ImageFont.load_default(44))
    out = io.BytesIO()
    picture.quantize(16).save(out, "PNG", optimize=True)
    return out.getvalue()
