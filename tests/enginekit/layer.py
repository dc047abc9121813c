"""The built layer, and tests that cannot do without it."""

import os
from pathlib import Path

import pytest

from wenyun.settings import find_model_dir

ROOT = Path(__file__).resolve().parents[2]
RECIPE = ROOT / "layers/model"
BUILT = RECIPE / "build"
WHEELS = RECIPE / ".cache"
MODELS = find_model_dir(os.environ)

needs_layer = pytest.mark.skipif(
    not (MODELS / "manifest.json").is_file(), reason=f"no model layer in {MODELS}: run `make layer`"
)
needs_build = pytest.mark.skipif(
    not (WHEELS.is_dir() and (BUILT / "opt/models/manifest.json").is_file()),
    reason="the layer was not built in this checkout: run `make layer`",
)
