"""A small alphabet, and probability matrices written by hand."""

from collections.abc import Sequence

import numpy as np

from wenyun.engine.charset import Charset
from wenyun.models.sessions import FloatArray

BLANK = 0
CHARSET = Charset(("", *"abAB19 发票億かΩ£，Ａ"), BLANK)


def index(character: str) -> int:
    """The class of a character; `-` is the blank."""
    return BLANK if character == "-" else CHARSET.characters.index(character)


def certain(steps: str, sure: float = 0.9) -> FloatArray:
    """(T, classes): a step a character of `steps`, each so probable; the rest shared evenly."""
    classes = len(CHARSET.characters)
    matrix = np.full((len(steps), classes), (1 - sure) / (classes - 1), np.float32)
    for row, character in zip(matrix, steps, strict=True):
        row[index(character)] = sure
    return matrix


def mixed(*steps: dict[str, float]) -> FloatArray:
    """(T, classes): each step's probabilities by character; what is not named is 0."""
    matrix = np.zeros((len(steps), len(CHARSET.characters)), np.float32)
    for row, named in zip(matrix, steps, strict=True):
        for character, probability in named.items():
            row[index(character)] = probability
    return matrix


def close(found: Sequence[float], expected: Sequence[float]) -> bool:
    """Equal within what float32 keeps."""
    return len(found) == len(expected) and bool(np.allclose(found, expected, atol=1e-5))
