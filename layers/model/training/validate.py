"""How well a student reads lines that it has never seen, and how well it follows the teacher."""

import unicodedata
from collections.abc import Iterable
from typing import Any

import numpy as np
import torch

from training.batches import Batch
from training.losses import relative_error
from training.net.charset import load_characters


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
        self._counts: dict[str, list[float]] = {}

    def add(self, name: str, value: float, count: int = 1) -> None:
        """Count `value` for so many lines."""
        held = self._counts.setdefault(name, [0.0, 0.0])
        held[0] += value
        held[1] += count

    def means(self) -> dict[str, float]:
        """The mean a line of everything that was counted."""
        return {name: round(total / count, 5) for name, (total, count) in self._counts.items()}


def validate(
    student: Any, taught: Any, batches: Iterable[Batch], source: str, device: str
) -> dict[str, float]:
    """Shares of lines: `exact`, `spaced`, `agreement`, the teacher's own, and `kind/...`."""
    score, characters = Score(), load_characters()
    student.eval()
    with torch.no_grad():
        for batch in batches:
            seen, target = batch.seen.to(device), batch.target.to(device)
            neck = student(student.see(seen) if source == "pictures" else seen)
            error = float(relative_error(neck, target))
            score.add("error", error * len(batch.texts), len(batch.texts))
            read = decode(student.classifier(neck), characters)
            told = decode(taught(target), characters)
            _count(score, batch, read, told, "teacher")
    return score.means()


def _count(score: Score, batch: Batch, read: list[str], told: list[str], other: str) -> None:
    for text, kind, mine, theirs in zip(batch.texts, batch.kinds, read, told, strict=True):
        right = folded(mine) == folded(text)
        score.add("exact", right)
        score.add("spaced", spaced(mine) == spaced(text))
        score.add("agreement", mine == theirs)
        score.add(other, folded(theirs) == folded(text))
        score.add(f"{other}_spaced", spaced(theirs) == spaced(text))
        score.add(f"kind/{kind}", right)
        score.add(f"kind/{kind}+", spaced(mine) == spaced(text))


def validate_kept(
    student: Any,
    batches: Iterable[Batch],
    characters: list[str],
    known: list[str],
    device: str,
) -> dict[str, float]:
    """Shares of lines: `exact`, `spaced`, those of the origin, `kept`, and `kind/...`.

    `kept` is how many of the lines that the origin reads exactly (spaces aside) still are.
    """
    score = Score()
    student.eval()
    with torch.no_grad():
        for batch in batches:
            seen = batch.seen.to(device)
            read = decode(student(seen), characters)
            told = decode(student.published(seen), known)
            _count(score, batch, read, told, "origin")
            for text, mine, other in zip(batch.texts, read, told, strict=True):
                if folded(other) == folded(text):
                    score.add("kept", folded(mine) == folded(text))
    return score.means()
