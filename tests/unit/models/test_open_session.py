"""How a model is opened in onnxruntime, on a small model made here."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime as ort
import pytest
from onnx import TensorProto, helper

from tests.enginekit.entries import entry
from wenyun.deadline import Deadline
from wenyun.errors import WenyunError
from wenyun.models.manifest import LayerError, ModelEntry
from wenyun.models.sessions import open_session


@pytest.fixture
def doubler(tmp_path: Path) -> ModelEntry:
    """A model that doubles its input."""
    shape: list[str | int | None] = ["n", 3, "h", "w"]
    graph = helper.make_graph(
        [helper.make_node("Add", ["x", "x"], ["y"])],
        "doubler",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, shape)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)
    onnx.save(model, tmp_path / "model.onnx")
    return entry("detector", path=tmp_path / "model.onnx")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, dict[str, Any]]]:
    """The options and arguments of every session that onnxruntime opens."""
    seen: list[tuple[Any, dict[str, Any]]] = []
    real = ort.InferenceSession

    def spy(path: str, options: Any, **rest: Any) -> Any:
        seen.append((options, rest))
        return real(path, options, **rest)

    monkeypatch.setattr(ort, "InferenceSession", spy)
    return seen


def test_a_session_runs(doubler: ModelEntry) -> None:
    batch = np.arange(24, dtype=np.float32).reshape(1, 3, 2, 4)
    assert np.array_equal(open_session(doubler, 1).run(batch), 2 * batch)


def test_a_session_answers_several_threads_at_once(doubler: ModelEntry) -> None:
    session = open_session(doubler, 1)
    batches = [np.full((1, 3, 2, size), size, np.float32) for size in range(1, 41)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(session.run, batches))
    assert all(np.array_equal(a, 2 * b) for a, b in zip(answers, batches, strict=True))


def test_only_the_memory_layout_is_left_to_do(doubler: ModelEntry, asked: list[Any]) -> None:
    """The graph comes optimised from the layer."""
    open_session(doubler, 2)
    ((options, _),) = asked
    assert options.graph_optimization_level == ort.GraphOptimizationLevel.ORT_ENABLE_LAYOUT


@pytest.mark.parametrize("threads", [1, 2])
def test_threads_neither_spin_nor_multiply(
    threads: int, doubler: ModelEntry, asked: list[Any]
) -> None:
    open_session(doubler, threads)
    ((options, rest),) = asked
    assert options.intra_op_num_threads == threads
    assert options.inter_op_num_threads == 1
    assert options.get_session_config_entry("session.intra_op.allow_spinning") == "0"
    assert rest["providers"] == ["CPUExecutionProvider"]


def test_all_sessions_share_one_arena(doubler: ModelEntry, asked: list[Any]) -> None:
    open_session(doubler, 1)
    open_session(doubler, 1)
    found = [o.get_session_config_entry("session.use_env_allocators") for o, _ in asked]
    assert found == ["1", "1"]
    assert not any(options.enable_mem_pattern for options, _ in asked)


def test_a_missing_file(doubler: ModelEntry) -> None:
    doubler.path.unlink()
    with pytest.raises(LayerError, match=r"model\.onnx does not open"):
        open_session(doubler, 1)


def test_a_broken_file(doubler: ModelEntry) -> None:
    doubler.path.write_bytes(b"this is no model")
    with pytest.raises(LayerError, match=r"model\.onnx does not open"):
        open_session(doubler, 1)


RACE = """
import sys, threading
from pathlib import Path
from tests.enginekit.entries import entry
from wenyun.models.sessions import open_session

sys.setswitchinterval(1e-6)
start = threading.Barrier(16)
failed = []

def first():
    start.wait()
    try:
        open_session(entry("detector", path=Path(sys.argv[1])), 1)
    except Exception as error:
        failed.append(repr(error))

threads = [threading.Thread(target=first) for _ in range(16)]
[t.start() for t in threads]
[t.join() for t in threads]
sys.exit("; ".join(failed) or 0)
"""


def test_first_sessions_opened_at_once_make_one_arena(doubler: ModelEntry) -> None:
    """In a process of its own: the arena is made at the first session and never again."""
    command = [sys.executable, "-c", RACE, str(doubler.path)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_nothing_is_kept_in_the_home_folder(doubler: ModelEntry, tmp_path: Path) -> None:
    """onnxruntime's usage data starts with an identifier that it keeps there."""
    home = tmp_path / "home"
    home.mkdir()
    program = (
        "import pathlib, sys; from tests.enginekit.entries import entry\n"
        "from wenyun.models.sessions import open_session\n"
        "open_session(entry('detector', path=pathlib.Path(sys.argv[1])), 1)\n"
    )
    env = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    env.pop("ORT_DISABLE_TELEMETRY", None)
    subprocess.run(
        [sys.executable, "-c", program, str(doubler.path)],
        env=env | {"HOME": str(home), "PYTHONPATH": "."},
        check=True,
    )
    assert list(home.rglob("*")) == []


@pytest.fixture
def endless(tmp_path: Path) -> ModelEntry:
    """A model that counts so far that it never ends by itself."""
    body = helper.make_graph(
        [
            helper.make_node("Identity", ["going"], ["on"]),
            helper.make_node("Add", ["before", "one"], ["after"]),
        ],
        "body",
        [
            helper.make_tensor_value_info("turn", TensorProto.INT64, []),
            helper.make_tensor_value_info("going", TensorProto.BOOL, []),
            helper.make_tensor_value_info("before", TensorProto.FLOAT, None),
        ],
        [
            helper.make_tensor_value_info("on", TensorProto.BOOL, []),
            helper.make_tensor_value_info("after", TensorProto.FLOAT, None),
        ],
    )
    graph = helper.make_graph(
        [helper.make_node("Loop", ["most", "", "x"], ["y"], body=body)],
        "endless",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 3, "h", "w"])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [
            helper.make_tensor("most", TensorProto.INT64, [], [1 << 40]),
            helper.make_tensor("one", TensorProto.FLOAT, [], [1.0]),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)
    onnx.save(model, tmp_path / "endless.onnx")
    return entry("detector", path=tmp_path / "endless.onnx")


def test_the_deadline_ends_a_run_that_would_not_end(endless: ModelEntry) -> None:
    session = open_session(endless, 1)
    with pytest.raises(WenyunError) as late:
        session.run(np.zeros((1, 3, 2, 4), np.float32), Deadline.after(0.2))
    assert late.value.code == "time_limit"


def test_a_client_that_leaves_ends_a_run_that_would_not_end(endless: ModelEntry) -> None:
    session, deadline = open_session(endless, 1), Deadline.after(3600)
    with ThreadPoolExecutor(1) as pool:
        run = pool.submit(session.run, np.zeros((1, 3, 2, 4), np.float32), deadline)
        while not run.running() or not deadline._end._stops:
            pass
        deadline.cancel()
        with pytest.raises(WenyunError):
            run.result(30)


def test_a_run_that_was_ended_does_no_harm_to_the_next(doubler: ModelEntry) -> None:
    session, batch = open_session(doubler, 1), np.ones((1, 3, 2, 4), np.float32)
    with pytest.raises(WenyunError):
        session.run(batch, cancelled())
    assert np.array_equal(session.run(batch, Deadline.after(3600)), 2 * batch)


def test_a_run_that_fails_by_itself_says_why(doubler: ModelEntry) -> None:
    with pytest.raises(Exception, match="rank"):
        open_session(doubler, 1).run(np.zeros((2, 4), np.float32), Deadline.after(3600))


def cancelled() -> Deadline:
    deadline = Deadline.after(3600)
    deadline.cancel()
    return deadline
