"""A long screenshot: a chat, or an article as phones join it from many screens."""

from tests.scenes import flow, words
from tests.scenes.canvas import Canvas, Colour
from tests.scenes.fonts import Face, choose
from tests.scenes.page import ScenePage
from tests.scenes.words import Rng, pick

WIDTH, HEIGHT = 640, 9000
GREY: Colour = (140, 140, 146)
OWN: Colour = (149, 236, 105)
WHITE: Colour = (255, 255, 255)


def draw(rng: Rng) -> ScenePage:
    """One screenshot."""
    return strip(rng, HEIGHT)


def strip(rng: Rng, height: int) -> ScenePage:
    """A screenshot so many pixels high, 640 wide."""
    texts = [*words.material("prose")["paragraphs"], *words.material("mixed")["lines"]]
    face = choose(rng, "hei", texts)
    chat = rng.random() < 0.5
    sheet = Canvas(WIDTH, height, (237, 237, 237) if chat else WHITE)
    block = _bubble if chat else _paragraph
    y, size = 60.0, int(rng.integers(20, 27))
    while True:
        text = _message(rng, texts) if chat else pick(rng, texts)
        y = block(sheet, rng, text, face, size, y)
        if y > height - 400:
            return sheet.page("long", "mix")


def _message(rng: Rng, texts: list[str]) -> str:
    """A sentence, as long as messages are."""
    text = pick(rng, texts)
    return text[: int(rng.integers(4, 60))].rstrip(flow.NOT_LAST + " ")


def _bubble(sheet: Canvas, rng: Rng, text: str, face: Face, size: int, y: float) -> float:
    """A message, one's own on the right; now and then the time stands above it."""
    if rng.random() < 0.3:
        time = f"{int(rng.integers(7, 23))}:{int(rng.integers(60)):02}"
        sheet.text((WIDTH / 2, y + 20), time, face, 18, GREY, "ms")
        y += 50
    own = rng.random() < 0.5
    lines = flow.chinese(text, face, size, 400)
    width = max(face.at(size).getlength(line) for line in lines) + 40
    height = len(lines) * size * 1.5 + 24
    left = WIDTH - 90 - width if own else 90.0
    sheet.draw.rounded_rectangle(
        (left, y, left + width, y + height), 10, fill=OWN if own else WHITE
    )
    edge = WIDTH - 76 if own else 16
    sheet.draw.rounded_rectangle((edge, y, edge + 60, y + 60), 8, fill=(120, 150, 190))
    for place, line in enumerate(lines):
        sheet.text((left + 20, y + 8 + size * (1.2 + 1.5 * place)), line, face, size)
    return y + max(height, 60) + 36


def _paragraph(sheet: Canvas, rng: Rng, text: str, face: Face, size: int, y: float) -> float:
    """A paragraph; a picture stands above some."""
    if rng.random() < 0.2:
        shade = int(rng.integers(90, 200))
        sheet.draw.rectangle((40, y, WIDTH - 40, y + 220), fill=(shade, shade, 180))
        y += 250
    for line in flow.chinese(text, face, size, WIDTH - 80):
        y += size * 1.7
        sheet.text((40, y), line, face, size)
    return y + size * 1.2
