"""The tree that stands under /opt, written whole or not at all."""

import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import onnx
import onnxruntime as ort

from builder.charset import charset_text
from builder.fetch import read_file, reader
from builder.graph import convert
from builder.spec import FileSpec, ModelSpec

MANIFEST_VERSION = 1


def build_layer(
    specs: list[ModelSpec], cache: Path, out: Path, files: Sequence[FileSpec] = ()
) -> Path:
    """Build the layer.

    Args:
        specs: What `models.toml` names.
        cache: Folder for downloaded wheels.
        out: Folder that becomes the layer: `out/opt/models/...`.
        files: What it names beside models.

    Returns:
        The folder that holds the manifest.

    Raises:
        LayerError: Naming the file to blame; `out` is then as it was.
    """
    fresh = out.with_name(out.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        _fill(fresh / "opt/models", specs, cache, files)
        shutil.rmtree(out, ignore_errors=True)
        fresh.rename(out)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return out / "opt/models"


def _fill(models: Path, specs: list[ModelSpec], cache: Path, files: Sequence[FileSpec]) -> None:
    models.mkdir(parents=True)
    entries = {spec.role: _place(spec, cache, models) for spec in specs}
    manifest = {"version": MANIFEST_VERSION, "onnxruntime": ort.__version__, "models": entries}
    if files:
        manifest["files"] = {one.role: _copy(one, models) for one in files}
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (models / "manifest.json").write_text(text + "\n", encoding="utf-8")


def _copy(spec: FileSpec, models: Path) -> dict[str, str]:
    data = read_file(spec.folder, spec.path, spec.sha256)
    name = f"{spec.role}{Path(spec.path).suffix}"
    (models / name).write_bytes(data)
    return {"file": name, "sha256": spec.sha256, "licence": spec.licence}


def _place(spec: ModelSpec, cache: Path, models: Path) -> dict[str, Any]:
    read = reader(spec, cache)
    published = read(spec.path, spec.sha256)
    converted = convert(published, spec.role, spec.eight_bit)
    (models / f"{spec.role}.onnx").write_bytes(converted)
    entry = {
        **spec.runtime,
        "file": f"{spec.role}.onnx",
        "sha256": hashlib.sha256(converted).hexdigest(),
        "onnxruntime": ort.__version__,
        "source": spec.source,
        **_ends(converted),
    }
    if (text := charset_text(spec, read, published)) is not None:
        (models / f"{spec.role}.txt").write_text(text, encoding="utf-8", newline="")
        entry["charset"] = f"{spec.role}.txt"
    return entry


def _ends(model: bytes) -> dict[str, str]:
    graph = onnx.load_model_from_string(model).graph
    return {"input": graph.input[0].name, "output": graph.output[0].name}
