"""Which faces the fetched files hold, and which of our characters each can draw."""

import hashlib
import re
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTCollection, TTFont
from PIL import ImageFont

from training.fonts.names import is_taboo

SUFFIXES = (".ttf", ".otf", ".ttc", ".woff", ".woff2")
SPLIT = re.compile(
    r"(?P<name>.+?)-(?P<part>latin-ext|latin|chinese-simplified|japanese|\d+)"
    r"-(?P<weight>\d+)-(?P<style>normal|italic)\.woff$"
)
"""How npm packages name the parts of a font that is cut up by script."""

NUMBERED = re.compile(r"(?P<name>MiSans(TC)?-(Light|Regular|Bold))\.\d+\.woff2$")
"""Another way of cutting."""

WEIGHTS = ("300", "400", "700", "900")
LEAST = 60
"""Faces that draw fewer of our characters are left out."""

Row = dict[str, Any]


def scan(folder: Path, listed: dict[str, Any], characters: list[str]) -> list[Row]:
    """List the faces below a folder.

    Returns:
        A row a face: `name`, `family`, `kind` (print, hand, display), `parts` (file below
        the folder, index, characters), `han` (how many Han characters) and `sha256` of the files.
    """
    rows = []
    for name, parts in _groups(folder, listed["skip"]):
        row = _row(name, parts, listed, set(characters))
        if row is not None:
            for part in row["parts"]:
                part["file"] = str(Path(part["file"]).relative_to(folder))
            rows.append(row)
    return sorted(rows, key=lambda row: str(row["name"]))


def _groups(folder: Path, skip: list[str]) -> Iterator[tuple[str, list[tuple[Path, int]]]]:
    split: dict[str, list[tuple[Path, int]]] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in SUFFIXES or any(fnmatch(str(path), one) for one in skip):
            continue
        if found := SPLIT.match(path.name):
            if found["weight"] in WEIGHTS and (found["style"], found["weight"]) != (
                "italic",
                "300",
            ):
                key = f"{found['name']}-{found['weight']}-{found['style']}"
                split.setdefault(key, []).append((path, 0))
        elif numbered := NUMBERED.match(path.name):
            split.setdefault(numbered["name"], []).append((path, 0))
        elif not path.suffix.startswith(".woff"):
            faces = len(TTCollection(path).fonts) if path.suffix.lower() == ".ttc" else 1
            for index in range(faces):
                yield f"{path.stem}#{index}" if index else path.stem, [(path, index)]
    yield from split.items()


def _row(
    name: str, files: list[tuple[Path, int]], listed: dict[str, Any], wanted: set[str]
) -> Row | None:
    family, left = "", set(wanted)
    parts: list[Row] = []
    for path, index in files:
        try:
            with TTFont(path, fontNumber=index, lazy=True) as font:
                family = family or str(font["name"].getBestFamilyName() or name)
                has = {chr(code) for code in font.getBestCmap() or {}} & left
            drawn = sorted(one for one in has if _draws(path, index, one))
        except Exception as error:  # noqa: BLE001  a font that does not open is no font
            print(f"fonts: {path.name} is left out: {error}", file=sys.stderr)
            continue
        left -= set(drawn)
        if drawn:
            parts.append({"file": str(path), "index": index, "characters": "".join(drawn)})
    count = len(wanted) - len(left)
    if count < LEAST or any(is_taboo(one, listed["taboo"]) for one in (family, name)):
        return None
    return {
        "name": name,
        "family": family,
        "kind": _kind(f"{name} {family}".lower(), listed),
        "parts": parts,
        "han": sum(len(_han(part["characters"])) for part in parts),
        "sha256": [hashlib.sha256(Path(p["file"]).read_bytes()).hexdigest() for p in parts],
    }


def _han(characters: str) -> list[str]:
    return [one for one in characters if "\u4e00" <= one <= "\u9fff"]


def _kind(name: str, listed: dict[str, Any]) -> str:
    for kind in ("hand", "display"):
        if any(one in name for one in listed[kind]):
            return kind
    return "print"


_OPEN: dict[tuple[Path, int], ImageFont.FreeTypeFont] = {}


def _draws(path: Path, index: int, character: str) -> bool:
    """Whether the glyph has ink; only a space may have none."""
    if (path, index) not in _OPEN:
        _OPEN.clear()
        _OPEN[path, index] = ImageFont.truetype(
            str(path), 12, index=index, layout_engine=ImageFont.Layout.BASIC
        )
    return character.isspace() or _OPEN[path, index].getmask(character).getbbox() is not None
