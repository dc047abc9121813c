"""Faces of the index: chosen by what a line needs, drawn a line at a time."""

import json
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import ImageFont

from training.paths import FONTS

Mask = npt.NDArray[np.uint8]
HELD_OUT = 11
"""Every so many-th family is kept for validation and never trained on."""


@lru_cache(maxsize=4096)
def _open(path: str, index: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, index=index, layout_engine=ImageFont.Layout.BASIC)


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface, perhaps in several files, each with characters of its own."""

    name: str
    family: str
    kind: str
    han: int
    parts: tuple[tuple[str, int, frozenset[str]], ...]
    home: dict[str, int] = field(repr=False)
    """Character to the part that draws it."""

    def covers(self, text: str) -> bool:
        """Whether every character has a glyph; spaces need none."""
        return all(one in self.home or one == " " for one in text)

    def runs(self, text: str, size: int) -> list[tuple[ImageFont.FreeTypeFont, str]]:
        """The text cut where another file has to draw on."""
        cut: list[tuple[int, str]] = []
        for one in text:
            part = self.home.get(one, cut[-1][0] if cut else 0)
            if cut and cut[-1][0] == part:
                cut[-1] = (part, cut[-1][1] + one)
            else:
                cut.append((part, one))
        return [(_open(*self.parts[part][:2], size), run) for part, run in cut]


class Faces:
    """All faces, split into those trained on and those kept for validation."""

    def __init__(self, rows: list[dict[str, Any]], held_out: bool, folder: Path = Path()) -> None:
        families = sorted({str(row["family"]) for row in rows})
        kept = {family for number, family in enumerate(families) if number % HELD_OUT == 5}
        rows = [row for row in rows if (row["family"] in kept) == held_out]
        self.faces = [_face(row, folder) for row in rows]
        self._weights = np.array([_weight(face) for face in self.faces])
        self._bits: dict[str, npt.NDArray[np.bool_]] = {}

    def choose(self, rng: np.random.Generator, text: str, hand: bool) -> Face | None:
        """A face that covers the text; Han faces count more, handwriting when asked for."""
        fit = np.ones(len(self.faces), np.bool_)
        for one in set(text) - {" "}:
            fit &= self._covering(one)
        weights = self._weights * fit
        if hand:
            written = np.array([face.kind == "hand" for face in self.faces]) * fit
            weights = written.astype(np.float64) if written.any() else weights
        if not (total := float(np.sum(weights))):
            return None
        return self.faces[int(np.searchsorted(np.cumsum(weights) / total, rng.random()))]

    def _covering(self, character: str) -> npt.NDArray[np.bool_]:
        if character not in self._bits:
            self._bits[character] = np.array([character in one.home for one in self.faces])
        return self._bits[character]


def load_faces(held_out: bool = False, index: Path = FONTS / "index.json") -> Faces:
    """The faces of the cache.

    Raises:
        FileNotFoundError: When `make train-setup` has not run.
    """
    return Faces(json.loads(index.read_text("utf-8")), held_out, index.parent)


def _face(row: dict[str, Any], folder: Path) -> Face:
    parts = tuple(
        (str(folder / part["file"]), part["index"], frozenset(part["characters"]))
        for part in row["parts"]
    )
    home = {one: number for number, part in enumerate(parts) for one in part[2]}
    return Face(row["name"], row["family"], row["kind"], row["han"], parts, home)


def _weight(face: Face) -> float:
    """How often a face is drawn with: many Latin faces must not crowd out the Chinese ones."""
    if face.kind == "hand":
        return 1.0
    if face.han > 3000:
        return 6.0 if face.han > 6000 else 2.5
    return 0.4 if face.kind == "display" else 1.0
