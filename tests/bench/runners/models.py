"""Seconds to open models: `layer` as the runtime opens them, or `wheel` as they came.

`python -m tests.bench.runners.models layer ROLE…` or `… wheel FILE…` prints a JSON object: by role
or file, the median over five openings.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

TIMES = 5


def main(kind: str, names: list[str]) -> None:
    """Open each and print."""
    opened = _layer if kind == "layer" else _wheel
    sys.stdout.write(json.dumps({name: _median(opened(name)) for name in names}) + "\n")


def _layer(role: str) -> Callable[[], object]:
    from wenyun.models.manifest import load_manifest
    from wenyun.models.sessions import open_session
    from wenyun.settings import find_model_dir

    entry = load_manifest(find_model_dir(os.environ)).entry(role)
    return lambda: open_session(entry, 1)


def _wheel(file: str) -> Callable[[], object]:
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    data = Path(file).read_bytes()
    return lambda: ort.InferenceSession(data, options, providers=["CPUExecutionProvider"])


def _median(opened: Callable[[], object]) -> float:
    seconds = []
    for _ in range(TIMES):
        start = time.perf_counter()
        opened()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
