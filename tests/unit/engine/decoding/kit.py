"""A charset of some hundred characters, and lines written by hand on it."""

import numpy as np

from wenyun.engine.charset import Charset
from wenyun.engine.ctc import Decoder
from wenyun.engine.decoding.aids import Wishes, aids_of
from wenyun.engine.decoding.alphabet import Alphabet
from wenyun.models.sessions import FloatArray

MARKS = (
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    " .,:-/¥￥，：年月日牛曰元圆角分整零壹贰叁肆伍陆柒捌玖拾佰仟万染伯"
    "宫官保鸡丁红烧茄子肉鱼香丝合计期号"
)
CHARSET = Charset(("", *MARKS), 0)

Step = str | dict[str, float]


def line(*steps: Step, sure: float = 0.995) -> FloatArray:
    """(T, classes): each step a character that is sure, or characters and probabilities.

    Blanks stand between all of them; what is left of a step is spread over all classes.
    """
    rows = []
    for step in steps:
        named = {step: sure} if isinstance(step, str) else step
        row = np.full(len(CHARSET.characters), 1e-9, np.float32)
        row[0] = max(1e-9, 1.0 - sum(named.values()))
        for mark, chance in named.items():
            row[CHARSET.characters.index(mark)] = chance
        gap = np.full(len(CHARSET.characters), 1e-9, np.float32)
        gap[0] = 1.0
        rows += [row, gap]
    return np.array(rows)


def spelled(text: str, **doubts: dict[str, float]) -> FloatArray:
    """A text, with doubts by place: `p3={"a": 0.6, "b": 0.3}`."""
    steps: list[Step] = list(text)
    for place, named in doubts.items():
        steps[int(place[1:])] = named
    return line(*steps)


def decoder(wishes: Wishes) -> Decoder:
    """A decoder with what is known of lines."""
    mask = CHARSET.mask("zh").tolist()
    alphabet = Alphabet(CHARSET.characters, mask, CHARSET.blank)
    return Decoder(CHARSET, "zh").aided(aids_of(wishes, alphabet))


def read(probabilities: FloatArray, wishes: Wishes) -> tuple[str, str]:
    """The text, and what it rests on."""
    reading = decoder(wishes).decode(probabilities, len(probabilities))
    assert len(reading.text) == len(reading.confidences) == len(reading.positions)
    return reading.text, reading.by
