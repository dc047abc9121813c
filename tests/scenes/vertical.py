"""Vertical columns, read from the top down and from right to left."""

from dataclasses import replace

import numpy as np

from tests.scenes import words
from tests.scenes.canvas import Canvas, around
from tests.scenes.fonts import choose
from tests.scenes.page import ScenePage
from tests.scenes.words import Rng, sample

WIDTH, HEIGHT = 800, 900


def draw(rng: Rng) -> ScenePage:
    """A poem's page; each box starts at the column's top right, where its reading starts."""
    verses = sample(rng, words.material("prose")["verses"], 6)
    face, size = choose(rng, "kai", verses), 56
    sheet = Canvas(WIDTH, HEIGHT, (248, 244, 232))
    for column, verse in enumerate(verses):
        x = WIDTH - 120 - column * 104
        extents = [
            sheet.text((x, 110 + row * (size + 10)), char, face, size, anchor="ms", record=False)
            for row, char in enumerate(verse)
        ]
        sheet.record(verse, around(extents), size, extents)
        line = sheet.lines[-1]
        sheet.lines[-1] = replace(line, box=np.roll(line.box, -1, axis=0))
    return sheet.page("vertical", "zh")
