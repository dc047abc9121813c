"""How well a page is laid out: order of lines, paragraphs, types of blocks, figures found."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from tests.bench.match import Quads, overlap
from tests.scenes.layout.truth import LayoutPage
from wenyun.result import Block

MATCHED = 0.5
"""A line was read where half of the smaller box is shared."""

SAME_FIGURE = 0.5
"""Two figures are one from this share of their union on."""


@dataclass(slots=True)
class Tally:
    """Counts over pages; `+=` adds another's."""

    pages: int = 0
    perfect: int = 0
    pairs: int = 0
    swapped: int = 0
    neighbours: int = 0
    kept: int = 0
    wanted: int = 0
    given: int = 0
    exact: int = 0
    types: Counter[tuple[str, str]] = field(default_factory=Counter)
    figures: Counter[str] = field(default_factory=Counter)

    def __iadd__(self, other: "Tally") -> "Tally":
        for name in (
            "pages",
            "perfect",
            "pairs",
            "swapped",
            "neighbours",
            "kept",
            "wanted",
            "given",
            "exact",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.types += other.types
        self.figures += other.figures
        return self

    @property
    def order_error(self) -> float:
        """Pairs of lines in the wrong order, in parts of all pairs (Kendall's distance)."""
        return self.swapped / self.pairs if self.pairs else 0.0

    @property
    def followed(self) -> float:
        """Lines followed by the line that should follow."""
        return self.kept / self.neighbours if self.neighbours else 1.0

    @property
    def precision(self) -> float:
        """Blocks given that hold exactly the lines of a block of the truth."""
        return self.exact / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        """Blocks of the truth that came out with exactly their lines."""
        return self.exact / self.wanted if self.wanted else 1.0

    def type_f1(self, kind: str) -> float | None:
        """F1 over lines of a type; None where there is none to find and none was given."""
        hit = self.types[kind, kind]
        wanted = sum(n for (truth, _), n in self.types.items() if truth == kind)
        given = sum(n for (_, said), n in self.types.items() if said == kind)
        return 2 * hit / (wanted + given) if wanted + given else None

    @property
    def figure_f1(self) -> float | None:
        """F1 of figures found."""
        both = self.figures["wanted"] + self.figures["given"]
        return 2 * self.figures["hit"] / both if both else None


def score(truth: LayoutPage, blocks: Sequence[Block]) -> Tally:
    """Score one page; lines that were not found at all are left out of the count."""
    place = _placed(truth, blocks)
    rank = {index: number for number, index in enumerate(i for _, p in place for i in p)}
    label = {index: kind for kind, members in place for index in members}
    found = [[i for i in block.members if i in rank] for block in truth.blocks]
    order = [rank[i] for members in found for i in members]
    tally = Tally(pages=1)
    tally.pairs, tally.swapped = len(order) * (len(order) - 1) // 2, inversions(order)
    tally.perfect = int(not tally.swapped)
    tally.neighbours = max(0, len(order) - 1)
    tally.kept = sum(after == before + 1 for before, after in pairwise(order))
    wanted = Counter(frozenset(members) for members in found if members)
    given = Counter(frozenset(members) for _, members in place if members)
    tally.wanted, tally.given = wanted.total(), given.total()
    tally.exact = (wanted & given).total()
    for block, members in zip(truth.blocks, found, strict=True):
        tally.types.update((block.type, label[i]) for i in members)
    tally.figures = _figures(truth, blocks)
    return tally


def inversions(order: Sequence[int]) -> int:
    """How many pairs stand in the wrong order."""
    values = np.array(order, np.int64)
    return int(sum((values[:i] > values[i]).sum() for i in range(1, len(values))))


def _placed(truth: LayoutPage, blocks: Sequence[Block]) -> list[tuple[str, list[int]]]:
    """For each block its type and the lines of the truth that it holds, each at most once."""
    boxes = np.array([line.box for line in truth.scene.lines], np.float32).reshape(-1, 4, 2)
    lines = [(number, line) for number, block in enumerate(blocks) for line in block.lines]
    place: list[tuple[str, list[int]]] = [(block.type, []) for block in blocks]
    if not lines or not len(boxes):
        return place
    shared = overlap(boxes, np.array([line.box for _, line in lines], np.float32))
    best = shared.argmax(axis=1)
    for at, (number, _) in enumerate(lines):
        own = [int(i) for i in np.flatnonzero(best == at) if shared[i, at] >= MATCHED]
        place[number][1].extend(own)
    return place


def _figures(truth: LayoutPage, blocks: Sequence[Block]) -> Counter[str]:
    wanted = [truth.figure(block) for block in truth.blocks if block.type == "figure"]
    given = [np.array(b.box, np.float32) for b in blocks if b.type == "figure"]
    hit = sum(any(_union_share(w, g) >= SAME_FIGURE for g in given) for w in wanted)
    return Counter({"wanted": len(wanted), "given": len(given), "hit": hit})


def _union_share(one: Quads, other: Quads) -> float:
    (ax0, ay0), (ax1, ay1) = one.min(axis=0), one.max(axis=0)
    (bx0, by0), (bx1, by1) = other.min(axis=0), other.max(axis=0)
    wide, high = min(ax1, bx1) - max(ax0, bx0), min(ay1, by1) - max(ay0, by0)
    if wide <= 0 or high <= 0:
        return 0.0
    shared = float(wide * high)
    return shared / float((ax1 - ax0) * (ay1 - ay0) + (bx1 - bx0) * (by1 - by0) - shared)
