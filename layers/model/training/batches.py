"""Batches of drawn lines: a few shards at a time, lines of one width together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.shards import Shard, shards

POOL = 6
"""Shards that are mixed with each other."""

FIRST_WIDE = "\u2e80"
"""Characters before this one stand in words that are parted by spaces."""

MOST = 64
"""Lines in a batch, however short."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines of one width; `seen` is what a published reader sees of them, (N, C, 1, T) float32."""

    seen: Any
    texts: list[str]
    kinds: list[str]


def join(batch: Batch, parts: int) -> Batch:
    """Lines set side by side, `parts` to a line.

    What does not make a whole line is left out, and so is Latin beside Han: whether a space is
    between them cannot be told. Where nothing is left, the batch comes back as it was.
    """
    count = len(batch.texts) // parts
    places = [[part * count + one for part in range(parts)] for one in range(count)]
    rows = [row for row in places if _fit([batch.texts[one] for one in row])]
    if not rows:
        return batch

    return Batch(
        torch.cat([batch.seen[list(group)] for group in zip(*rows, strict=True)], 3),
        [run_on([batch.texts[one] for one in row]) for row in rows],
        [batch.kinds[row[0]] for row in rows],
    )


def _fit(texts: Sequence[str]) -> bool:
    """Whether all neighbours are Latin on both sides or on none."""
    return all(
        (one[-1:] < FIRST_WIDE) == (other[:1] < FIRST_WIDE) for one, other in pairwise(texts)
    )


def run_on(texts: Sequence[str]) -> str:
    """What lines say that stand side by side: between two Latin words there is a space."""
    whole = texts[0]
    for text in texts[1:]:
        latin = max(whole[-1:], text[:1]) < FIRST_WIDE
        whole += f" {text}" if latin else text
    return whole


class Batches:
    """Endless batches over the shards of a folder, which may still be filling up.

    Args:
        folder: The shards of a split.
        source: Whose view of the lines is wanted, a key of SIGHTS; shards without it are left out.
        steps: Steps that a batch may have in all its lines.
        joined: Share of batches whose lines are joined to lines of two or three times the width
            (as TextConAug does, Li et al. 2022): long lines are rare among those drawn.
    """

    def __init__(self, folder: Path, source: str, steps: int, joined: float = 0.0) -> None:
        self._folder = folder
        self._source = source
        self._steps = steps
        self._joined = joined

    def endless(self, rng: np.random.Generator) -> Iterator[Batch]:
        """Batches by chance for ever.

        Raises:
            FileNotFoundError: When there is no shard with this view.
        """
        while True:
            found = shards(self._folder, self._source)
            if not found:
                raise FileNotFoundError(
                    f"{self._folder} holds no shard that PP-OCRv6 {self._source} has seen: "
                    "run `make train-data`"
                )
            picked = rng.permutation(len(found))[:POOL]
            pool = [Shard(found[number]) for number in picked]
            plan = list(self._plan(pool, rng))
            for place in rng.permutation(len(plan)):
                batch = self._batch(plan[place])
                wanted = 2 + int(rng.integers(2)) if rng.random() < self._joined else 1
                yield join(batch, wanted) if len(batch.texts) >= wanted > 1 else batch

    def once(self) -> Iterator[Batch]:
        """Every line once, in order."""
        for folder in shards(self._folder, self._source):
            for lines in self._plan([Shard(folder)], None):
                yield self._batch(lines)

    def _plan(
        self, pool: list[Shard], rng: np.random.Generator | None
    ) -> Iterator[list[tuple[Shard, int]]]:
        groups: dict[int, list[tuple[Shard, int]]] = {}
        for shard in pool:
            for number in range(len(shard)):
                groups.setdefault(shard.steps(number), []).append((shard, number))
        for steps, lines in sorted(groups.items()):
            size = max(1, min(MOST, self._steps // steps))
            order = rng.permutation(len(lines)) if rng else np.arange(len(lines))
            for start in range(0, len(lines), size):
                yield [lines[place] for place in order[start : start + size]]

    def _batch(self, lines: list[tuple[Shard, int]]) -> Batch:
        seen = np.stack([shard.seen(number, self._source) for shard, number in lines])
        turned = np.ascontiguousarray(seen.astype(np.float32).transpose(0, 2, 1)[:, :, None])
        return Batch(
            torch.from_numpy(turned),
            [shard.text(number) for shard, number in lines],
            [shard.kind(number) for shard, number in lines],
        )
