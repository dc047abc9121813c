"""Where a cold start goes, and what each measure buys: `python -m tests.bench.start`.

Every row is the function started afresh so many times on so many CPUs; figures are medians in
milliseconds. Rows beside the first leave one measure out.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.cold import pinned
from tests.bench.samples import drawn
from tests.bench.subjects import ROOT
from tests.bench.table import table

CODE = ROOT / "functions/ocr"


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to start: what differs from how the product starts."""

    name: str
    env: dict[str, str] = field(default_factory=dict)
    compiled: bool = True


VARIANTS = (
    Variant("as it is"),
    Variant("matrix threads left free", {"OPENBLAS_NUM_THREADS": str(os.cpu_count() or 1)}),
    Variant("our modules not compiled", compiled=False),
)


def main(argv: list[str] | None = None) -> None:
    """Measure every variant in turns and print the table."""
    given = _parser().parse_args(argv)
    with TemporaryDirectory(prefix="wenyun-start-") as name:
        folder = Path(name)
        picture = drawn(folder / "page", [given.scene], given.seed, 1, "natural")[0].path
        code = {True: _copy(folder / "compiled", True), False: _copy(folder / "plain", False)}
        found: dict[str, list[dict[str, Any]]] = {one.name: [] for one in VARIANTS}
        # In turns, so that whatever else the machine does falls on all alike.
        for _ in range(given.repeat):
            for one in VARIANTS:
                found[one.name].append(start(one, code[one.compiled], picture, given.cpus))
    sys.stdout.write(report(found) + "\n")


def start(variant: Variant, code: Path, picture: Path, cpus: int) -> dict[str, Any]:
    """One start in a process of its own."""
    env = {
        **os.environ,
        "PYTHONPATH": f"{code}{os.pathsep}{ROOT}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "AWS_LAMBDA_FUNCTION_NAME": "ocr",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(1769 * cpus),
        "OCR_MODEL_DIR": os.environ.get("OCR_MODEL_DIR")
        or str(ROOT / "layers/model/build/opt/models"),
    }
    env.pop("OPENBLAS_NUM_THREADS", None)
    command = [sys.executable, "-m", "tests.bench.runners.stages", str(picture)]
    with pinned(cpus):
        done = subprocess.run(
            command, cwd=ROOT, env=env | variant.env, capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise RuntimeError(done.stderr.strip().rpartition("\n")[2])
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def report(found: dict[str, list[dict[str, Any]]]) -> str:
    """A row a variant, a column a stage; the sum leaves the repeated picture out."""
    stages = list(next(iter(found.values()))[0]["stages"])
    rows = []
    for name, starts in found.items():
        middle = {s: statistics.median(one["stages"][s] for one in starts) for s in stages}
        total = statistics.median(sum(one["stages"][s] for s in stages[:-1]) for one in starts)
        cpu = statistics.median(one["cpu"] for one in starts)
        rows.append([name, *(_ms(middle[s]) for s in stages), _ms(total), _ms(cpu)])
    return table(["start", *stages, "to first answer", "CPU in all"], rows)


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.0f}"


def _copy(folder: Path, compiled: bool) -> Path:
    shutil.copytree(CODE, folder, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    if compiled:
        command = [sys.executable, "-m", "compileall", "-q", str(folder)]
        subprocess.run(command, check=True)
    return folder


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tests.bench.start", description=__doc__)
    parser.add_argument("--repeat", type=int, default=9)
    parser.add_argument("--cpus", type=int, default=1)
    parser.add_argument("--scene", default="card")
    parser.add_argument("--seed", type=int, default=9_000)
    return parser


if __name__ == "__main__":
    main()
