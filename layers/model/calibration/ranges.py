"""`python -m calibration.ranges FOLDER…`: what a model's 8-bit convolutions have to know.

Reads the pictures of folders with the layer's reader, its numbers not yet bytes, and measures the
tensors that the role's table `eight_bit` in models.toml names, or those of all dense convolutions
where it has none: the least and the largest value of a run, but for one in 100,000 at either end,
and of that the median over all runs; and of what goes into a convolution the mean of each channel.
Prints the table; `--write` puts it there, and the means into `weights/ROLE_means.npz`. Measured on
pages that no test reads.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper

from builder.fetch import reader
from builder.graph import convert
from builder.spec import ModelSpec, Range, load_specs
from calibration.recipe import range_rows, with_means, with_ranges
from training.paths import RECIPE, WHEELS
from wenyun.deadline import NEVER, Deadline
from wenyun.documents.reader import Limits
from wenyun.documents.reading import DocumentReader
from wenyun.engine.pipeline import Engine
from wenyun.engine.profiles import PROFILES
from wenyun.engine.toolbox import Toolbox
from wenyun.models.manifest import ModelEntry, load_manifest
from wenyun.models.sessions import FloatArray, Session, SessionCache, open_session
from wenyun.options import Options
from wenyun.settings import Settings

BEYOND = 0.001
"""Per cent of values at either end that a range leaves out: a single glare would stretch it."""


class Measuring:
    """A session that keeps the ends and means of some tensors at every run.

    Args:
        model: Its numbers are no bytes yet.
        names: The tensors; none for all that dense convolutions take and give.
    """

    def __init__(self, model: bytes, names: Sequence[str] = ()) -> None:
        opened = onnx.load_model_from_string(model)
        pairs = dense(opened.graph)
        self._wanted = list(names or dict.fromkeys(name for pair in pairs for name in pair))
        self._sources = [name for name in self._wanted if name in {source for source, _ in pairs}]
        self._input, first = opened.graph.input[0].name, opened.graph.output[0].name
        inner = [name for name in self._wanted if name not in (self._input, first)]
        opened.graph.output.extend(
            helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in inner
        )
        self._names = [first, *inner]
        self._session = ort.InferenceSession(
            opened.SerializeToString(), providers=["CPUExecutionProvider"]
        )
        self._ends: dict[str, list[Range]] = {name: [] for name in self._wanted}
        self._sums = {name: np.zeros(1) for name in self._sources}
        self._pixels = dict.fromkeys(self._sources, 0)

    def run(self, batch: FloatArray, deadline: Deadline = NEVER) -> FloatArray:
        """Run it on (N, 3, H, W) float32."""
        deadline.check()
        found = self._session.run(self._names, {self._input: batch})
        values = {self._input: batch, **dict(zip(self._names, found, strict=True))}
        for name in self._wanted:
            low, high = np.percentile(values[name], [BEYOND, 100 - BEYOND])
            self._ends[name].append((float(low), float(high)))
        for name in self._sources:
            self._sums[name] = self._sums[name] + values[name].sum((0, 2, 3), np.float64)
            self._pixels[name] += values[name][:, 0].size
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

    def means(self) -> dict[str, npt.NDArray[np.float16]]:
        """(C,) float16 a tensor that a convolution takes: the mean of each channel."""
        return {
            name: (self._sums[name] / max(1, self._pixels[name])).astype(np.float16)
            for name in self._sources
        }


def dense(graph: onnx.GraphProto) -> list[tuple[str, str]]:
    """What each convolution takes and gives, but for those of a channel each and those of gates."""
    shapes = {item.name: list(item.dims) for item in graph.initializer}
    maker = {output: node for node in graph.node for output in node.output}
    gates: set[str] = set()
    pairs = []
    for node in graph.node:
        if node.op_type not in ("Conv", "FusedConv") or len(node.input) > 3:
            continue
        source, target = node.input[0], node.output[0]
        before = maker.get(source)
        if source in gates or (before and before.op_type in ("GlobalAveragePool", "ReduceMean")):
            gates.add(target)
        elif shapes[node.input[1]][1] > 1:
            pairs.append((source, target))
    return pairs


def measured(spec: ModelSpec, models: Path, pictures: Iterable[bytes], profile: str) -> Measuring:
    """Read pictures with a layer, one model of it measuring.

    Args:
        spec: The model, and in its `eight_bit` the tensors, if it has any.
        models: The layer.
        pictures: Files of pages.
        profile: One that uses the model.

    """
    published = reader(spec, WHEELS)(spec.path, spec.sha256)
    session = Measuring(convert(published, spec.role), list(spec.eight_bit))

    def opener(entry: ModelEntry, threads: int) -> Session:
        return session if entry.path.stem == spec.role else open_session(entry, threads)

    # One thread: what is measured is added up.
    tools = Toolbox(SessionCache(load_manifest(models), 1, opener), 1)
    settings = Settings()
    pages = DocumentReader(Engine(tools), Limits(settings.max_bytes, settings.max_pixels))
    for picture in pictures:
        pages.read(picture, Options(profile=profile), NEVER)
    return session


def main(argv: Sequence[str] | None = None) -> None:
    """Measure, print, and write if asked to."""
    given = _parser().parse_args(argv)
    path = RECIPE / "models.toml"
    spec = next(one for one in load_specs(path) if one.role == given.role)
    files = [file for folder in given.folders for file in sorted(folder.glob("*.png"))]
    pictures = (file.read_bytes() for file in files)
    session = measured(spec, given.models, pictures, given.profile)
    found = session.ranges()
    text = with_ranges(path.read_text("utf-8"), given.role, found)
    if given.write:
        where = f"weights/{given.role}_means.npz"
        np.savez(RECIPE / where, allow_pickle=False, **session.means())
        digest = hashlib.sha256((RECIPE / where).read_bytes()).hexdigest()
        path.write_text(with_means(text, given.role, where, digest), "utf-8")
    sys.stdout.write("\n".join(["[model.eight_bit]", *range_rows(found)]) + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="calibration.ranges", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--role", default="detector")
    parser.add_argument("--profile", choices=list(PROFILES), default="accurate")
    parser.add_argument("--models", type=Path, default=RECIPE / "build/opt/models")
    parser.add_argument("--write", action="store_true")
    return parser


if __name__ == "__main__":
    main()
