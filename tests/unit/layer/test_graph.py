"""A model as the runtime loads it gives the numbers of the model as published."""

from typing import Any

import numpy as np
import onnx
import onnxruntime as ort
import pytest
from onnx import TensorProto, helper, numpy_helper

from builder.graph import convert, free_shapes, fuse_hardswish
from tests.enginekit.wheels import reloaded

X = np.linspace(-5, 5, 3 * 4 * 8, dtype=np.float32).reshape(1, 3, 4, 8)


def constant(name: str, value: float) -> onnx.TensorProto:
    return numpy_helper.from_array(np.array(value, np.float32), name)


def written_out(
    offset: float = 3, low: float = 0, high: float = 6, divisor: float = 6, swap: bool = False
) -> onnx.ModelProto:
    """`x * clip(x + 3, 0, 6) / 6` as exporters write it, then a relu."""
    nodes = [
        helper.make_node("Add", ["three", "x"] if swap else ["x", "three"], ["shift"]),
        helper.make_node("Clip", ["shift", "zero", "high"], ["gate"]),
        helper.make_node("Mul", ["gate", "x"] if swap else ["x", "gate"], ["product"]),
        helper.make_node("Div", ["product", "six"], ["swish"]),
        helper.make_node("Relu", ["swish"], ["y"]),
    ]
    constants = {"three": offset, "zero": low, "high": high, "six": divisor}
    return model(nodes, [constant(name, value) for name, value in constants.items()])


def model(
    nodes: list[onnx.NodeProto],
    constants: list[onnx.TensorProto],
    shape: tuple[Any, ...] = (1, 3, "s", "s"),
) -> onnx.ModelProto:
    graph = helper.make_graph(
        nodes,
        "made here",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["a", "b", "c", "d"])],
        constants,
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)


def run(made: bytes) -> np.ndarray:
    options = ort.SessionOptions()
    options.log_severity_level = 4
    session = ort.InferenceSession(made, options, providers=["CPUExecutionProvider"])
    found: np.ndarray = session.run(None, {"x": X})[0]
    return found


def steps(graph: onnx.GraphProto) -> list[str]:
    return [node.op_type for node in graph.node]


@pytest.mark.parametrize("swap", [False, True])
def test_a_hardswish_written_out_becomes_one_step(swap: bool) -> None:
    made = written_out(swap=swap)
    free_shapes(made.graph)
    before = run(made.SerializeToString())
    assert fuse_hardswish(made.graph) == 1
    assert steps(made.graph) == ["HardSwish", "Relu"]
    assert np.allclose(run(made.SerializeToString()), before, atol=1e-6)


def test_the_hardswish_gives_its_definition() -> None:
    converted = convert(written_out().SerializeToString(), "made")
    expected = np.maximum(X * np.clip(X + 3, 0, 6) / 6, 0)
    assert np.allclose(run(converted), expected, atol=1e-6)
    assert not {"Clip", "Div"} & set(steps(reloaded(converted)))


@pytest.mark.parametrize(
    "other", [{"offset": 2}, {"low": -1}, {"high": 5}, {"divisor": 3}], ids=str
)
def test_what_only_looks_like_it_is_left_alone(other: dict[str, float]) -> None:
    made = written_out(**other)  # type: ignore[arg-type]
    assert fuse_hardswish(made.graph) == 0
    assert steps(made.graph) == ["Add", "Clip", "Mul", "Div", "Relu"]


def test_constants_may_be_steps() -> None:
    made = written_out()
    free_shapes(made.graph)
    before = run(made.SerializeToString())
    tensors, rest = list(made.graph.initializer), list(made.graph.node)
    del made.graph.initializer[:]
    del made.graph.node[:]
    made.graph.node.extend(helper.make_node("Constant", [], [t.name], value=t) for t in tensors)
    made.graph.node.extend(rest)
    assert fuse_hardswish(made.graph) == 1
    assert np.allclose(run(made.SerializeToString()), before, atol=1e-6)


def test_two_in_a_row() -> None:
    made = written_out()
    free_shapes(made.graph)
    del made.graph.node[4]
    made.graph.node.extend(
        [
            helper.make_node("Add", ["swish", "three"], ["shift2"]),
            helper.make_node("Clip", ["shift2", "zero", "high"], ["gate2"]),
            helper.make_node("Mul", ["swish", "gate2"], ["product2"]),
            helper.make_node("Div", ["product2", "six"], ["y"]),
        ]
    )
    before = run(made.SerializeToString())
    assert fuse_hardswish(made.graph) == 2
    assert steps(made.graph) == ["HardSwish", "HardSwish"]
    assert np.allclose(run(made.SerializeToString()), before, atol=1e-6)


def test_wrongly_declared_shapes_are_freed() -> None:
    """An output of 25 steps whatever the width, an input as if pictures were square."""
    made = written_out()
    declared = helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 25, 10])
    made.graph.output[0].CopyFrom(declared)
    made.graph.value_info.append(declared)
    free_shapes(made.graph)
    dims = made.graph.input[0].type.tensor_type.shape.dim
    assert [d.dim_value or d.dim_param for d in dims] == [1, 3, "height", "width"]
    outputs = made.graph.output[0].type.tensor_type.shape.dim
    assert [d.dim_param for d in outputs] == ["output_0", "output_1", "output_2"]
    assert not made.graph.value_info


def test_sides_that_are_truly_fixed_stay_so() -> None:
    made = model([helper.make_node("Relu", ["x"], ["y"])], [], ("n", 3, 48, -1))
    free_shapes(made.graph)
    dims = made.graph.input[0].type.tensor_type.shape.dim
    assert [d.dim_value or d.dim_param for d in dims] == ["batch", 3, 48, "width"]


def test_constants_are_folded() -> None:
    made = written_out()
    made.graph.node.insert(0, helper.make_node("Add", ["three", "six"], ["nine"]))
    made.graph.node[-1].CopyFrom(helper.make_node("Add", ["swish", "nine"], ["y"]))
    converted = convert(made.SerializeToString(), "made")
    assert steps(reloaded(converted)).count("Add") == 1
    assert np.allclose(run(converted), X * np.clip(X + 3, 0, 6) / 6 + 9, atol=1e-5)


def test_an_old_opset_is_raised_first() -> None:
    made = written_out()
    made.opset_import[0].version = 12
    converted = convert(made.SerializeToString(), "made")
    assert "Clip" not in steps(reloaded(converted))


def test_converting_again_gives_the_same_bytes() -> None:
    published = written_out().SerializeToString()
    assert convert(published, "made") == convert(published, "made")


def test_nothing_of_one_host_is_stored() -> None:
    """A layout in blocks of channels belongs to one kind of CPU."""
    weights = numpy_helper.from_array(np.ones((16, 3, 3, 3), np.float32), "w")
    node = helper.make_node("Conv", ["x", "w"], ["y"], kernel_shape=[3, 3])
    converted = convert(model([node], [weights]).SerializeToString(), "made")
    assert steps(reloaded(converted)) == ["Conv"]
    assert all("nchwc" not in node.domain for node in reloaded(converted).node)
