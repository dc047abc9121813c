"""CTC decoding (Graves et al. 2006): the best class a step, a search where steps are in doubt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from wenyun.engine.charset import Charset
from wenyun.engine.decoding.beam import Guide, beam_search
from wenyun.engine.decoding.draft import Draft, agreed
from wenyun.engine.decoding.steps import choices

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Reading:
    """A line as one model read it.

    `confidences` holds a probability a character of `text`, `positions` its centre as a fraction
    of the line's width. `unread` is the share of the line's ink that the text passes over.
    `spans`, where they are known, hold each character's start and end as such fractions. `by` says
    what the reading rests on: `sight` alone, or what was known beside it. `likelihood` is the
    calibrated probability that the line is right, where the reader is calibrated.
    """

    text: str
    confidences: tuple[float, ...]
    positions: tuple[float, ...]
    unread: float = 0.0
    spans: tuple[tuple[float, float], ...] = ()
    by: str = "sight"
    likelihood: float | None = None

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


Aid = Callable[[Draft, FloatArray], Draft]
"""Spells a draft by what is known beside the picture, given (T, classes) probabilities."""


class Decoder:
    """Decodes one recogniser's output in one language.

    Args:
        charset: The recogniser's.
        lang: Masks its classes.
        guide: Weighs the spellings of lines with steps that leave a choice; None: the best class.
        aids: Applied in turn to what was spelled so.

    """

    def __init__(
        self, charset: Charset, lang: str, guide: Guide | None = None, aids: Sequence[Aid] = ()
    ) -> None:
        self._charset = charset
        self._allowed = charset.mask(lang)
        self._few = np.flatnonzero(self._allowed)
        self._guide = guide
        self._aids = tuple(aids)

    @property
    def classes(self) -> int:
        """How many classes a step has, the blank among them."""
        return len(self._allowed)

    @property
    def allowed(self) -> list[bool]:
        """Which classes the language lets through."""
        passing: list[bool] = self._allowed.tolist()
        return passing

    def aided(self, aids: Sequence[Aid]) -> "Decoder":
        """The same decoder with other aids."""
        other = Decoder.__new__(Decoder)
        other._charset, other._allowed, other._few = self._charset, self._allowed, self._few
        other._guide, other._aids = self._guide, tuple(aids)
        return other

    def decode(self, probabilities: FloatArray, steps: float) -> Reading:
        """Decode a line.

        Args:
            probabilities: (T, classes) float32, each step summing to 1.
            steps: How many of the T steps the line's own width fills; the rest is padding.
        """
        best, sure = self._best(probabilities)
        draft = self._spelled(best, sure)
        if self._guide is not None and draft.labels:
            draft = self._weighed(draft, self._guide, probabilities, best, sure)
        for aid in self._aids if draft.labels else ():
            draft = aid(draft, probabilities)
        return self._reading(draft, steps)

    def _spelled(self, best: IntArray, sure: FloatArray) -> Draft:
        """Repeats and blanks dropped; a character is as sure as its surest step."""
        emits = best != self._charset.blank
        emits[1:] &= best[1:] != best[:-1]
        at = np.flatnonzero(emits)
        runs = list(zip(at.tolist(), _run_ends(best, at).tolist(), strict=True))
        steps: list[float] = sure.tolist()  # of so few numbers lists tell the largest sooner
        peaks = tuple(max(steps[first : last + 1]) for first, last in runs)
        return Draft(tuple(best[at].tolist()), tuple(runs), peaks)

    def _weighed(
        self,
        draft: Draft,
        guide: Guide,
        probabilities: FloatArray,
        best: IntArray,
        sure: FloatArray,
    ) -> Draft:
        """The spelling that is likeliest by the picture and the guide together."""
        choice = choices(probabilities, best, sure, self._allowed)
        if not choice.open:
            return draft
        found = beam_search(choice.steps, self._charset.blank, guide)
        if not found or found[0].labels == draft.labels:
            return draft
        count = len(draft.labels)
        blank = self._charset.blank
        again = draft.spliced(0, count, found[0].labels, agreed(found), probabilities, blank)
        return replace(again, by="language") if again is not draft else draft

    def _reading(self, draft: Draft, steps: float) -> Reading:
        room = 2 * max(steps, 1.0)
        centres = tuple(min((first + last + 1) / room, 1.0) for first, last in draft.runs)
        text = "".join(self._charset.characters[label] for label in draft.labels)
        return Reading(text, draft.sure, centres, by=draft.by)

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
