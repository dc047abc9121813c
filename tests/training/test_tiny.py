"""The fast student: PP-OCRv6 tiny's convolutions and what stands behind them."""

from pathlib import Path

import numpy as np
import onnxruntime as ort
import pytest
from onnx import numpy_helper

torch = pytest.importorskip("torch", reason="training needs torch: run `make train-test`")

from tests.training.kit import data, needs_teacher  # noqa: E402
from training.batches import Batches  # noqa: E402
from training.look import look  # noqa: E402
from training.net.student import TINY, Student  # noqa: E402
from training.net.teacher import tensor  # noqa: E402
from training.net.tiny import Eyes, tiny  # noqa: E402
from training.shards import Shard  # noqa: E402

RNG = np.random.default_rng


def published(x: np.ndarray) -> np.ndarray:
    """What the network as published gives, (N, T, its classes)."""
    options = ort.SessionOptions()
    options.log_severity_level = 3
    session = ort.InferenceSession(tiny().SerializeToString(), options)
    return np.asarray(session.run(None, {"x": x})[0])


@needs_teacher
def test_what_is_trained_of_the_fast_student() -> None:
    student = Student(TINY, [])
    trained = {name for name, one in student.named_parameters() if one.requires_grad}
    assert {name.split(".")[1] for name in trained} == {"lstm", "out", "skip"}
    x = RNG(5).standard_normal((1, 3, 48, 160), np.float32)
    whole = published(x)
    with torch.no_grad():
        way = student.neck.way(student.see(torch.from_numpy(x)))
    known = {one.name: numpy_helper.to_array(one) for one in tiny().graph.initializer}
    scores = way.numpy() @ known["linear_1.w_0"] + known["linear_1.b_0"]
    assert np.array_equal(scores.argmax(-1), whole.argmax(-1))


@needs_teacher
def test_how_its_convolutions_see_a_shard(tmp_path: Path) -> None:
    folder = data(tmp_path) / "train/00000"
    look(folder, Eyes())
    shard = Shard(folder)
    student = Student(TINY, [])
    for number in range(len(shard)):
        with torch.no_grad():
            seen = student.see(torch.from_numpy(tensor([shard.picture(number)])))
        stored = shard.features(number, TINY).astype(np.float32)
        assert np.allclose(stored, seen[0, :, 0].T.numpy(), atol=0.02)
    written = (folder / "tiny.npy").stat().st_mtime_ns
    look(folder, Eyes())
    assert (folder / "tiny.npy").stat().st_mtime_ns == written
    found = next(Batches(folder.parent, TINY, 16).endless(RNG(0)))
    assert found.seen.shape[1:3] == (160, 1)
