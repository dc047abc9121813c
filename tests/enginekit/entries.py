"""Entries of a manifest, as JSON and as the runtime sees them."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from wenyun.models.manifest import Manifest, ModelEntry

ITEM: dict[str, Any] = {
    "name": "A model",
    "kind": "recogniser",
    "file": "model.onnx",
    "input": "x",
    "output": "y",
    "mean": 127.5,
    "scale": 1 / 127.5,
}

ENTRY = ModelEntry(
    role="recogniser",
    name="A model",
    kind="recogniser",
    path=Path("model.onnx"),
    input="x",
    output="y",
    channels="bgr",
    mean=(127.5, 127.5, 127.5),
    scale=(1 / 127.5, 1 / 127.5, 1 / 127.5),
    height=32,
    width=None,
    width_stride=4,
    blank=0,
    charset=None,
    drops_spaces=False,
)


def entry(role: str = "recogniser", **changes: Any) -> ModelEntry:
    """An entry for the role; the kind follows from it."""
    kind = {"recogniser": "recogniser", "second": "recogniser"}.get(role, "detector")
    return replace(ENTRY, **{"role": role, "kind": kind, "name": f"the {role}", **changes})


def manifest(*entries: ModelEntry) -> Manifest:
    """A manifest of these entries."""
    return Manifest(Path("layer"), {one.role: one for one in entries})


def write_manifest(folder: Path, **models: dict[str, Any]) -> Path:
    """Write `manifest.json` with these models into the folder."""
    text = json.dumps({"version": 1, "models": models})
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    return folder
