"""Drawn lines on disk: a folder a shard, read through memory maps.

A shard holds `lines.json` (a row a line: text, kind, face, width and the column where its picture
and its steps begin), `pictures.npy` (48, sum of widths, 3) uint8, `features.npy` (sum of steps,
384) float16, `targets.npy` (sum of steps, 120) float16, and the classes of ours that the teacher
finds likeliest, `classes.npy` (sum of steps, K) int16 with their `logits.npy` float16. There may
be a `tiny.npy` (sum of steps, 160) float16, what PP-OCRv6 tiny's convolutions give.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from training.camera.picture import Sample

Halves = npt.NDArray[np.float16]
Picture = npt.NDArray[np.uint8]


PARTS = ("pictures", "features", "targets", "classes", "logits")
MORE = ("tiny",)
"""What `training.look` adds."""


@dataclass(frozen=True, slots=True)
class Read:
    """A drawn line with what the teacher makes of it.

    (T, 384) features, (T, 120) neck, (T, K) likeliest classes and their logits.
    """

    sample: Sample
    features: Halves
    target: Halves
    classes: npt.NDArray[np.int16]
    logits: Halves


def write_shard(folder: Path, lines: Sequence[Read]) -> None:
    """Write a shard whole or not at all."""
    fresh = folder.with_name(folder.name + ".new")
    fresh.mkdir(parents=True)
    rows, column, step = [], 0, 0
    for one in lines:
        width, steps = one.sample.picture.shape[1], len(one.target)
        rows.append([one.sample.text, one.sample.kind, one.sample.face, width, steps, column, step])
        column, step = column + width, step + steps
    pictures = np.concatenate([one.sample.picture for one in lines], 1)
    np.save(fresh / "pictures.npy", pictures)
    np.save(fresh / "features.npy", np.concatenate([one.features for one in lines]))
    np.save(fresh / "targets.npy", np.concatenate([one.target for one in lines]))
    np.save(fresh / "classes.npy", np.concatenate([one.classes for one in lines]))
    np.save(fresh / "logits.npy", np.concatenate([one.logits for one in lines]))
    (fresh / "lines.json").write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    fresh.rename(folder)


class Shard:
    """One shard, mapped."""

    def __init__(self, folder: Path) -> None:
        self.rows: list[Any] = json.loads((folder / "lines.json").read_text("utf-8"))
        self._maps = {
            name: np.load(folder / f"{name}.npy", mmap_mode="r")
            for name in (*PARTS, *MORE)
            if name in PARTS or (folder / f"{name}.npy").exists()
        }

    def __len__(self) -> int:
        return len(self.rows)

    def text(self, number: int) -> str:
        """What a line says."""
        return str(self.rows[number][0])

    def kind(self, number: int) -> str:
        """What kind of text it is."""
        return str(self.rows[number][1])

    def steps(self, number: int) -> int:
        """How many steps a line has."""
        return int(self.rows[number][4])

    def picture(self, number: int) -> Picture:
        """(48, W, 3) uint8 BGR."""
        _, _, _, width, _, column, _ = self.rows[number]
        return np.asarray(self._maps["pictures"][:, column : column + width])

    def features(self, number: int, eyes: str = "features") -> Halves:
        """(T, 384) float16: the teacher's convolutions; or (T, 160) those of PP-OCRv6 `tiny`."""
        span: Halves = self._span(eyes, number)
        return span

    def target(self, number: int) -> Halves:
        """(T, 120) float16: the teacher's neck."""
        span: Halves = self._span("targets", number)
        return span

    def likely(self, number: int) -> tuple[npt.NDArray[np.int16], Halves]:
        """(T, K) classes that the teacher finds likeliest, and their logits."""
        return self._span("classes", number), self._span("logits", number)

    def _span(self, name: str, number: int) -> Any:
        _, _, _, _, steps, _, step = self.rows[number]
        return np.asarray(self._maps[name][step : step + steps])


def shards(folder: Path) -> list[Path]:
    """The finished shards of a folder, oldest first."""
    return sorted(one for one in folder.glob("*") if one.is_dir() and one.suffix != ".new")
