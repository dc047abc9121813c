"""Prefix beam search over CTC (Graves et al. 2006; Hannun et al. 2014, arXiv 1408.2873).

Only steps that leave a choice cost anything, and they leave two or three classes: the beam is then
a dozen entries, for which plain numbers are quicker than arrays. Finding those steps and classes
among all of them is done on arrays (`steps.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import exp, log
from typing import Any, Protocol

from wenyun.engine.decoding.steps import Step

WIDTH = 8
"""Prefixes that are kept. With 16 no line of 1,500 drawn ones changed."""


class Guide(Protocol):
    """What is known of texts beside their picture."""

    def start(self) -> Any:
        """The state before the first character."""

    def step(self, state: Any, label: int) -> tuple[Any, float] | None:
        """The state behind a character, and what it adds to ln of the weight; None: impossible."""

    def ends(self, state: Any) -> bool:
        """Whether a text may end so."""


class Prefix:
    """A beginning of the text, a node of the tree of all that were tried."""

    __slots__ = ("_next", "label", "parent", "state", "weight")

    def __init__(self, parent: "Prefix | None", label: int, state: Any, weight: float) -> None:
        self.parent = parent
        self.label = label
        self.state = state
        self.weight = weight
        self._next: dict[int, Prefix | None] = {}

    def then(self, label: int, guide: Guide) -> "Prefix | None":
        """The prefix with one more character; None where the guide forbids it."""
        if label not in self._next:
            found = guide.step(self.state, label)
            self._next[label] = found and Prefix(self, label, found[0], self.weight * exp(found[1]))
        return self._next[label]

    def labels(self) -> tuple[int, ...]:
        """Its characters' classes."""
        found: list[int] = []
        node: Prefix | None = self
        while node is not None and node.parent is not None:
            found.append(node.label)
            node = node.parent
        return tuple(reversed(found))


@dataclass(frozen=True, slots=True)
class Found:
    """A text: its classes, ln of its CTC probability, and ln of that times the guide's weight."""

    labels: tuple[int, ...]
    seen: float
    score: float


def beam_search(steps: Sequence[Step], blank: int, guide: Guide, width: int = WIDTH) -> list[Found]:
    """The likeliest texts, the best first; none where the guide allows none.

    Args:
        steps: Classes and probabilities a step.
        blank: The blank's class.
        guide: Weighs texts.
        width: Prefixes that are kept after each step.

    """
    root = Prefix(None, blank, guide.start(), 1.0)
    # A prefix's probability, as far as its last step was the blank, and as far as it was not.
    beam = {root: (1.0, 0.0)}
    scale = 0.0
    for step in steps:
        beam = _advance(beam, step, blank, guide)
        if len(beam) > width:
            beam = dict(nlargest(width, beam.items(), key=_worth))
        total = sum(ends + goes for ends, goes in beam.values())
        if total <= 0.0:
            return []
        scale += log(total)
        beam = {prefix: (ends / total, goes / total) for prefix, (ends, goes) in beam.items()}
    found = [
        Found(
            prefix.labels(), scale + log(ends + goes), scale + log(_worth((prefix, (ends, goes))))
        )
        for prefix, (ends, goes) in beam.items()
        if ends + goes > 0.0 and guide.ends(prefix.state)
    ]
    return sorted(found, key=lambda one: -one.score)


Beam = dict[Prefix, tuple[float, float]]


def _advance(beam: Beam, step: Step, blank: int, guide: Guide) -> Beam:
    """The beam after one more step."""
    ahead: Beam = {}
    for prefix, (ends, goes) in beam.items():
        for label, chance in step:
            if label == blank:
                before = ahead.get(prefix, (0.0, 0.0))
                ahead[prefix] = (before[0] + (ends + goes) * chance, before[1])
                continue
            fresh = (ends + goes) * chance
            if label == prefix.label and prefix.parent is not None:
                # The same class goes on; only behind a blank it is a new character.
                before = ahead.get(prefix, (0.0, 0.0))
                ahead[prefix] = (before[0], before[1] + goes * chance)
                fresh = ends * chance
            if fresh > 0.0 and (longer := prefix.then(label, guide)) is not None:
                before = ahead.get(longer, (0.0, 0.0))
                ahead[longer] = (before[0], before[1] + fresh)
    return ahead


def _worth(item: tuple[Prefix, tuple[float, float]]) -> float:
    prefix, (ends, goes) = item
    return (ends + goes) * prefix.weight
