"""Batches of drawn lines: a few shards at a time, lines of one width together."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.net.charset import load_characters
from training.net.teacher import tensor
from training.shards import Shard, shards

POOL = 6
"""Shards that are mixed with each other."""

MOST = 64
"""Lines in a batch, however short."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines of one width.

    `seen` is (N, C, 1, T) features or (N, 3, 48, W) pictures, `target` (N, T, 120) float32,
    `likely` (N, T, K) classes and logits of the teacher; `classes` are those of each text.
    """

    seen: Any
    target: Any
    likely: tuple[Any, Any]
    texts: list[str]
    kinds: list[str]
    classes: list[list[int]]


class Batches:
    """Endless batches over the shards of a folder, which may still be filling up."""

    def __init__(self, folder: Path, source: str, steps: int) -> None:
        self._folder = folder
        self._source = source
        self._steps = steps
        self._classes = {one: number + 1 for number, one in enumerate(load_characters())}

    def endless(self, rng: np.random.Generator) -> Iterator[Batch]:
        """Batches by chance for ever.

        Raises:
            FileNotFoundError: When there is no shard.
        """
        while True:
            found = self._shards()
            if not found:
                raise FileNotFoundError(f"{self._folder} holds no shard: run `make train-data`")
            picked = rng.permutation(len(found))[:POOL]
            pool = [Shard(found[number]) for number in picked]
            plan = list(self._plan(pool, rng))
            for place in rng.permutation(len(plan)):
                yield self._batch(plan[place])

    def once(self) -> Iterator[Batch]:
        """Every line once, in order."""
        for folder in self._shards():
            for lines in self._plan([Shard(folder)], None):
                yield self._batch(lines)

    def _shards(self) -> list[Path]:
        """Those that hold what the student looks at."""
        return [one for one in shards(self._folder) if (one / f"{self._source}.npy").exists()]

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
        texts = [shard.text(number) for shard, number in lines]
        target = np.stack([shard.target(number) for shard, number in lines]).astype(np.float32)
        likely = [shard.likely(number) for shard, number in lines]
        classes, logits = (np.stack(part) for part in zip(*likely, strict=True))
        return Batch(
            torch.from_numpy(self._seen(lines)),
            torch.from_numpy(target),
            (torch.from_numpy(classes.astype(np.int64)), torch.from_numpy(logits)),
            texts,
            [shard.kind(number) for shard, number in lines],
            [[self._classes[one] for one in text] for text in texts],
        )

    def _seen(self, lines: list[tuple[Shard, int]]) -> Any:
        if self._source == "pictures":
            return tensor([shard.picture(number) for shard, number in lines])
        stacked = np.stack([shard.features(number, self._source) for shard, number in lines])
        return np.ascontiguousarray(stacked.astype(np.float32).transpose(0, 2, 1)[:, :, None])
