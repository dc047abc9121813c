"""Memory held after lines of many widths: `engine` reads them as we do, `plain` as they are.

`python -m tests.bench.runners.shapes engine|plain 1 100 1000` prints a JSON object: number of
different widths seen so far to MB held.
"""

import json
import os
import sys
from collections.abc import Callable

import numpy as np

from tests.bench.runners.common import status_mb

HEIGHT = 32
NARROWEST, WIDEST = 32, 1600


def main(kind: str, marks: list[int]) -> None:
    """Read lines up to each mark and print what is held there."""
    read = _engine() if kind == "engine" else _plain()
    held = {}
    for count, width in enumerate(widths(max(marks)), 1):
        read(width)
        if count in marks:
            held[count] = status_mb("VmRSS")
    sys.stdout.write(json.dumps(held) + "\n")


def widths(count: int) -> list[int]:
    """So many different widths in pixels, always the same ones."""
    every = np.random.default_rng(7).permutation(np.arange(NARROWEST, WIDEST))
    return [int(width) for width in every[:count]]


def _engine() -> Callable[[int], object]:
    from wenyun.deadline import Deadline
    from wenyun.engine.recognise import LineCrop
    from wenyun.engine.toolbox import Toolbox
    from wenyun.models.manifest import load_manifest
    from wenyun.models.sessions import SessionCache
    from wenyun.settings import find_model_dir

    tools = Toolbox(SessionCache(load_manifest(find_model_dir(os.environ)), 1), 1)
    recogniser = tools.recogniser("recogniser", "zh")

    def read(width: int) -> object:
        picture = np.full((HEIGHT, width, 3), 200, np.uint8)
        crop = LineCrop(width / HEIGHT, lambda: picture)
        return recogniser.read([crop], tools.executor, Deadline())

    return read


def _plain() -> Callable[[int], object]:
    import onnxruntime as ort

    from wenyun.models.manifest import load_manifest
    from wenyun.settings import find_model_dir

    entry = load_manifest(find_model_dir(os.environ)).entry("recogniser")
    options = ort.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    session = ort.InferenceSession(str(entry.path), options, providers=["CPUExecutionProvider"])

    def read(width: int) -> object:
        batch = np.zeros((1, 3, HEIGHT, width), np.float32)
        return session.run([entry.output], {entry.input: batch})

    return read


if __name__ == "__main__":
    main(sys.argv[1], [int(mark) for mark in sys.argv[2:]])
