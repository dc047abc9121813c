"""A model that reads grey bars: the value of a bar says which character it is.

A bar is 8 pixels wide, two steps of the model, and lines are 32 pixels high: nothing is resized.
"""

import numpy as np

from tests.enginekit.ctckit import BLANK, CHARSET, certain, index
from tests.enginekit.entries import entry
from tests.enginekit.fakes import FakeSession
from wenyun.engine.ctc import Decoder
from wenyun.engine.geometry import Image
from wenyun.engine.recognise import Recogniser
from wenyun.models.sessions import FloatArray

HEIGHT, STEP, BAR = 32, 4, 8
LEVELS = 8
"""Grey levels from one character to the next; the darkest 124 levels hold them all."""


def bars(text: str, gap: int = 4, space: int = 24, margin: int = 4) -> Image:
    """(32, W, 3): a bar a character on white; a space is a wide gap."""
    parts = [_white(margin)]
    for character in text:
        if character == " ":
            parts.append(_white(space - gap))
            continue
        level = LEVELS * index(character)
        parts += [np.full((HEIGHT - 8, BAR, 3), level, np.uint8), _white(gap)]
        parts[-2] = np.pad(parts[-2], ((4, 4), (0, 0), (0, 0)), constant_values=255)
    return np.concatenate([*parts, _white(margin)], axis=1)


def read_bars(batch: FloatArray) -> FloatArray:
    """(N, 3, 32, W) to (N, W / 4, classes) as a recogniser answers."""
    levels = batch[:, 0, HEIGHT // 2, STEP // 2 :: STEP] * 127.5 + 127.5
    classes = np.where(levels < 124, np.round(levels / LEVELS), BLANK).astype(int)
    steps = ["".join(CHARSET.characters[c] or "-" for c in row) for row in classes]
    return np.stack([certain(row) for row in steps])


def bar_reader(
    lang: str = "mix", drops_spaces: bool = False, stride: int = STEP
) -> tuple[Recogniser, FakeSession]:
    """A recogniser over the model, and the model to be asked what it saw."""
    session = FakeSession(read_bars)
    described = entry(drops_spaces=drops_spaces, width_stride=stride)
    return Recogniser(described, session, Decoder(CHARSET, lang)), session


def _white(width: int) -> Image:
    return np.full((HEIGHT, max(0, width), 3), 255, np.uint8)
