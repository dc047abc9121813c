"""A paper: title, authors, abstract, sections in columns, figures, lists, footnote, margins."""

from tests.scenes.canvas import Canvas
from tests.scenes.layout import material as m
from tests.scenes.layout.sheet import Flow, Frame, Sheet, Style, shades
from tests.scenes.layout.truth import LayoutPage
from tests.scenes.words import Rng, digits, pick

WIDTH, HEIGHT, MARGIN = 1240, 1754, 110
SINGLE, DOUBLE, TRIPLE = 1, 2, 3


def one_column(rng: Rng) -> LayoutPage:
    """A report's page."""
    return _paper(rng, SINGLE, pick(rng, ["zh", "en"]))


def two_columns_zh(rng: Rng) -> LayoutPage:
    """A Chinese journal's page."""
    return _paper(rng, DOUBLE, "zh")


def two_columns_en(rng: Rng) -> LayoutPage:
    """A conference paper's page."""
    return _paper(rng, DOUBLE, "en")


def two_columns_mixed(rng: Rng) -> LayoutPage:
    """Chinese with an English title and abstract."""
    return _paper(rng, DOUBLE, "zh", english_head=True)


def three_columns(rng: Rng) -> LayoutPage:
    """A bulletin's page."""
    return _paper(rng, TRIPLE, pick(rng, ["zh", "en"]))


def _paper(rng: Rng, columns: int, lang: str, english_head: bool = False) -> LayoutPage:
    text = m.script(rng, lang)
    sheet = Sheet(Canvas(WIDTH, HEIGHT, shades(rng)))
    size = int(rng.integers(20, 24)) if columns < TRIPLE else 19
    body = _body(rng, text, size)
    number = int(rng.integers(2, 400))
    if has_header := rng.random() < 0.75:
        _header(rng, sheet, text, number)
    y = MARGIN + 40.0
    if first := rng.random() < 0.6:
        y = _head(rng, sheet, text, body, y)
        if english_head:
            y = _head(rng, sheet, m.script(rng, "en"), _body(rng, m.script(rng, "en"), size), y)
    bottom = HEIGHT - MARGIN - 20.0
    note = rng.random() < 0.5
    _columns(rng, sheet, text, body, columns, y, bottom - (90 if note and columns > 1 else 0), note)
    if not has_header or rng.random() < 0.3:
        _footer(rng, sheet, text, number)
    return sheet.page(f"paper-{columns}-{lang}{'-first' if first else ''}", lang)


def _body(rng: Rng, text: m.Script, size: int) -> Style:
    if text.lang == "zh":
        leading = float(rng.uniform(1.4, 1.8))
        return Style(text.body, size, "zh", leading, indent=2, after=float(pick(rng, [0, 0, 0.5])))
    leading = float(rng.uniform(1.2, 1.5))
    if rng.random() < 0.5:
        return Style(text.body, size, "en", leading, indent=1.5)
    return Style(text.body, size, "en", leading, after=0.8)


def _header(rng: Rng, sheet: Sheet, text: m.Script, number: int) -> None:
    canvas, y = sheet.canvas, 78
    name = m.heading(rng, text.lang)
    if rng.random() < 0.5:
        sheet.write((WIDTH / 2, y), name, text.body, 18, "ms", "header")
    else:
        sheet.write((MARGIN, y), name, text.body, 18, "ls", "header")
        sheet.write((WIDTH - MARGIN, y), str(number), text.body, 18, "rs", "header")
    if rng.random() < 0.6:
        canvas.draw.line((MARGIN, y + 14, WIDTH - MARGIN, y + 14), (70, 70, 70), 1)


def _footer(rng: Rng, sheet: Sheet, text: m.Script, number: int) -> None:
    forms = {
        "zh": ["{}", "— {} —", "第 {} 页", "· {} ·"],
        "en": ["{}", "- {} -", "Page {}", "{} / 412"],
    }
    line = pick(rng, forms[text.lang]).format(number)
    sheet.write((WIDTH / 2, HEIGHT - 60), line, text.body, 18, "ms", "footer")


def _head(rng: Rng, sheet: Sheet, text: m.Script, body: Style, y: float) -> float:
    frame = Frame(MARGIN + 60, y, WIDTH - 2 * MARGIN - 120, HEIGHT)
    flow = Flow(sheet, [frame])
    size = body.size
    title = Style(
        text.bold,
        int(size * rng.uniform(1.6, 2.1)),
        text.lang,
        1.4,
        align="centre",
        kind="title",
        after=0.6,
    )
    flow.set(m.long_title(rng, text.lang), title)
    plain = Style(text.body, size, text.lang, 1.4, align="centre", after=1)
    flow.set(m.authors(rng, text.lang), plain)
    abstract = text.paragraphs.pop()
    if rng.random() < 0.5:
        flow.set(m.ABSTRACT[text.lang], title.but(size=size + 2, after=0.3))
        flow.set(abstract, body.but(after=1.5, indent=0.0), True)
    else:
        colon = "：" if text.lang == "zh" else ": "
        flow.set(f"{m.ABSTRACT[text.lang]}{colon}{abstract}", body.but(after=1.5, indent=0.0), True)
    return frame.y + size


def _columns(
    rng: Rng,
    sheet: Sheet,
    text: m.Script,
    body: Style,
    columns: int,
    top: float,
    bottom: float,
    note: bool,
) -> None:
    gutter = float(rng.uniform(1.6, 3.2)) * body.size
    width = (WIDTH - 2 * MARGIN - gutter * (columns - 1)) / columns
    frames = [Frame(MARGIN + n * (width + gutter), top, width, bottom) for n in range(columns)]
    flow, section, justified = Flow(sheet, frames), 1, bool(rng.random() < 0.7)
    figures = int(rng.integers(0, 3))
    while text.paragraphs:
        chance = rng.random()
        if chance < 0.22 and _room(flow, 7 * body.size):
            _section(rng, flow, text, body, section)
            section += 1
        elif chance < 0.4 and figures and _room(flow, 320):
            figures -= 1
            _figure(rng, flow, text, body)
        elif chance < 0.55 and _room(flow, 8 * body.size):
            _list(rng, flow, text, body)
        if not flow.set(text.paragraphs.pop(), body, justified):
            break
    if note and columns > 1:
        _note(rng, sheet, text, frames[-1], bottom, body)


def _room(flow: Flow, height: float) -> bool:
    return flow.frame.y + height < flow.frame.bottom


def _section(rng: Rng, flow: Flow, text: m.Script, body: Style, number: int) -> None:
    if flow.frame.y > flow.frames[0].y:
        flow.frame.y += 0.6 * body.size
    size = int(body.size * pick(rng, [1.0, 1.15, 1.3]))
    style = Style(text.bold, size, text.lang, 1.5, kind="title", after=0.4)
    flow.set(m.section(rng, text.lang, number), style)


def _figure(rng: Rng, flow: Flow, text: m.Script, body: Style) -> None:
    flow.frame.y += 10
    flow.sheet.figure(flow.frame, float(rng.uniform(180, 260)), rng)
    name = (
        f"图{digits(rng, 1)}  {m.heading(rng, 'zh')}"
        if text.lang == "zh"
        else (f"Figure {digits(rng, 1)}: {m.heading(rng, 'en')}")
    )
    caption = Style(text.body, body.size - 2, text.lang, 1.4, align="centre", after=1)
    flow.set(name, caption)


def _list(rng: Rng, flow: Flow, text: m.Script, body: Style) -> None:
    count = int(rng.integers(3, 6))
    marks = m.markers(rng, text.lang, text.body, count)
    hanging = pick(rng, [0.0, 1.5, 2.0]) if text.lang == "en" else pick(rng, [0.0, 2.0])
    style = body.but(kind="list", indent=0.0, hanging=hanging, after=0.0)
    if text.lang == "zh" and not hanging:
        style = style.but(indent=2.0)
    for mark, item in zip(marks, m.items(rng, text.lang, count), strict=True):
        if not flow.set(mark + item, style):
            return
    flow.frame.y += body.after * body.size


def _note(rng: Rng, sheet: Sheet, text: m.Script, frame: Frame, bottom: float, body: Style) -> None:
    canvas = sheet.canvas
    canvas.draw.line((frame.x, bottom + 14, frame.x + 160, bottom + 14), (80, 80, 80), 1)
    note = "* " + text.paragraphs[0] if text.paragraphs else "* "
    place = Frame(frame.x, bottom + 22, frame.width, bottom + 22 + 3 * (body.size - 4) * 1.35)
    Flow(sheet, [place]).set(note[:60], Style(text.body, body.size - 4, text.lang, 1.3))
