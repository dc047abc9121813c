"""Counts to costs: interpolated Witten-Bell smoothing (Witten and Bell 1991)."""

from dataclasses import dataclass
from math import log

from training.language.counts import Counts, contexts

UNSEEN = 0.5
"""What every character counts beside how often it was seen."""


@dataclass(frozen=True, slots=True)
class Gram:
    """What a run costs given all but its last character, and what it leaves to the unseen; -ln."""

    cost: float
    backoff: float


def grams_of(counts: Counts, whole: Counts) -> dict[str, Gram]:
    """Every run of `counts`, with costs that the counts of all runs give it."""
    total = sum(whole.runs[1].values()) + UNSEEN * len(whole.runs[1])
    chance = {run: (count + UNSEEN) / total for run, count in whole.runs[1].items()}
    seen = {**contexts(whole.runs[2]), **contexts(whole.runs[3])}
    left = {context: kinds / (count + kinds) for context, (count, kinds) in seen.items()}
    for length in (2, 3):
        for run, count in counts.runs[length].items():
            begun, kinds = seen[run[:-1]]
            chance[run] = (count + kinds * chance[run[1:]]) / (begun + kinds)
    return {run: Gram(-log(one), -log(left.get(run, 1.0))) for run, one in chance.items()}
