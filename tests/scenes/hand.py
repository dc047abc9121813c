"""A handwritten note on plain, ruled or squared paper."""

from tests.scenes import words
from tests.scenes.canvas import Canvas, Colour
from tests.scenes.fonts import choose
from tests.scenes.page import ScenePage
from tests.scenes.words import Rng, pick, sample

WIDTH, TOP, STEP = 1000, 210, 84
PENS: tuple[Colour, ...] = (
    (26, 34, 92),
    (30, 30, 34),
    (44, 60, 140),
    (120, 28, 30),
    (128, 128, 132),
)
RULE: Colour = (196, 208, 222)


def draw(rng: Rng) -> ScenePage:
    """One note."""
    notes = words.material("notes")
    count = int(rng.integers(7, 12))
    title, signed = pick(rng, notes["titles"]), words.person(rng)
    lines = [*sample(rng, notes["lines"], count), pick(rng, notes["dates"])]
    face = choose(rng, "hand", [title, signed, *lines])
    height = TOP + (count + 2) * STEP
    sheet = Canvas(WIDTH, height, pick(rng, [(252, 251, 246), (244, 240, 228), (250, 250, 252)]))
    wobble = rng.uniform(0.8, 2.2)
    ink, size = pick(rng, PENS), int(rng.integers(40, 53))
    if rng.random() < 0.6:
        for y in range(TOP, height - 40, STEP):
            sheet.draw.line((60, y + 10, WIDTH - 60, y + 10), RULE, 2)
    sheet.glyphs((WIDTH / 2 - size, 106), title, face, size + 6, rng, ink)
    for place, line in enumerate(lines[:-1]):
        left = 90 + rng.uniform(0, 30)
        sheet.glyphs((left, TOP + place * STEP), line, face, size, rng, ink, wobble)
    bottom = TOP + count * STEP
    sheet.glyphs((WIDTH - 360, bottom), signed, face, size, rng, ink)
    sheet.glyphs((WIDTH - 380, bottom + STEP), lines[-1], face, size - 6, rng, ink)
    return sheet.page("handwriting", "zh")
