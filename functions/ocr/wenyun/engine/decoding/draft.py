"""A line as it is spelled so far: classes, the steps that show each, and how sure each is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp

import numpy as np
import numpy.typing as npt

from wenyun.engine.decoding.align import best_path
from wenyun.engine.decoding.beam import Found

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Draft:
    """A spelling.

    `runs` hold the first and last step of each character, `sure` a probability each. `by` says what
    the spelling rests on: `sight` alone, or `lexicon`, `date`, `amount`, `id_number` too.
    """

    labels: tuple[int, ...]
    runs: tuple[tuple[int, int], ...]
    sure: tuple[float, ...]
    by: str = "sight"

    def window(self, start: int, end: int, steps: int) -> tuple[int, int]:
        """The steps that characters `start` to `end` may take without touching their neighbours."""
        first = self.runs[start - 1][1] + 1 if start else 0
        return first, self.runs[end][0] if end < len(self.runs) else steps

    def spliced(
        self,
        start: int,
        end: int,
        labels: tuple[int, ...],
        sure: tuple[float, ...],
        probabilities: FloatArray,
        blank: int,
    ) -> "Draft":
        """The draft with characters `start` to `end` spelled otherwise; itself without room."""
        first, last = self.window(start, end, len(probabilities))
        runs = best_path(probabilities[first:last], labels, blank) if last > first else []
        if len(runs) != len(labels):
            return self
        moved = tuple((a + first, b + first) for a, b in runs)
        return replace(
            self,
            labels=self.labels[:start] + labels + self.labels[end:],
            runs=self.runs[:start] + moved + self.runs[end:],
            sure=self.sure[:start] + sure + self.sure[end:],
        )


def agreed(found: Sequence[Found]) -> tuple[float, ...]:
    """How sure each character of the first text is: the share of the texts that have it there."""
    top = found[0]
    worths = [exp(one.score - top.score) for one in found]
    total = sum(worths)
    sure = [0.0] * len(top.labels)
    for one, worth in zip(found, worths, strict=True):
        for at in _same(top.labels, one.labels):
            sure[at] += worth / total
    return tuple(min(one, 1.0) for one in sure)


def _same(text: tuple[int, ...], other: tuple[int, ...]) -> list[int]:
    """Places where two texts have the same character, counted from the nearer end."""
    if len(text) == len(other):
        return [at for at, (a, b) in enumerate(zip(text, other, strict=True)) if a == b]
    ahead = 0
    while ahead < min(len(text), len(other)) and text[ahead] == other[ahead]:
        ahead += 1
    behind = 0
    while behind < min(len(text), len(other)) - ahead and text[-1 - behind] == other[-1 - behind]:
        behind += 1
    return [*range(ahead), *range(len(text) - behind, len(text))]
