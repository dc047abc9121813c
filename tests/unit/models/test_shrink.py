"""The arena of onnxruntime gives back what no run is using."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from tests.enginekit.entries import entry, manifest
from tests.enginekit.fakes import CountingOpener
from wenyun.models.manifest import ModelEntry
from wenyun.models.sessions import OnnxSession, SessionCache, open_session


@pytest.fixture
def chain(tmp_path: Path) -> ModelEntry:
    """A model that adds its input to itself five times: what lies between is in the arena."""
    names = ["x", "a", "b", "c", "d", "y"]
    graph = helper.make_graph(
        [helper.make_node("Add", [one, "x"], [two]) for one, two in pairwise(names)],
        "chain",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 3, "h", "w"])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 3, "h", "w"])],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)
    onnx.save(model, tmp_path / "model.onnx")
    return entry("detector", path=tmp_path / "model.onnx", height=None)


BURST = """
import sys
from pathlib import Path
import numpy as np
from tests.enginekit.entries import entry
from wenyun.models.heap import trim
from wenyun.models.sessions import open_session
from wenyun.observe.process import resident

session = open_session(entry("detector", path=Path(sys.argv[1]), height=None), 1)
small = np.ones((1, 3, 64, 64), np.float32)
first = session.run(small)
before = resident()
for side in (1000, 2000, 1500):
    session.run(np.ones((1, 3, side, side), np.float32))
kept = resident()
session.shrink()
trim()
print(before, kept, resident(), np.array_equal(session.run(small), first))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of memory in /proc")
def test_after_large_runs_memory_falls_to_what_it_was(chain: ModelEntry) -> None:
    command = [sys.executable, "-c", BURST, str(chain.path)]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    before, kept, after, same = ended.stdout.split()
    assert int(kept) > int(before) + 40_000_000
    assert int(after) < int(before) + 8_000_000
    assert same == "True"


def test_runs_at_the_same_time_answer_as_ever(chain: ModelEntry) -> None:
    session = open_session(chain, 1)
    batches = [np.full((1, 3, 8 * size, size), size, np.float32) for size in range(1, 200)]

    def run(batch: Any) -> Any:
        answer = session.run(batch)
        session.shrink()
        return answer

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(run, batches))
    assert all(np.array_equal(a, 6 * b) for a, b in zip(answers, batches, strict=True))


class Asked:
    """A session of onnxruntime that only listens."""

    def __init__(self) -> None:
        self.shapes: list[tuple[int, ...]] = []
        self.wishes: list[str] = []

    def run(self, outputs: list[str], given: dict[str, Any], options: Any) -> list[Any]:
        self.shapes.append(given["x"].shape)
        self.wishes.append(options.get_run_config_entry(WISH))
        return [given["x"]]


WISH = "memory.enable_memory_arena_shrinkage"


@pytest.mark.parametrize(
    ("sizes", "shape"),
    [((None, None), (1, 3, 32, 32)), ((48, None), (1, 3, 48, 32)), ((48, 192), (1, 3, 48, 192))],
)
def test_the_run_fits_the_model(sizes: tuple[int | None, int | None], shape: Any) -> None:
    asked = Asked()
    one = replace(entry("line_angle"), height=sizes[0], width=sizes[1])
    OnnxSession(one, asked).shrink()
    assert asked.shapes == [shape]
    assert asked.wishes == ["cpu:0"]


def test_one_open_model_gives_back_for_all() -> None:
    opener = CountingOpener()
    sessions = SessionCache(manifest(entry("recogniser"), entry("detector")), 1, opener)
    sessions.shrink()
    assert not opener.opened
    opened: list[Any] = [sessions.get("detector"), sessions.get("recogniser")]
    sessions.shrink()
    assert [one.shrunk for one in opened] == [1, 0]
