"""A page of a Chinese book: dense prose under a running title."""

from tests.scenes import flow, words
from tests.scenes.canvas import Canvas, Colour
from tests.scenes.fonts import Face, choose
from tests.scenes.page import ScenePage
from tests.scenes.words import Rng, pick, sample

WIDTH, HEIGHT, MARGIN = 1000, 1400, 110
PAPERS: tuple[Colour, ...] = ((252, 251, 247), (245, 240, 226), (236, 232, 222))


def draw(rng: Rng) -> ScenePage:
    """One page."""
    prose = words.material("prose")
    paragraphs = sample(rng, prose["paragraphs"], 12)
    heading = f"{pick(rng, prose['chapters'])} {pick(rng, prose['titles'])}"
    face = choose(rng, pick(rng, ["song", "song", "kai", "hei"]), [heading, *paragraphs])
    size = int(rng.integers(22, 31))
    sheet = Canvas(WIDTH, HEIGHT, pick(rng, PAPERS))
    number = str(int(rng.integers(2, 480)))
    sheet.text((MARGIN, 80), heading.split()[1], face, 20)
    sheet.text((WIDTH - MARGIN, 80), number, face, 20, anchor="rs")
    sheet.draw.line((MARGIN, 94, WIDTH - MARGIN, 94), (90, 90, 90), 1)
    y = 160.0
    if rng.random() < 0.5:
        sheet.text((WIDTH / 2, y + 20), heading, face, size + 12, anchor="ms")
        y += 110
    _prose(sheet, paragraphs, face, size, y, size * rng.uniform(1.5, 1.9))
    return sheet.page("book", "zh")


def _prose(
    sheet: Canvas, paragraphs: list[str], face: Face, size: int, y: float, step: float
) -> None:
    for paragraph in paragraphs:
        lines = flow.chinese(paragraph, face, size, WIDTH - 2 * MARGIN, 2 * size)
        for place, line in enumerate(lines):
            if y > HEIGHT - 90:
                return
            sheet.text((MARGIN + (0 if place else 2 * size), y), line, face, size)
            y += step
