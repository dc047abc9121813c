"""Wheels and models made on the spot, for the layer's builder."""

import hashlib
import zipfile
from pathlib import Path

import onnx
from onnx import TensorProto, helper

from builder.spec import ModelSpec

REQUIREMENT = "some-weights==1.2.3"
WHEEL = "some_weights-1.2.3-py3-none-any.whl"
KEYS = "甲\n乙\n丙\n"


def small_model(**metadata: str) -> bytes:
    """A model that doubles its input."""
    shape: list[str | int | None] = ["n", 3, "h", "w"]
    graph = helper.make_graph(
        [helper.make_node("Add", ["x", "x"], ["y"])],
        "small",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, shape)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)
    helper.set_model_props(model, metadata)
    return bytes(model.SerializeToString())


def make_wheel(cache: Path, files: dict[str, bytes], name: str = WHEEL) -> Path:
    """A wheel of these files in the cache."""
    cache.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(cache / name, "w") as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return cache / name


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def spec(
    role: str,
    path: str,
    data: bytes,
    charset: str | None = None,
    charset_sha256: str | None = None,
    append: tuple[str, ...] = (),
) -> ModelSpec:
    """What `models.toml` would say of a file."""
    runtime = {"name": role, "kind": "detector", "licence": "Apache-2.0", "mean": 1.0, "scale": 1.0}
    return ModelSpec(
        role, REQUIREMENT, path, sha256(data), charset, charset_sha256, append, runtime
    )


def tree(folder: Path) -> dict[str, bytes]:
    """Every file under a folder by its path in it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def reloaded(data: bytes) -> onnx.GraphProto:
    """The graph of a model's bytes."""
    return onnx.load_model_from_string(data).graph
