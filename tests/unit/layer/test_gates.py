"""A gate with a way around it gives the same numbers in one step fewer."""

import numpy as np
import onnx
import onnxruntime as ort
import pytest
from onnx import TensorProto, helper, numpy_helper

from builder.gates import fold_gates
from builder.graph import convert

RNG = np.random.default_rng(5)
X = RNG.normal(size=(2, 3, 4, 6)).astype(np.float32)
GATE = RNG.uniform(size=(1, 3, 1, 1)).astype(np.float32)


def made(*nodes: onnx.NodeProto, outputs: tuple[str, ...] = ("y",)) -> onnx.ModelProto:
    graph = helper.make_graph(
        list(nodes),
        "made here",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 3, "h", "w"])],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, [None] * 4) for name in outputs],
        [numpy_helper.from_array(GATE, "gate")],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)


def gated(swap: bool = False) -> list[onnx.NodeProto]:
    """`x + x * gate`, then a relu that needs it."""
    return [
        helper.make_node("Mul", ["gate", "x"] if swap else ["x", "gate"], ["product"]),
        helper.make_node("Add", ["product", "x"] if swap else ["x", "product"], ["sum"]),
        helper.make_node("Relu", ["sum"], ["y"]),
    ]


def run(model: onnx.ModelProto) -> np.ndarray:
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    found: np.ndarray = session.run(None, {"x": X})[0]
    return found


@pytest.mark.parametrize("swap", [False, True])
def test_the_large_sum_is_gone_and_the_numbers_stay(swap: bool) -> None:
    model = made(*gated(swap))
    assert fold_gates(model.graph) == 1
    assert [node.op_type for node in model.graph.node] == ["Add", "Mul", "Relu"]
    assert "x" not in model.graph.node[0].input  # the sum left is of one number a channel
    onnx.checker.check_model(model)
    assert np.allclose(run(model), np.maximum(X + X * GATE, 0), atol=1e-6)


def test_two_in_a_row() -> None:
    again = [
        helper.make_node("Mul", ["sum", "gate"], ["product2"]),
        helper.make_node("Add", ["sum", "product2"], ["y"]),
    ]
    model = made(*gated()[:2], *again)
    assert fold_gates(model.graph) == 2
    onnx.checker.check_model(model)
    assert np.allclose(run(model), X * (1 + GATE) ** 2, atol=1e-5)


def test_a_product_that_others_need_stays() -> None:
    model = made(*gated()[:2], helper.make_node("Mul", ["sum", "product"], ["y"]))
    assert fold_gates(model.graph) == 0


def test_a_product_that_is_given_out_stays() -> None:
    model = made(*gated(), outputs=("y", "product"))
    assert fold_gates(model.graph) == 0


def test_sums_of_other_things_are_left_alone() -> None:
    """A square plus itself has no gate, and a plain sum no product."""
    square = [
        helper.make_node("Mul", ["x", "x"], ["product"]),
        helper.make_node("Add", ["x", "product"], ["sum"]),
        helper.make_node("Add", ["sum", "gate"], ["y"]),
    ]
    model = made(*square)
    before = model.SerializeToString()
    assert fold_gates(model.graph) == 0
    assert model.SerializeToString() == before


def test_converting_a_model_folds_its_gates() -> None:
    pooled = helper.make_node("GlobalAveragePool", ["x"], ["pooled"])
    nodes = gated()
    nodes[0].CopyFrom(helper.make_node("Mul", ["x", "pooled"], ["product"]))
    model = made(pooled, *nodes)
    converted = onnx.load_model_from_string(convert(model.SerializeToString(), "made"))
    steps = [node.op_type for node in converted.graph.node]
    assert steps == ["GlobalAveragePool", "Add", "Mul", "Relu"]
    assert np.allclose(run(converted), run(model), atol=1e-5)
