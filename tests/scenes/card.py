"""An identity card, front or back, on a table."""

import numpy as np
from PIL import Image, ImageDraw

from tests.scenes import words
from tests.scenes.canvas import Canvas, Colour
from tests.scenes.fonts import choose
from tests.scenes.page import ScenePage
from tests.scenes.words import Rng

WIDTH, HEIGHT = 856, 540
BLUE: Colour = (44, 104, 148)


def draw(rng: Rng) -> ScenePage:
    """One side of a card."""
    card = Canvas(WIDTH, HEIGHT, (226, 238, 244))
    _waves(card, rng)
    if rng.random() < 0.75:
        _front(card, rng)
    else:
        _back(card, rng)
    return _on_table(card, rng)


def _front(card: Canvas, rng: Rng) -> None:
    area, code = words.area(rng)
    born = words.day(rng, 1950, 2008)
    name, nation = words.person(rng), words.pick(rng, words.material("people")["nations"])
    sex = "男" if rng.random() < 0.5 else "女"
    label, value = choose(rng, "hei", ["公民身份号码"]), choose(rng, "hei", [name, nation])
    for y, title, text in ((96, "姓名", name), (158, "性别", sex)):
        card.text((56, y), title, label, 24, BLUE)
        card.text((170, y), text, value, 30)
    card.text((290, 158), "民族", label, 24, BLUE)
    card.text((440, 158), nation, value, 30)
    card.text((56, 222), "出生", label, 24, BLUE)
    card.text((170, 222), f"{born.year} 年 {born.month} 月 {born.day} 日", value, 28)
    card.text((56, 286), "住址", label, 24, BLUE)
    address = "".join(area) + words.street(rng) + words.home(rng)
    for row in range(0, len(address), 13):
        card.text((170, 286 + row // 13 * 40), address[row : row + 13], value, 28)
    card.text((56, 470), "公民身份号码", label, 24, BLUE)
    number = words.id_number(rng, code, born)
    card.text((292, 472), number, choose(rng, "mono", [number]), 36)
    _portrait(card)


def _back(card: Canvas, rng: Rng) -> None:
    area, _ = words.area(rng)
    start = words.day(rng, 2008, 2024)
    face, value = choose(rng, "hei-bold", ["中华人民共和国居民身份证"]), choose(rng, "hei", area)
    card.text((520, 118), "中华人民共和国", face, 46, (40, 40, 44), "ms")
    card.text((520, 206), "居民身份证", face, 60, (40, 40, 44), "ms")
    card.draw.ellipse((70, 56, 230, 216), fill=(196, 70, 60))
    card.draw.ellipse((100, 86, 200, 186), fill=(222, 150, 90))
    label = choose(rng, "hei", ["签发机关有效期限"])
    card.text((180, 390), "签发机关", label, 26, BLUE)
    card.text((350, 390), f"{area[1]}公安局", value, 28)
    card.text((180, 460), "有效期限", label, 26, BLUE)
    end = start.replace(year=start.year + 10, day=min(start.day, 28))
    card.text((350, 460), f"{start:%Y.%m.%d}-{end:%Y.%m.%d}", value, 28)


def _portrait(card: Canvas) -> None:
    card.draw.rectangle((590, 70, 800, 340), fill=(206, 218, 226))
    card.draw.ellipse((640, 100, 750, 236), fill=(150, 132, 120))
    card.draw.pieslice((610, 236, 780, 440), 180, 360, fill=(70, 80, 96))


def _waves(card: Canvas, rng: Rng) -> None:
    phase = rng.uniform(0, 6)
    for line in range(-4, 30):
        points = [
            (x, line * 20 + 14 * float(np.sin(x / 70 + phase + line / 3)))
            for x in range(0, WIDTH + 8, 8)
        ]
        card.draw.line(points, (212, 226, 236), 2)


def _on_table(card: Canvas, rng: Rng) -> ScenePage:
    wide, high = WIDTH + 200, HEIGHT + 160
    shade = int(rng.integers(50, 150))
    table = Canvas(wide, high, (shade + 30, shade + 12, shade))
    rounded = Image.new("L", (WIDTH, HEIGHT), 0)
    ImageDraw.Draw(rounded).rounded_rectangle((0, 0, WIDTH - 1, HEIGHT - 1), 28, 255)
    at = (100 + int(rng.integers(-40, 40)), 80 + int(rng.integers(-30, 30)))
    table.place(card, at, rounded)
    return table.page("card", "zh")
