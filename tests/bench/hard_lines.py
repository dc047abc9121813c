"""Lines in hard pictures of which something is known: dishes, addresses, dates, amounts, numbers.

Drawn with the scenes' own fonts and words; nothing of them is trained on.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tests.scenes import words
from tests.scenes.canvas import Canvas
from tests.scenes.catalogue import crops
from tests.scenes.fonts import choose
from tests.scenes.light import compressed, grainy, scaled, shaded, soft, tilted
from tests.scenes.page import ScenePage
from tests.scenes.words import Rng

ROWS, WIDTH, ROW = 20, 900, 64
SEED = 9_100
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True, slots=True)
class HardLine:
    """A line's picture, (h, w, 3) BGR, and what it says."""

    picture: NDArray[np.uint8]
    text: str


def dish(rng: Rng) -> str:
    """A dish of the menus."""
    return str(words.pick(rng, dishes())[0])


def dishes() -> list[list[str]]:
    """Every dish, Chinese and English."""
    return [pair for part in words.material("food")["sections"] for pair in part["dishes"]]


def address(rng: Rng) -> str:
    """A street and a flat."""
    return words.street(rng) + words.home(rng)


def a_date(rng: Rng) -> str:
    """A day in one of the forms in which dates are written."""
    day = words.day(rng, 1950, 2030)
    return words.pick(
        rng,
        [
            f"{day.year}年{day.month}月{day.day}日",
            f"{day.year}年{day.month:02}月{day.day:02}日",
            f"日期：{day.year}年{day.month:02}月{day.day:02}日",
            f"{day:%Y-%m-%d}",
            f"{day:%Y/%m/%d}",
            f"有效期至 {day:%Y.%m.%d}",
            f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        ],
    )


def an_amount(rng: Rng) -> str:
    """An amount in figures or in capital numerals."""
    cents = int(10 ** rng.uniform(3, 8))
    return words.pick(
        rng,
        [
            f"¥{cents / 100:,.2f}",
            f"合计：{cents / 100:.2f}元",
            f"{cents / 100:,.2f}",
            words.capital_amount(cents),
            words.capital_amount(cents // 100 * 100),
        ],
    )


def a_number(rng: Rng) -> str:
    """An identity number."""
    _, code = words.area(rng)
    return words.id_number(rng, code, words.day(rng, 1940, 2020))


KINDS: dict[str, tuple[Callable[[Rng], str], str]] = {
    "dish": (dish, "hei song kai"),
    "address": (address, "hei song kai"),
    "date": (a_date, "hei song"),
    "amount": (an_amount, "hei song"),
    "id_number": (a_number, "hei song mono"),
}
"""What makes a kind's texts, and the roles of its fonts."""


def lines(kind: str, count: int, seed: int = SEED) -> Iterator[HardLine]:
    """So many lines of a kind, the same for the same seed."""
    make, roles = KINDS[kind]
    rng = np.random.default_rng([seed, list(KINDS).index(kind)])
    left = count
    while left > 0:
        page = hard(_sheet(rng, make, roles.split()), rng)
        for text, picture in list(crops(page))[:left]:
            yield HardLine(np.ascontiguousarray(picture[..., ::-1]), text)
            left -= 1


def _sheet(rng: Rng, make: Callable[[Rng], str], roles: list[str]) -> ScenePage:
    sheet = Canvas(WIDTH, ROWS * ROW + 40, (244, 242, 238))
    for row in range(ROWS):
        text = make(rng)
        face = choose(rng, words.pick(rng, roles), [text])
        shade = int(rng.integers(30, 110))
        size = int(rng.integers(22, 32))
        sheet.text((60, 60 + row * ROW), text, face, size, (shade, shade, shade))
    return sheet.page("hard", "zh")


def hard(page: ScenePage, rng: Rng) -> ScenePage:
    """A page from too far away, out of focus, grainy, and saved small."""
    page = tilted(scaled(page, rng.uniform(0.5, 0.75)), rng, 0.02)
    picture = shaded(page.picture, rng, rng.uniform(0, 0.4))
    picture = soft(picture, rng.uniform(0.6, 1.1))
    picture = grainy(picture, rng, rng.uniform(3, 9))
    return replace(page, picture=compressed(picture, int(rng.integers(40, 70))))
