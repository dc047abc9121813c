"""A file that our training exported, as an entry of a layer that need not be built for it."""

import hashlib
import json
import tempfile
from pathlib import Path

from builder.layout import build_layer
from builder.spec import ModelSpec
from wenyun.models.manifest import ModelEntry, load_manifest

SHAPE = {"height": 48, "width_stride": 8, "blank": 0, "channels": "bgr"}
LEVELS = {"mean": 127.5, "scale": 1 / 127.5}


def entry_of(file: Path, folder: Path) -> ModelEntry:
    """Build a layer of one recogniser below a folder.

    Raises:
        LayerError: When the builder or onnxruntime refuses the file.

    """
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    runtime = {"name": file.stem, "kind": "recogniser", "licence": "Apache-2.0", **SHAPE, **LEVELS}
    roles = [
        ModelSpec(
            role, None, file.name, digest, "metadata:character", None, (" ",), runtime, file.parent
        )
        for role in ("recogniser", "detector")
    ]
    out = Path(tempfile.mkdtemp(dir=folder)) / "layer"
    models = build_layer(roles, folder, out)
    assert json.loads((models / "manifest.json").read_text("utf-8"))["models"]
    return load_manifest(models).entry("recogniser")
