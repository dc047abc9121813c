"""Ranges of tensors: measured over runs, and written to the recipe."""

import tomllib

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from builder.spec import load_specs
from calibration.ranges import Measuring, dense, measured
from calibration.recipe import with_means, with_ranges, written
from tests.enginekit.layer import MODELS, RECIPE, needs_build
from tests.pictures.make import save
from tests.scenes.catalogue import SCENES
from wenyun.deadline import Deadline
from wenyun.errors import WenyunError


def doubling() -> bytes:
    """x to -2 x, and that to its Relu."""
    graph = helper.make_graph(
        [
            helper.make_node("Mul", ["x", "two"], ["inner"]),
            helper.make_node("Relu", ["inner"], ["y"]),
        ],
        "made here",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, "h", "w"])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 3, "h", "w"])],
        [numpy_helper.from_array(np.array(-2, np.float32), "two")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)
    data: bytes = model.SerializeToString()
    return data


def test_the_median_of_all_runs_without_a_glare() -> None:
    session = Measuring(doubling(), ["inner", "x", "y"])
    for largest in (1.0, 2.0, 30.0):
        batch = np.linspace(-1, largest, 3 * 400 * 400, dtype=np.float32).reshape(1, 3, 400, 400)
        batch[0, 0, 0, 1] = 1e6
        assert np.max(session.run(batch)) == 2
    found = session.ranges()
    assert found["x"] == pytest.approx((-1, 2), abs=1e-3)
    assert found["inner"] == pytest.approx((-4, 2), abs=1e-3)
    assert found["y"] == pytest.approx((0, 2), abs=1e-3)


def convolutions() -> bytes:
    """A dense one, one of a channel each, and a gate's two behind an average over all pixels."""
    rng = np.random.default_rng(4)
    weights = {"a": (4, 3, 1, 1), "b": (4, 1, 3, 3), "c": (2, 4, 1, 1), "d": (4, 2, 1, 1)}
    graph = helper.make_graph(
        [
            helper.make_node("Conv", ["x", "a"], ["first"]),
            helper.make_node("Conv", ["first", "b"], ["second"], group=4, pads=[1] * 4),
            helper.make_node("GlobalAveragePool", ["second"], ["average"]),
            helper.make_node("Conv", ["average", "c"], ["few"]),
            helper.make_node("Conv", ["few", "d"], ["gate"]),
            helper.make_node("Mul", ["second", "gate"], ["y"]),
        ],
        "made here",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, "h", "w"])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 4, "h", "w"])],
        [
            numpy_helper.from_array(rng.normal(size=shape).astype(np.float32), name)
            for name, shape in weights.items()
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)
    data: bytes = model.SerializeToString()
    return data


def test_dense_convolutions_are_found_and_what_goes_into_them_is_averaged() -> None:
    assert dense(onnx.load_model_from_string(convolutions()).graph) == [("x", "first")]
    session = Measuring(convolutions())
    for value, rows in ((1.0, 2), (4.0, 1)):
        batch = np.full((1, 3, rows, 8), value, np.float32)
        batch[:, 2] = -1
        session.run(batch)
    assert session.ranges().keys() == {"x", "first"}
    assert session.means().keys() == {"x"}
    assert session.means()["x"] == pytest.approx([2, 2, -1], abs=1e-3)


def test_the_recipe_with_means() -> None:
    text = (RECIPE / "models.toml").read_text("utf-8")
    once = with_means(text, "line_angle", "weights/a.npz", "abc")
    assert (
        with_means(with_means(text, "line_angle", "b", "c"), "line_angle", "weights/a.npz", "abc")
        == once
    )
    entries = {one["role"]: one for one in tomllib.loads(once)["model"]}
    assert entries["line_angle"].pop("means") == "weights/a.npz"
    assert entries["line_angle"].pop("means_sha256") == "abc"
    assert list(entries.values()) == tomllib.loads(text)["model"]


def test_a_run_whose_time_is_up_ends() -> None:
    with pytest.raises(WenyunError):
        Measuring(doubling(), ["y"]).run(np.zeros((1, 3, 2, 2), np.float32), Deadline(-1))


def test_the_recipe_with_ranges() -> None:
    text = (RECIPE / "models.toml").read_text("utf-8")
    ranges = {"a.b": (-1.5, 2.0), "c": (0.0, 1e-3)}
    once = with_ranges(text, "detector", ranges)
    assert with_ranges(once, "detector", ranges) == once
    before, after = tomllib.loads(text)["model"], tomllib.loads(once)["model"]
    for was, now in zip(before, after, strict=True):
        if now["role"] == "detector":
            assert now.pop("eight_bit") == {"a.b": [-1.5, 2.0], "c": [0.0, 1e-3]}
            was.pop("eight_bit", None)
        assert was == now
    assert text.count("\n#") == once.count("\n#")


def test_one_table_leaves_the_other() -> None:
    text = (RECIPE / "models.toml").read_text("utf-8")
    both = written(with_ranges(text, "second", {"x": (0.0, 1.0)}), "second", {"bias": 0.5})
    entry = next(one for one in tomllib.loads(both)["model"] if one["role"] == "second")
    assert entry["eight_bit"] == {"x": [0.0, 1.0]}
    assert entry["calibration"] == {"bias": 0.5}


def test_a_role_that_no_model_plays() -> None:
    with pytest.raises(ValueError, match="nobody"):
        with_ranges("", "nobody", {})
    with pytest.raises(ValueError, match="nobody"):
        with_means("", "nobody", "weights/a.npz", "abc")


@needs_build
def test_a_page_has_the_ranges_of_the_recipe() -> None:
    """One page is no 32: its ends are of the same size as the committed ones."""
    spec = next(one for one in load_specs(RECIPE / "models.toml") if one.role == "detector")
    page = SCENES["menu"](np.random.default_rng(61)).picture
    file = save(np.ascontiguousarray(page[..., ::-1]), "PNG")
    found = measured(spec, MODELS, [file], "fast").ranges()
    assert found.keys() == spec.eight_bit.keys()
    for name, (low, high) in spec.eight_bit.items():
        width = found[name][1] - found[name][0]
        assert 0.3 * (high - low) < width < 3 * (high - low), name
