"""A street: two to four boards in Chinese and English, seen at an angle."""

from dataclasses import replace

import cv2
import numpy as np

from tests.scenes import words
from tests.scenes.canvas import Canvas, Colour
from tests.scenes.fonts import choose
from tests.scenes.light import shaded
from tests.scenes.page import Picture, ScenePage, moved
from tests.scenes.words import Rng, pick

WIDTH, HEIGHT = 1000, 760
WHITE: Colour = (250, 250, 250)
YELLOW: Colour = (250, 214, 60)
BOARDS: tuple[tuple[Colour, Colour], ...] = (
    ((28, 72, 156), WHITE),
    ((16, 110, 70), WHITE),
    ((120, 66, 34), WHITE),
    ((176, 30, 34), YELLOW),
    ((244, 244, 240), (30, 30, 30)),
    (YELLOW, (24, 24, 24)),
    ((40, 42, 48), (236, 200, 120)),
)


def draw(rng: Rng) -> ScenePage:
    """One street."""
    street = ScenePage("sign", "mix", _background(rng), ())
    boards = int(rng.integers(2, 5))
    for place in range(boards):
        top = 40 + place * (HEIGHT - 60) // boards
        street = _hang(street, _board(rng), top, (HEIGHT - 100) // boards, rng)
    return replace(street, picture=_weather(street.picture, rng))


def _weather(picture: Picture, rng: Rng) -> Picture:
    """Evening or glare, and a hand that moved."""
    if rng.random() < 0.5:
        picture = shaded(picture, rng, rng.uniform(0.3, 0.7))
    if rng.random() < 0.5:
        steps = int(rng.integers(3, 6))
        kernel = np.eye(steps, dtype=np.float32) / steps
        if rng.random() < 0.5:
            kernel = np.full((1, steps), 1 / steps, np.float32)
        picture = np.asarray(cv2.filter2D(picture, -1, kernel), np.uint8)
    return picture


def _board(rng: Rng) -> ScenePage:
    kind = rng.random()
    places = words.material("places")["signs"]
    if kind < 0.5:
        chinese, english = pick(rng, places["pairs"])
        return _lines(rng, [(chinese, 84), (english, 36)])
    if kind < 0.75:
        return _lines(rng, [(pick(rng, places["shops"]), 96), (pick(rng, places["slogans"]), 40)])
    return _lines(rng, [(pick(rng, places["notices"]), 80)])


def _lines(rng: Rng, lines: list[tuple[str, int]]) -> ScenePage:
    paper, ink = pick(rng, BOARDS)
    face = choose(rng, pick(rng, ["hei-bold", "hei", "kai"]), [text for text, _ in lines])
    width = max(face.at(size).getlength(text) for text, size in lines) + 110
    height = sum(size for _, size in lines) + 40 * len(lines) + 30
    board = Canvas(int(width), height, paper)
    board.draw.rectangle((8, 8, int(width) - 9, height - 9), outline=ink, width=3)
    y = 18.0
    for text, size in lines:
        y += size + 22
        board.text((width / 2, y - size * 0.1), text, face, size, ink, "ms")
        y += 10
    return board.page("sign", "mix")


def _hang(street: ScenePage, board: ScenePage, top: int, room: int, rng: Rng) -> ScenePage:
    width, height = board.size
    scale = min((WIDTH - 160) / width, (room - 30) / height, rng.uniform(0.3, 1.2))
    wide, high = width * scale, height * scale
    left = rng.uniform(60, WIDTH - 60 - wide)
    target = np.array(
        [[left, top], [left + wide, top], [left + wide, top + high], [left, top + high]]
    )
    target += rng.uniform(-0.16, 0.16, (4, 2)) * [min(wide, 2 * high), high]
    target = np.clip(target, 8, [WIDTH - 8, HEIGHT - 8]).astype(np.float32)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    warped = cv2.warpPerspective(board.picture, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_AREA)
    where = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, (WIDTH, HEIGHT))
    weight = where[..., None].astype(np.float32) / 255
    picture = (street.picture * (1 - weight) + warped * weight).astype(np.uint8)
    hung = moved(board, matrix).lines
    return replace(street, picture=picture, lines=street.lines + hung)


def _background(rng: Rng) -> Picture:
    """Sky, walls and foliage as soft patches of colour."""
    grey = rng.integers(50, 190, (7, 9, 1))
    coarse = (grey + rng.integers(-18, 19, (7, 9, 3))).astype(np.float32)
    coarse[:3] = coarse[:3] * 0.3 + np.array([150, 170, 190])
    coarse[3:] = coarse[3:] * 0.6 + np.array([30, 34, 26])
    smooth = cv2.resize(coarse, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    texture = cv2.GaussianBlur(rng.normal(0, 40, (HEIGHT, WIDTH, 1)).astype(np.float32), (0, 0), 2)[
        ..., None
    ]
    return np.asarray(np.clip(smooth + texture, 0, 255), np.uint8)
