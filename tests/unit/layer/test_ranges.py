"""Ranges of tensors: measured over runs, and written to the recipe."""

import tomllib

import numpy as np
import pytest
from onnx import TensorProto, helper, numpy_helper

from builder.spec import load_specs
from calibration.ranges import Measuring, measured
from calibration.recipe import with_ranges, written
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


@needs_build
def test_a_page_has_the_ranges_of_the_recipe() -> None:
    """One page is no 32: its ends are of the same size as the committed ones."""
    spec = next(one for one in load_specs(RECIPE / "models.toml") if one.eight_bit)
    page = SCENES["menu"](np.random.default_rng(61)).picture
    found = measured(spec, MODELS, [save(np.ascontiguousarray(page[..., ::-1]), "PNG")])
    assert found.keys() == spec.eight_bit.keys()
    for name, (low, high) in spec.eight_bit.items():
        width = found[name][1] - found[name][0]
        assert 0.3 * (high - low) < width < 3 * (high - low), name
