"""Drawn lines on disk: a folder a shard, read through memory maps.

A shard holds `lines.json` (a row a line: text, kind, face, width and the column where its picture
and its steps begin), `pictures.npy` (48, sum of widths, 3) uint8, `features.npy` (sum of steps,
384) float16, `targets.npy` (sum of steps, 120) float16, and the classes of ours that the teacher
finds likeliest, `classes.npy` (sum of steps, K) int16 with their `logits.npy` float16. There may
be a `tiny.npy` (sum of steps, 160) float16, what PP-OCRv6 tiny's convolutions give; a light shard
has that alone beside the pictures.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from training.camera.picture import Sample

Halves = npt.NDArray[np.float16]
Picture = npt.NDArray[np.uint8]
Steps = npt.NDArray[Any]

TAUGHT = ("features", "targets", "classes", "logits")
"""What the teacher gives; a light shard has none of it."""

PARTS = ("pictures", *TAUGHT, "tiny")

SIGHTS = {"tiny": ("tiny",), "small": ("features", "targets")}
"""What a published reader's keeper looks at: the convolutions', for `small` its neck's too."""


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
    """Write a shard with all that the teacher makes of it, whole or not at all."""
    found: dict[str, list[Steps]] = {
        "features": [one.features for one in lines],
        "targets": [one.target for one in lines],
        "classes": [one.classes for one in lines],
        "logits": [one.logits for one in lines],
    }
    write_parts(folder, [one.sample for one in lines], found)


def write_parts(
    folder: Path, samples: Sequence[Sample], found: Mapping[str, Sequence[Steps]]
) -> None:
    """Write a shard of lines with what is known of their steps, whole or not at all.

    Args:
        folder: The shard.
        samples: Lines.
        found: Names of PARTS to an array a line, (T, ...).
    """
    fresh = folder.with_name(folder.name + ".new")
    fresh.mkdir(parents=True)
    rows, column, step = [], 0, 0
    for one, seen in zip(samples, next(iter(found.values())), strict=True):
        width, steps = one.picture.shape[1], len(seen)
        rows.append([one.text, one.kind, one.face, width, steps, column, step])
        column, step = column + width, step + steps
    np.save(fresh / "pictures.npy", np.concatenate([one.picture for one in samples], 1))
    for name, arrays in found.items():
        np.save(fresh / f"{name}.npy", np.concatenate(arrays))
    (fresh / "lines.json").write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    fresh.rename(folder)


class Shard:
    """One shard, mapped."""

    def __init__(self, folder: Path) -> None:
        self.rows: list[Any] = json.loads((folder / "lines.json").read_text("utf-8"))
        self._maps = {
            name: np.load(folder / f"{name}.npy", mmap_mode="r")
            for name in PARTS
            if (folder / f"{name}.npy").exists()
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

    @property
    def taught(self) -> bool:
        """Whether the teacher has read its lines."""
        return all(name in self._maps for name in TAUGHT)

    def features(self, number: int, eyes: str = "features") -> Halves:
        """(T, C) float16: the teacher's convolutions, or what SIGHTS names, side by side."""
        parts = [self._span(name, number) for name in SIGHTS.get(eyes, (eyes,))]
        span: Halves = np.concatenate(parts, 1) if len(parts) > 1 else parts[0]
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
