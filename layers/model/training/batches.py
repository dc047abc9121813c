"""Batches of drawn lines: a few shards at a time, lines of one width together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.net.charset import load_characters
from training.net.teacher import tensor
from training.shards import Shard, shards

POOL = 6
"""Shards that are mixed with each other."""

FIRST_WIDE = "\u2e80"
"""Characters before this one stand in words that are parted by spaces."""

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


def join(batch: Batch, parts: int) -> Batch:
    """Lines set side by side, `parts` to a line; what does not make a whole line is left out."""
    count = len(batch.texts) // parts
    groups = [range(part * count, (part + 1) * count) for part in range(parts)]

    def beside(tensor: Any, axis: int) -> Any:
        return torch.cat([tensor[group.start : group.stop] for group in groups], axis)

    texts = [run_on([batch.texts[one] for one in row]) for row in zip(*groups, strict=True)]
    return Batch(
        beside(batch.seen, 3),
        beside(batch.target, 1),
        (beside(batch.likely[0], 1), beside(batch.likely[1], 1)),
        texts,
        batch.kinds[:count],
        [classes_of(text) for text in texts],
    )


def run_on(texts: Sequence[str]) -> str:
    """What lines say that stand side by side: between two Latin words there is a space."""
    whole = texts[0]
    for text in texts[1:]:
        latin = max(whole[-1:], text[:1]) < FIRST_WIDE
        whole += f" {text}" if latin else text
    return whole


def classes_of(text: str) -> list[int]:
    """The classes of a text's characters."""
    places = class_places()
    return [places[one] for one in text]


@cache
def class_places() -> dict[str, int]:
    """Character to class."""
    return {one: number + 1 for number, one in enumerate(load_characters())}


class Batches:
    """Endless batches over the shards of a folder, which may still be filling up.

    Args:
        folder: The shards of a split.
        source: What of a line is looked at: `pictures`, or the name of stored features.
        steps: Steps that a batch may have in all its lines.
        joined: Share of batches whose lines are joined to lines of two or three times the width
            (as TextConAug does, Li et al. 2022): long lines are rare among those drawn.
    """

    def __init__(self, folder: Path, source: str, steps: int, joined: float = 0.0) -> None:
        self._joined = joined
        self._folder = folder
        self._source = source
        self._steps = steps

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
                batch = self._batch(plan[place])
                wanted = 2 + int(rng.integers(2)) if rng.random() < self._joined else 1
                yield join(batch, wanted) if len(batch.texts) >= wanted > 1 else batch

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
            [classes_of(text) for text in texts],
        )

    def _seen(self, lines: list[tuple[Shard, int]]) -> Any:
        if self._source == "pictures":
            return tensor([shard.picture(number) for shard, number in lines])
        stacked = np.stack([shard.features(number, self._source) for shard, number in lines])
        return np.ascontiguousarray(stacked.astype(np.float32).transpose(0, 2, 1)[:, :, None])
