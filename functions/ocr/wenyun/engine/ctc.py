"""CTC greedy decoding (Graves et al. 2006): the best class a step, repeats and blanks dropped."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wenyun.engine.charset import Charset

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Reading:
    """A line as one model read it.

    `confidences` holds a probability a character of `text`, `positions` its centre as a fraction
    of the line's width. `unread` is the share of the line's ink that the text passes over.
    `spans`, where they are known, hold each character's start and end as such fractions.
    """

    text: str
    confidences: tuple[float, ...]
    positions: tuple[float, ...]
    unread: float = 0.0
    spans: tuple[tuple[float, float], ...] = ()

    @property
    def confidence(self) -> float:
        """How sure the line is, 0-1: the mean of its characters, less what is unread."""
        return self.clarity * (1.0 - self.unread)

    @property
    def clarity(self) -> float:
        """How surely what was read is text, 0-1, whatever was passed over."""
        return sum(self.confidences) / len(self.confidences) if self.confidences else 0.0

    @property
    def weakest(self) -> float:
        """The least certain character's probability; 0 for a line that is empty or has gaps.

        Spaces do not count: models are unsure of them, and the second is no better.
        """
        sure = [c for c, mark in zip(self.confidences, self.text, strict=True) if mark != " "]
        return 0.0 if self.unread else min(sure, default=0.0)


class Decoder:
    """Decodes one recogniser's output in one language."""

    def __init__(self, charset: Charset, lang: str) -> None:
        self._charset = charset
        self._allowed = charset.mask(lang)
        self._few = np.flatnonzero(self._allowed)

    @property
    def classes(self) -> int:
        """How many classes a step has, the blank among them."""
        return len(self._allowed)

    def decode(self, probabilities: FloatArray, steps: float) -> Reading:
        """Decode a line.

        Args:
            probabilities: (T, classes) float32, each step summing to 1.
            steps: How many of the T steps the line's own width fills; the rest is padding.
        """
        best, sure = self._best(probabilities)
        emits = best != self._charset.blank
        emits[1:] &= best[1:] != best[:-1]
        at = np.flatnonzero(emits)
        ends = _run_ends(best, at)
        centres = np.minimum((at + ends + 1) / (2 * max(steps, 1.0)), 1.0)
        confidences = [float(np.max(sure[a : e + 1])) for a, e in zip(at, ends, strict=True)]
        text = "".join(self._charset.characters[best[a]] for a in at)
        return Reading(text, tuple(confidences), tuple(map(float, centres)))

    def _best(self, probabilities: FloatArray) -> tuple[IntArray, FloatArray]:
        """(T,) best allowed class and its probability among the allowed ones."""
        rows = np.arange(len(probabilities))
        best = probabilities.argmax(axis=1)
        sure = probabilities[rows, best]
        # Only steps whose best class the language forbids have to be looked at again.
        wrong = np.flatnonzero(~self._allowed[best])
        if len(wrong):
            allowed = probabilities[wrong][:, self._few]
            choice = allowed.argmax(axis=1)
            best[wrong] = self._few[choice]
            sure[wrong] = allowed[np.arange(len(wrong)), choice] / (allowed.sum(axis=1) + 1e-12)
        return best, sure


def _run_ends(best: IntArray, starts: IntArray) -> IntArray:
    """(K,) the last step of the run of equal classes that begins at each of `starts`."""
    changes = np.append(np.flatnonzero(best[1:] != best[:-1]), len(best) - 1)
    return changes[np.searchsorted(changes, starts)]
