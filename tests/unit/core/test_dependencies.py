"""Nothing imports what stands above it: the folders are the architecture."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.enginekit.layer import ROOT

HOME = ROOT / "functions/ocr"
LEVELS = {
    "errors": -1,
    "collector": 0,
    "version": 0,
    "result": 0,
    "observe": 1,
    "settings": 0,
    "options": 1,
    "values": 0,
    "listening": 1,
    "connections": 2,
    "deadline": 0,
    "models": 1,
    "stores": 2,
    "engine": 2,
    "documents": 3,
    "exports": 4,
    "jobs": 5,
    "wiring": 6,
    "triggers": 6,
    "api": 6,
    "cli": 7,
    "serving": 7,
    "server": 8,
    "worker": 7,
    "handler": 7,
}
"""Part to level; a part imports itself and what stands below it."""

FORBIDDEN = {
    "models": {"fastapi", "starlette", "pydantic", "mangum", "boto3", "PIL", "cv2", "tqdm"},
    "engine": {"fastapi", "starlette", "pydantic", "mangum", "boto3", "PIL", "onnxruntime", "tqdm"},
    "documents": {"fastapi", "starlette", "pydantic", "mangum", "boto3", "onnxruntime"},
    "exports": {"fastapi", "starlette", "pydantic", "mangum", "boto3", "onnxruntime", "cv2"},
    "stores": {"fastapi", "starlette", "pydantic", "mangum", "onnxruntime", "PIL", "cv2"},
    "jobs": {
        "fastapi",
        "starlette",
        "pydantic",
        "mangum",
        "boto3",
        "sqlite3",
        "onnxruntime",
        "cv2",
    },
    "triggers": {"fastapi", "starlette", "pydantic", "mangum", "onnxruntime", "cv2"},
    "api": {"boto3", "onnxruntime", "cv2"},
}
"""Packages that a part must not know."""

SIDEWAYS = {("triggers", "api"), ("api", "triggers"), ("models", "stores"), ("engine", "exports")}
"""Parts of one level, and neighbours, that know nothing of each other."""


def modules() -> list[Path]:
    return sorted([*HOME.glob("wenyun/**/*.py"), HOME / "handler.py"])


def imported(path: Path) -> Iterator[str]:
    """Every module that a file names in an import, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield node.module or ""
            if node.module == "wenyun":
                yield from (f"wenyun.{alias.name}" for alias in node.names)


def part_of(path: Path) -> str:
    """`wenyun/api/app.py` is of `api`, `wenyun/cli_draw.py` of `cli`."""
    inner = path.relative_to(HOME).with_suffix("").parts
    name = inner[1] if inner[0] == "wenyun" and len(inner) > 1 else inner[0]
    return name.partition("_")[0]


def parts_imported(path: Path) -> set[str]:
    names = [name.split(".") for name in imported(path)]
    return {name[1].partition("_")[0] for name in names if name[0] == "wenyun" and len(name) > 1}


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(HOME)))
def test_imports_point_down(path: Path) -> None:
    part = part_of(path)
    if path.parent.name == "wenyun" and path.stem == "__init__":
        assert parts_imported(path) <= {"version"}
        return
    for other in parts_imported(path) - {part}:
        assert LEVELS[other] < LEVELS[part], f"{part} imports {other}"
        assert (part, other) not in SIDEWAYS, f"{part} imports {other}"


def test_every_part_has_its_level() -> None:
    found = {part_of(path) for path in modules()} - {""}
    assert found - {"__init__", ""} <= set(LEVELS), found - set(LEVELS)
    assert set(LEVELS) <= found


@pytest.mark.parametrize("part", FORBIDDEN)
def test_what_a_part_must_not_know(part: str) -> None:
    for path in HOME.glob(f"wenyun/{part}/**/*.py"):
        known = {name.partition(".")[0] for name in imported(path)}
        assert not known & FORBIDDEN[part], path


def test_the_runtime_knows_neither_the_builder_nor_the_tests() -> None:
    for path in modules():
        assert not {"builder", "tests", "onnx"} & {n.partition(".")[0] for n in imported(path)}


def test_nothing_below_the_edges_can_download() -> None:
    clients = {"urllib", "http", "socket", "ssl", "requests", "httpx", "aiohttp", "boto3"}
    for part in ("models", "engine", "documents", "exports"):
        for path in HOME.glob(f"wenyun/{part}/**/*.py"):
            assert not clients & {name.partition(".")[0] for name in imported(path)}, path


def test_only_one_place_opens_models() -> None:
    opening = [path.name for path in modules() if "onnxruntime" in set(imported(path))]
    assert opening == ["sessions.py"]


def test_the_builder_stands_alone() -> None:
    """It knows what it needs and nothing of the runtime, which never runs in the build."""
    own = {"builder", "numpy", "onnx", "onnxruntime", "google"}
    for path in (ROOT / "layers/model/builder").glob("*.py"):
        for name in imported(path):
            top = name.partition(".")[0]
            assert top in own or top in sys.stdlib_module_names, f"{path.name} imports {name}"


def test_the_picture_of_the_levels_is_the_documented_one() -> None:
    """docs/architecture.md has a row a part, each with what it may import."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rows = {
        cells[1].strip(" `/"): {name.strip(" `/") for name in cells[3].split(",")}
        for line in text.splitlines()
        if re.match(r"\| `\w+` \|", line) and len(cells := line.split("|")) == 5
    }
    assert set(rows) == set(LEVELS)
    for path in modules():
        part = part_of(path)
        if part in LEVELS:
            assert parts_imported(path) - {part} <= rows[part], path


def test_training_knows_the_builder_and_nothing_of_the_runtime() -> None:
    """It runs in an environment of its own; nothing of the product imports it."""
    for path in (ROOT / "layers/model/training").rglob("*.py"):
        tops = {name.partition(".")[0] for name in imported(path)}
        assert not tops & {"wenyun", "tests"}, path.name
    for folder in ("functions/ocr", "layers/model/builder"):
        for path in (ROOT / folder).rglob("*.py"):
            assert "training" not in {name.partition(".")[0] for name in imported(path)}, path.name
