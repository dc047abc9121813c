"""The fonts of `fonts.toml`: where they are, and which characters each can draw."""

import os
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import ImageFont

HERE = Path(__file__).parent
NOWHERE = "\U0010fffd"
"""A character that no font has: it shows the glyph drawn for missing ones."""


class FontMissingError(RuntimeError):
    """A font file is not on this machine; the message says what installs it."""


@dataclass(frozen=True, slots=True)
class Face:
    """One typeface; equal faces draw equally."""

    name: str
    path: str
    index: int

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """The face at so many pixels an em."""
        return _open(self.path, self.index, size)

    def covers(self, text: str) -> bool:
        """Whether every character of the text has a glyph."""
        return all(_has(self, char) for char in text if not char.isspace())


@cache
def table() -> dict[str, dict[str, Any]]:
    """`fonts.toml` as it stands: `roles` and `fonts`."""
    return tomllib.loads((HERE / "fonts.toml").read_text("utf-8"))


def faces(role: str) -> list[Face]:
    """The faces of a role, in the order of the table."""
    names = table()["roles"][role]
    return [face(name) for name in names]


@cache
def face(name: str) -> Face:
    """A face by its name in the table.

    Raises:
        FontMissingError: When its file is not installed.

    """
    entry = table()["fonts"][name]
    found = _files().get(str(entry["file"]))
    if found is None:
        raise FontMissingError(
            f"{entry['file']} is missing: it comes with {entry['package']} "
            "(`bash tests/scenes/fonts.sh` installs every font of the scenes)"
        )
    return Face(name, found, int(entry["index"]))


def choose(rng: np.random.Generator, role: str, texts: Iterable[str]) -> Face:
    """A face of the role that has every character of the texts.

    Raises:
        LookupError: When no face of the role covers them.

    """
    text = "".join(texts)
    fit = [one for one in faces(role) if one.covers(text)]
    if not fit:
        raise LookupError(f"no {role} font draws all of {text!r}")
    return fit[int(rng.integers(len(fit)))]


@cache
def _files() -> dict[str, str]:
    wanted = {str(entry["file"]) for entry in table()["fonts"].values()}
    return {
        name: str(Path(folder) / name)
        for root in _roots()
        for folder, _, names in os.walk(root)
        for name in names
        if name in wanted
    }


def _roots() -> list[Path]:
    tests = HERE.parent
    return [
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
        tests.parent / ".tools/fonts",
        tests / "fonts/node_modules",
    ]


@cache
def _open(path: str, index: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, index=index, layout_engine=ImageFont.Layout.BASIC)


@cache
def _has(one: Face, char: str) -> bool:
    drawn = _ink(one, char)
    return any(drawn[1]) and drawn != _ink(one, NOWHERE)


@cache
def _ink(one: Face, char: str) -> tuple[tuple[int, int], bytes]:
    mask = one.at(24).getmask(char)
    return mask.size, bytes(mask)
