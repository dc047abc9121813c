"""`python -m calibration.ranges FOLDER…`: the ranges that a model's 8-bit convolutions need.

Reads the pictures of folders with the layer's reader, its numbers not yet bytes, and measures the
tensors that the role's table `eight_bit` in models.toml names: the least and the largest value of a
run, but for one in 100,000 at either end, and of that the median over all runs. Prints the table;
`--write` puts it there. Measured on pages that no test reads.
"""

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper

from builder.fetch import reader
from builder.graph import convert
from builder.spec import ModelSpec, Range, load_specs
from calibration.recipe import with_ranges
from training.paths import RECIPE, WHEELS
from wenyun.deadline import NEVER, Deadline
from wenyun.documents.reader import Limits
from wenyun.documents.reading import DocumentReader
from wenyun.engine.pipeline import Engine
from wenyun.engine.toolbox import Toolbox
from wenyun.models.manifest import ModelEntry, load_manifest
from wenyun.models.sessions import FloatArray, Session, SessionCache, open_session
from wenyun.options import Options
from wenyun.settings import Settings

BEYOND = 0.001
"""Per cent of values at either end that a range leaves out: a single glare would stretch it."""


class Measuring:
    """A session that keeps the ends of some tensors at every run.

    Args:
        model: Its numbers are no bytes yet.
        names: The tensors.
    """

    def __init__(self, model: bytes, names: Sequence[str]) -> None:
        opened = onnx.load_model_from_string(model)
        self._input, first = opened.graph.input[0].name, opened.graph.output[0].name
        inner = [name for name in names if name not in (self._input, first)]
        opened.graph.output.extend(
            helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in inner
        )
        self._names = [first, *inner]
        self._wanted = names
        self._session = ort.InferenceSession(
            opened.SerializeToString(), providers=["CPUExecutionProvider"]
        )
        self._ends: dict[str, list[Range]] = {name: [] for name in names}

    def run(self, batch: FloatArray, deadline: Deadline = NEVER) -> FloatArray:
        """Run it on (N, 3, H, W) float32."""
        deadline.check()
        found = self._session.run(self._names, {self._input: batch})
        values = {self._input: batch, **dict(zip(self._names, found, strict=True))}
        for name in self._wanted:
            low, high = np.percentile(values[name], [BEYOND, 100 - BEYOND])
            self._ends[name].append((float(low), float(high)))
        first: FloatArray = found[0]
        return first

    def shrink(self) -> None:
        """Nothing is kept for the next run."""

    def ranges(self) -> dict[str, Range]:
        """The median of the ends over all runs, with four digits that count."""
        found = {}
        for name, ends in self._ends.items():
            low, high = np.median(np.array(ends), axis=0)
            found[name] = (float(f"{low:.4g}"), float(f"{high:.4g}"))
        return found


def measured(spec: ModelSpec, models: Path, pictures: Iterable[bytes]) -> Mapping[str, Range]:
    """Read pictures with a layer, one model of it measuring.

    Args:
        spec: The model, and in its `eight_bit` the tensors.
        models: The layer.
        pictures: Files of pages.

    """
    published = reader(spec, WHEELS)(spec.path, spec.sha256)
    session = Measuring(convert(published, spec.role), list(spec.eight_bit))

    def opener(entry: ModelEntry, threads: int) -> Session:
        return session if entry.path.stem == spec.role else open_session(entry, threads)

    # One thread: runs are kept in a list.
    tools = Toolbox(SessionCache(load_manifest(models), 1, opener), 1)
    settings = Settings()
    pages = DocumentReader(Engine(tools), Limits(settings.max_bytes, settings.max_pixels))
    for picture in pictures:
        pages.read(picture, Options(profile="fast"), NEVER)
    return session.ranges()


def main(argv: Sequence[str] | None = None) -> None:
    """Measure, print, and write if asked to."""
    given = _parser().parse_args(argv)
    path = RECIPE / "models.toml"
    spec = next(one for one in load_specs(path) if one.role == given.role)
    files = [file for folder in given.folders for file in sorted(folder.glob("*.png"))]
    found = measured(spec, given.models, (file.read_bytes() for file in files))
    text = with_ranges(path.read_text("utf-8"), given.role, found)
    if given.write:
        path.write_text(text, "utf-8")
    rows = (f'"{name}" = [{low}, {high}]\n' for name, (low, high) in found.items())
    sys.stdout.write(f"[model.eight_bit]\n{''.join(rows)}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="calibration.ranges", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--role", default="detector")
    parser.add_argument("--models", type=Path, default=RECIPE / "build/opt/models")
    parser.add_argument("--write", action="store_true")
    return parser


if __name__ == "__main__":
    main()
