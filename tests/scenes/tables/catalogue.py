"""Every kind of table page by name, and the one door through which they are drawn."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from tests.scenes import flow, words
from tests.scenes.canvas import Canvas, Colour
from tests.scenes.fonts import choose
from tests.scenes.light import CONDITIONS
from tests.scenes.page import ScenePage
from tests.scenes.tables.plan import Plan, Wish, plan
from tests.scenes.tables.press import Look, draw_table, width_of
from tests.scenes.tables.truth import TablePage, TruthTable, seen
from tests.scenes.words import Rng, pick

DARK: tuple[Colour, ...] = ((40, 40, 44), (120, 60, 30), (30, 70, 140), (150, 150, 156))
SHADES: tuple[tuple[Colour, Colour], ...] = (
    ((226, 232, 240), (24, 24, 30)),
    ((47, 84, 150), (255, 255, 255)),
    ((252, 228, 214), (60, 30, 20)),
    ((217, 217, 217), (0, 0, 0)),
)
MARGIN = 90


@dataclass(frozen=True, slots=True)
class Sort:
    """A kind of table: what is in it and how it is ruled; `prose` stands above and below."""

    wish: Wish
    look: dict[str, Any]
    prose: bool = False
    tables: int = 1


TABLES: dict[str, Sort] = {
    "grid": Sort(Wish(total=False), {"rules": "grid"}),
    "grid_spans": Sort(Wish(grouped=True, sections=True, total=True), {"rules": "grid"}),
    "grid_empty": Sort(Wish(empty=0.3, total=True), {"rules": "grid"}),
    "grid_lines": Sort(Wish(long=True), {"rules": "grid"}),
    "dashed": Sort(Wish(), {"rules": "grid", "dash": 3}),
    "double": Sort(Wish(), {"rules": "grid", "double": True, "line": 1}),
    "shaded": Sort(Wish(), {"rules": "grid", "shade": True}),
    "open": Sort(Wish(total=True), {"rules": "open"}),
    "columns": Sort(Wish(), {"rules": "columns"}),
    "three": Sort(Wish(), {"rules": "three"}),
    "three_spans": Sort(Wish(grouped=True), {"rules": "three"}),
    "three_lines": Sort(Wish(long=True), {"rules": "three"}),
    "rows": Sort(Wish(empty=0.1), {"rules": "rows"}),
    "rows_lines": Sort(Wish(long=True), {"rules": "rows"}),
    "plain": Sort(Wish(empty=0.05), {"rules": "none", "pad": (22, 8)}),
    "plain_spans": Sort(Wish(grouped=True), {"rules": "none", "pad": (22, 8)}),
    "plain_lines": Sort(Wish(long=True), {"rules": "none", "pad": (22, 14)}),
    "zebra": Sort(
        Wish(), {"rules": "none", "pad": (22, 8), "shade": True, "zebra": (240, 243, 248)}
    ),
    "prose_grid": Sort(Wish(), {"rules": "grid"}, prose=True),
    "prose_three": Sort(Wish(), {"rules": "three"}, prose=True),
    "prose_plain": Sort(Wish(), {"rules": "none", "pad": (22, 8)}, prose=True),
    "two": Sort(Wish(), {"rules": "grid"}, prose=True, tables=2),
}


def draw(name: str, seed: int, condition: str = "clean") -> TablePage:
    """The table page of a name for a seed; the same arguments always give the same pixels."""
    rng = np.random.default_rng([zlib.crc32(name.encode()), seed])
    return seen(_page(rng, name), CONDITIONS[condition], rng)


def any_table(rng: Rng) -> ScenePage:
    """A page of any kind, for readers of lines."""
    return _page(rng, pick(rng, list(TABLES))).scene


def _page(rng: Rng, name: str) -> TablePage:
    sort, lang = TABLES[name], pick(rng, ["zh", "zh", "en"])
    plans = [plan(rng, sort.wish, lang) for _ in range(sort.tables)]
    look = _look(rng, sort, lang, plans)
    width = max(900, round(max(width_of(one, look) for one in plans)) + 2 * MARGIN)
    sheet = Canvas(width, 2400, pick(rng, [(255, 255, 255), (252, 251, 247)]))
    y, tables = float(MARGIN), list[TruthTable]()
    for one in plans:
        y = _prose(sheet, rng, look, lang, y) if sort.prose else y
        left = rng.uniform(MARGIN, width - MARGIN - width_of(one, look) + 1)
        tables.append(draw_table(sheet, (left, y), one, look))
        y = float(tables[-1].box[2, 1]) + 40
    y = _prose(sheet, rng, look, lang, y) if sort.prose else y
    sheet.image = sheet.image.crop((0, 0, width, min(2400, round(y) + 60)))
    return TablePage(sheet.page("table", "zh" if lang == "zh" else "en"), tuple(tables))


def _look(rng: Rng, sort: Sort, lang: str, plans: list[Plan]) -> Look:
    texts = [cell.text for one in plans for cell in one.cells]
    role = pick(rng, ["hei", "song"]) if lang == "zh" else "latin"
    face = choose(rng, role, texts)
    bold = choose(rng, "hei-bold" if lang == "zh" else "latin-bold", texts)
    given = dict(sort.look)
    shade, ink = pick(rng, SHADES) if given.pop("shade", False) else (None, (24, 24, 30))
    wide, high = given.pop("pad", (14, 9))
    return Look(
        face,
        bold if rng.random() < 0.7 else face,
        int(rng.integers(19, 28)),
        pad=(wide * rng.uniform(0.8, 1.5), high * rng.uniform(0.6, 1.6)),
        line=given.pop("line", int(rng.integers(1, 3))),
        colour=pick(rng, DARK),
        shade=shade,
        head_ink=ink,
        middle=bool(rng.random() < 0.6),
        **given,
    )


def _prose(sheet: Canvas, rng: Rng, look: Look, lang: str, y: float) -> float:
    """A paragraph over the width of the page; returns where it ends."""
    width, size = sheet.image.size[0] - 2 * MARGIN, look.size
    text = str(pick(rng, words.material("prose" if lang == "zh" else "english")["paragraphs"]))
    face = choose(rng, "song" if lang == "zh" else "latin", [text])
    broken: Callable[..., list[str]] = flow.chinese if lang == "zh" else flow.latin
    for row in broken(text, face, size, width):
        y += 1.5 * size
        sheet.text((MARGIN, y), row, face, size)
    return y + 1.6 * size
