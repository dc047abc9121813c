"""What a paragraph is: a title, an item of a list, or text."""

from collections.abc import Sequence
from dataclasses import dataclass

from wenyun.engine.layout.markers import (
    SURE,
    ends_sentence,
    is_caption,
    is_numbered_heading,
    item_mark,
    names_itself,
)
from wenyun.engine.layout.sizes import is_latin
from wenyun.engine.layout.strips import Strip

MIN_LINES = 5
"""A page of fewer lines has no titles: a sign's large words are what it says."""

LARGER, MUCH_LARGER = 1.25, 1.5
"""A title is set so much larger than the body; if much larger, it may say anything."""

BOLDER = 1.28
"""A title's strokes are so much thicker than the body's."""

MOST_TITLE_LINES, MOST_BOLD_LINES = 4, 2
MOST_TITLE_CHARS = 120


@dataclass(frozen=True, slots=True)
class Body:
    """How most of the page is set; `lines` counts the page's lines.

    Latin letters and Han have strokes of their own; 0 where there are too few to say.
    """

    size: float
    latin_weight: float
    han_weight: float
    lines: int

    def bolder(self, block: Sequence[Strip]) -> float:
        """How many times as thick a block's strokes are as the body's; 0 if unknown."""
        usual = self.latin_weight if is_latin(block[0].text) else self.han_weight
        return _middle([strip.weight for strip in block]) / usual if usual else 0.0


def kinds(blocks: Sequence[Sequence[Strip]], body: Body) -> list[str]:
    """The type of each paragraph, in reading order."""
    found = [_kind(block, body) for block in blocks]
    marks = [item_mark(block[0].text) for block in blocks]
    for at, kind in enumerate(found):
        if kind == "list" and marks[at] != SURE and not _has_company(marks, found, at):
            found[at] = "text"
    return found


def _kind(block: Sequence[Strip], body: Body) -> str:
    text = block[0].text
    if _is_title(block, body):
        return "title"
    return "list" if block[0].alone and item_mark(text) else "text"


def _is_title(block: Sequence[Strip], body: Body) -> bool:
    text = block[-1].text
    if body.lines < MIN_LINES or not block[0].alone or len(block) > MOST_TITLE_LINES:
        return False
    chars = sum(len(strip.text) for strip in block)
    if chars > MOST_TITLE_CHARS or not _says_something(block) or is_caption(block[0].text):
        return False
    larger = _middle([strip.size for strip in block]) / max(1e-6, body.size)
    if larger > MUCH_LARGER:
        return True
    if ends_sentence(text):
        return False
    bolder = body.bolder(block)
    if larger > LARGER:
        return True
    if len(block) > MOST_BOLD_LINES or item_mark(block[0].text) not in ("", "number", "han"):
        return False
    numbered = is_numbered_heading(block[0].text) and (larger > 1.08 or bolder > 1.1)
    return bolder > BOLDER or numbered or names_itself(block[0].text)


def _says_something(block: Sequence[Strip]) -> bool:
    return sum(char.isalpha() for strip in block for char in strip.text) >= 2


def _has_company(marks: Sequence[str], found: Sequence[str], at: int) -> bool:
    """Whether a numbered paragraph has another one beside it: one alone is no list."""
    near = [i for i in (at - 1, at + 1) if 0 <= i < len(marks)]
    return any(marks[i] == marks[at] and found[i] in ("list", "text") for i in near)


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]
