"""Drawn lines on disk: a folder a shard, read through memory maps.

A shard holds `lines.json` (a row a line: text, kind, face, width and the column where its picture
and its steps begin), `pictures.npy` (48, sum of widths, 3) uint8, and what published readers see,
float16: `tiny.npy` (sum of steps, 160), what PP-OCRv6 tiny's convolutions give, `features.npy`
(sum of steps, 384), what those of PP-OCRv6 small give, and `targets.npy` (sum of steps, 120), its
neck. A light shard has `tiny.npy` alone beside the pictures. Other files are left alone.
"""

import json
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from training.camera.picture import Sample

Halves = npt.NDArray[np.float16]
Picture = npt.NDArray[np.uint8]

SIGHTS = {"tiny": ("tiny",), "small": ("features", "targets")}
"""What a published reader's keeper looks at: the convolutions', for `small` its neck's too."""

PARTS = ("pictures", *chain(*SIGHTS.values()))


def write_shard(
    folder: Path, samples: Sequence[Sample], found: Mapping[str, Sequence[Halves]]
) -> None:
    """Write a shard of lines with what is seen of their steps, whole or not at all.

    Args:
        folder: The shard.
        samples: Lines.
        found: Names of SIGHTS to an array a line, (T, C).
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

    def seen(self, number: int, reader: str) -> Halves:
        """(T, C) float16: what a published reader sees, all that SIGHTS names side by side."""
        return np.concatenate([self._span(name, number) for name in SIGHTS[reader]], 1)

    def _span(self, name: str, number: int) -> Halves:
        _, _, _, _, steps, _, step = self.rows[number]
        return np.asarray(self._maps[name][step : step + steps])


def shards(folder: Path, reader: str | None = None) -> list[Path]:
    """The finished shards of a folder, oldest first; only those that a reader has seen if given."""
    found = (one for one in folder.glob("*") if one.is_dir() and one.suffix != ".new")
    wanted = SIGHTS[reader] if reader else ()
    return sorted(one for one in found if all((one / f"{name}.npy").exists() for name in wanted))
