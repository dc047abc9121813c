"""The cache's text files in memory, split into what is trained on and what is kept back."""

import tomllib
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from training.net.charset import load_characters

Rng = np.random.Generator
HELD_OUT = 50
"""Every so many-th passage is kept for validation and never trained on."""


class Store:
    """Files by name, read when first asked for."""

    def __init__(self, folder: Path, held_out: bool) -> None:
        self._folder = folder
        self._held_out = held_out
        self._files: dict[str, list[str]] = {}

    def lines(self, name: str) -> list[str]:
        """The lines of a file that are on this side of the split."""
        if name not in self._files:
            rows = (self._folder / f"{name}.txt").read_text("utf-8").splitlines()
            self._files[name] = [
                row for number, row in enumerate(rows) if (number % HELD_OUT == 7) == self._held_out
            ]
        return self._files[name]

    def pick(self, rng: Rng, name: str) -> str:
        """One line of a file."""
        rows = self.lines(name)
        return rows[int(rng.integers(len(rows)))]

    @cached_property
    def _chances(self) -> tuple[list[str], Any]:
        rows = [row.split("\t") for row in self.lines("words_zh")]
        # The square root lets common words be common and rare ones be seen.
        weights = np.sqrt([float(count) for _, count in rows])
        return [word for word, _ in rows], np.cumsum(weights / weights.sum())

    def word(self, rng: Rng) -> str:
        """A Chinese word, often a common one."""
        words, chances = self._chances
        return words[int(np.searchsorted(chances, rng.random()))]

    @cached_property
    def characters(self) -> list[str]:
        """Every Han character that is read."""
        return [one for one in load_characters() if "\u4e00" <= one <= "\u9fff"]

    @cached_property
    def material(self) -> Any:
        """Words of material.toml."""
        text = Path(__file__).with_name("material.toml").read_text("utf-8")
        return tomllib.loads(text)


def pick(rng: Rng, items: list[str] | str) -> str:
    """One of the items."""
    return items[int(rng.integers(len(items)))]


def digits(rng: Rng, count: int) -> str:
    """So many random digits."""
    return "".join(map(str, rng.integers(0, 10, count)))
