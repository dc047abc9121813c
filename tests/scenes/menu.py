"""A restaurant's menu: dishes in Chinese and English, prices at the right."""

from tests.scenes import words
from tests.scenes.canvas import Canvas, Colour
from tests.scenes.fonts import Face, choose
from tests.scenes.page import ScenePage
from tests.scenes.words import Rng, pick, sample

WIDTH, HEIGHT = 1040, 1460
STYLES: tuple[tuple[Colour, Colour, Colour], ...] = (
    ((250, 244, 230), (70, 36, 24), (176, 40, 30)),
    ((38, 34, 32), (238, 228, 208), (226, 178, 84)),
    ((255, 255, 255), (34, 34, 34), (20, 110, 80)),
    ((130, 24, 28), (252, 240, 214), (250, 212, 110)),
    ((226, 236, 226), (30, 52, 40), (150, 60, 20)),
)


def draw(rng: Rng) -> ScenePage:
    """One menu."""
    food = words.material("food")
    paper, ink, accent = pick(rng, STYLES)
    shop = pick(rng, food["shops"])
    sections = sample(rng, food["sections"], 4)
    texts = [text for part in sections for dish in part["dishes"] for text in dish]
    face = choose(rng, pick(rng, ["hei", "kai", "song"]), ["¥元", *shop, *texts])
    sheet = Canvas(WIDTH, HEIGHT, paper)
    sheet.draw.rectangle((24, 24, WIDTH - 25, HEIGHT - 25), outline=accent, width=4)
    sheet.text((WIDTH / 2, 116), shop[0], face, 64, accent, "ms")
    sheet.text((WIDTH / 2, 164), shop[1], face, 26, ink, "ms")
    english, yuan = rng.random() < 0.75, pick(rng, ["¥{}", "{}元", "{}", "¥{}.00"])
    for place, section in enumerate(sections):
        left, top = 70 + place % 2 * 480, 236 + place // 2 * 620
        _section(sheet, rng, section, (left, top), face, (ink, accent), english, yuan)
    return sheet.page("menu", "mix" if english else "zh")


def _section(
    sheet: Canvas,
    rng: Rng,
    section: dict[str, list[list[str]]],
    at: tuple[int, int],
    face: Face,
    inks: tuple[Colour, Colour],
    english: bool,
    yuan: str,
) -> None:
    (left, y), (ink, accent) = at, inks
    chinese, heading = section["name"]
    end = sheet.text((left, y), str(chinese), face, 36, accent)[2]
    if english:
        sheet.text((end + 44, y), str(heading), face, 24, accent)
    for dish in sample(rng, section["dishes"], 6 if english else 8):
        y += 80 if english else 58
        price = yuan.format(int(rng.integers(6, 188)))
        sheet.text((left, y), dish[0], face, 28, ink)
        sheet.text((left + 420, y), price, face, 26, accent, "rs")
        if english:
            sheet.text((left, y + 32), dish[1], face, 19, ink)
