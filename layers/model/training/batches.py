"""Batches of drawn lines: a few shards at a time, lines of one width together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.net.teacher import tensor
from training.shards import SIGHTS, TAUGHT, Shard, shards

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
    `likely` (N, T, K) classes and logits of the teacher, both None where no teacher is asked.
    """

    seen: Any
    target: Any
    likely: tuple[Any, Any] | None
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

    def beside(tensor: Any, axis: int) -> Any:
        return torch.cat([tensor[list(group)] for group in zip(*rows, strict=True)], axis)

    return Batch(
        beside(batch.seen, 3),
        None if batch.target is None else beside(batch.target, 1),
        batch.likely and (beside(batch.likely[0], 1), beside(batch.likely[1], 1)),
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
        source: What of a line is looked at: `pictures`, or the name of stored features.
        steps: Steps that a batch may have in all its lines.
        joined: Share of batches whose lines are joined to lines of two or three times the width
            (as TextConAug does, Li et al. 2022): long lines are rare among those drawn.
        taught: Whether the teacher's reading is wanted, which light shards have not.
    """

    def __init__(
        self, folder: Path, source: str, steps: int, joined: float = 0.0, taught: bool = True
    ) -> None:
        self._joined = joined
        self._taught = taught
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
        """Those that hold what the student looks at and learns from."""
        sight = SIGHTS.get(self._source, (self._source,))
        wanted = [*sight, *(TAUGHT if self._taught else ())]
        return [
            one
            for one in shards(self._folder)
            if all((one / f"{name}.npy").exists() for name in wanted)
        ]

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
        return Batch(
            torch.from_numpy(self._seen(lines)),
            self._target(lines) if self._taught else None,
            self._likely(lines) if self._taught else None,
            [shard.text(number) for shard, number in lines],
            [shard.kind(number) for shard, number in lines],
        )

    def _target(self, lines: list[tuple[Shard, int]]) -> Any:
        stacked = np.stack([shard.target(number) for shard, number in lines])
        return torch.from_numpy(stacked.astype(np.float32))

    def _likely(self, lines: list[tuple[Shard, int]]) -> tuple[Any, Any]:
        likely = [shard.likely(number) for shard, number in lines]
        classes, logits = (np.stack(part) for part in zip(*likely, strict=True))
        return torch.from_numpy(classes.astype(np.int64)), torch.from_numpy(logits)

    def _seen(self, lines: list[tuple[Shard, int]]) -> Any:
        if self._source == "pictures":
            return tensor([shard.picture(number) for shard, number in lines])
        stacked = np.stack([shard.features(number, self._source) for shard, number in lines])
        return np.ascontiguousarray(stacked.astype(np.float32).transpose(0, 2, 1)[:, :, None])
