"""Chinese sentences with English words and numbers inside, as slides and notices have them."""

from tests.scenes import words
from tests.scenes.canvas import Canvas, Colour
from tests.scenes.fonts import choose
from tests.scenes.page import ScenePage
from tests.scenes.words import Rng, pick, sample

WIDTH, HEIGHT = 1000, 1000
STYLES: tuple[tuple[Colour, Colour], ...] = (
    ((255, 255, 255), (30, 30, 30)),
    ((240, 244, 250), (24, 44, 90)),
    ((30, 34, 44), (230, 232, 238)),
    ((250, 246, 236), (70, 50, 30)),
)


def draw(rng: Rng) -> ScenePage:
    """One slide."""
    texts = words.material("mixed")
    title = pick(rng, texts["titles"])
    lines = sample(rng, texts["lines"], int(rng.integers(10, 15)))
    paper, ink = pick(rng, STYLES)
    face = choose(rng, pick(rng, ["hei", "hei", "song", "kai"]), [title, *lines])
    sheet = Canvas(WIDTH, HEIGHT, paper)
    sheet.text((80, 110), title, face, 44, ink)
    size = int(rng.integers(24, 34))
    for place, line in enumerate(lines):
        sheet.text((80, 190 + place * 56), line, face, size, ink)
    return sheet.page("mixed", "mix")
