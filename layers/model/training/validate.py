"""How well a keeper reads lines that it has never seen, and what it keeps of its origin."""

import unicodedata
from collections.abc import Iterable
from typing import Any

import numpy as np
import torch

from training.batches import Batch


def decode(scores: Any, characters: list[str]) -> list[str]:
    """Greedy CTC: (N, T, classes) scores to texts; class 0 is the blank."""
    return spell(scores.argmax(2), characters)


def spell(best: Any, characters: list[str]) -> list[str]:
    """The likeliest classes of the steps, (N, T), to texts; class 0 is the blank."""
    best = best.cpu().numpy()
    changed = np.ones_like(best, np.bool_)
    changed[:, 1:] = best[:, 1:] != best[:, :-1]
    return [
        "".join(characters[one - 1] for one in row[keep & (row > 0)])
        for row, keep in zip(best, changed, strict=True)
    ]


def folded(text: str) -> str:
    """A text as it counts where spaces and width do not."""
    return unicodedata.normalize("NFKC", text).replace(" ", "")


def spaced(text: str) -> str:
    """A text as it counts where spaces do and width does not."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


class Score:
    """Counts over lines."""

    def __init__(self) -> None:
        self._counts: dict[str, list[int]] = {}

    def add(self, name: str, right: bool) -> None:
        """Count a line."""
        held = self._counts.setdefault(name, [0, 0])
        held[0] += right
        held[1] += 1

    def means(self) -> dict[str, float]:
        """The share of lines of everything that was counted."""
        return {name: round(total / count, 5) for name, (total, count) in self._counts.items()}


def validate(keeper: Any, batches: Iterable[Batch], device: str) -> dict[str, float]:
    """Shares of lines: `exact`, `spaced`, those of the origin, `kept`, `agreement`, `kind/...`.

    `kept` is how many of the lines that the origin reads exactly (spaces aside) still are.
    """
    score, characters, known = Score(), keeper.origin.characters(), keeper.origin.published()
    keeper.eval()
    with torch.no_grad():
        for batch in batches:
            seen = batch.seen.to(device)
            read = decode(keeper(seen), characters)
            told = decode(keeper.published(seen), known)
            for line in zip(batch.texts, batch.kinds, read, told, strict=True):
                _count(score, *line)
    return score.means()


def _count(score: Score, text: str, kind: str, mine: str, theirs: str) -> None:
    right, whole = folded(mine) == folded(text), spaced(mine) == spaced(text)
    origin = folded(theirs) == folded(text)
    score.add("exact", right)
    score.add("spaced", whole)
    score.add("agreement", mine == theirs)
    score.add("origin", origin)
    score.add("origin_spaced", spaced(theirs) == spaced(text))
    if origin:
        score.add("kept", right)
    score.add(f"kind/{kind}", right)
    score.add(f"kind/{kind}+", whole)
