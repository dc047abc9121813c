"""A newspaper: articles of several columns beside and below one another, under headlines."""

from tests.scenes.canvas import Canvas
from tests.scenes.layout import material as m
from tests.scenes.layout.sheet import Flow, Frame, Sheet, Style, shades
from tests.scenes.layout.truth import LayoutPage
from tests.scenes.words import Rng, pick

WIDTH, HEIGHT, MARGIN, GUTTER = 1400, 1900, 70, 36


def newspaper(rng: Rng) -> LayoutPage:
    """A masthead, a wide article, and two articles side by side below it."""
    lang = pick(rng, ["zh", "zh", "en"])
    sheet = Sheet(Canvas(WIDTH, HEIGHT, shades(rng)))
    text = m.script(rng, lang)
    name = m.heading(rng, lang) + ("日报" if lang == "zh" else " Gazette")
    sheet.write((WIDTH / 2, 150), name, text.bold, 72, "ms", "title")
    sheet.canvas.draw.line((MARGIN, 190, WIDTH - MARGIN, 190), (40, 40, 40), 3)
    middle = float(rng.uniform(900, 1150))
    wide = WIDTH - 2 * MARGIN
    _article(rng, sheet, lang, (MARGIN, 230, wide, middle), 4)
    if rng.random() < 0.6:
        sheet.canvas.draw.line((MARGIN, middle + 24, WIDTH - MARGIN, middle + 24), (90, 90, 90), 1)
    half = (wide - GUTTER) / 2
    _article(rng, sheet, lang, (MARGIN, middle + 60, half, HEIGHT - 90), 2)
    _article(rng, sheet, lang, (MARGIN + half + GUTTER, middle + 60, half, HEIGHT - 90), 2)
    return sheet.page("newspaper", lang)


def sidebar(rng: Rng) -> LayoutPage:
    """A magazine's page: a wide column, and a narrow one of another size beside it."""
    lang = pick(rng, ["zh", "en"])
    sheet, text = Sheet(Canvas(1240, 1600, shades(rng))), m.script(rng, lang, serif=False)
    body = Style(
        text.body, 23, lang, 1.6, indent=2 if lang == "zh" else 0, after=0 if lang == "zh" else 0.8
    )
    flow = Flow(sheet, [Frame(90, 90, 1060, 1500)])
    flow.set(m.long_title(rng, lang), Style(text.bold, 44, lang, 1.4, kind="title", after=0.6))
    top = flow.frame.y + 20
    left = Flow(sheet, [Frame(90, top, 720, 1520)])
    while left.set(text.paragraphs.pop(), body):
        pass
    narrow = Flow(sheet, [Frame(870, top + rng.uniform(0, 200), 280, 1300)])
    narrow.set(m.heading(rng, lang), Style(text.bold, 26, lang, 1.5, kind="title", after=0.4))
    small = body.but(size=18, leading=1.45)
    for _ in range(int(rng.integers(1, 4))):
        if text.paragraphs:
            narrow.set(text.paragraphs.pop(), small)
    return sheet.page("sidebar", lang)


def _article(
    rng: Rng, sheet: Sheet, lang: str, area: tuple[float, float, float, float], columns: int
) -> None:
    x, y, wide, bottom = area
    text = m.script(rng, lang)
    body = Style(
        text.body, 20, lang, 1.45 if lang == "zh" else 1.25, indent=2 if lang == "zh" else 1
    )
    head = Flow(sheet, [Frame(x, y, wide, bottom)])
    title = Style(text.bold, 46 if columns > 2 else 34, lang, 1.35, kind="title", after=0.3)
    head.set(m.heading(rng, lang), title)
    top = head.frame.y + 10
    width = (wide - GUTTER * (columns - 1)) / columns
    frames = [Frame(x + n * (width + GUTTER), top, width, bottom) for n in range(columns)]
    if columns > 2 and rng.random() < 0.6:
        frames[1].width = 2 * width + GUTTER
        sheet.figure(frames[1], 260, rng)
        frames[1].width, frames[2].y = width, frames[1].y
        _figure_later(sheet)
    flow = Flow(sheet, frames)
    while text.paragraphs and flow.set(text.paragraphs.pop(), body, True):
        pass


def _figure_later(sheet: Sheet) -> None:
    """A figure over the middle columns has no one place in the order; it only has to be found."""
