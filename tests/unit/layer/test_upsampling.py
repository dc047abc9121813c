"""A detector's head as pointwise steps gives the numbers of the transposed convolutions."""

from collections.abc import Callable
from typing import Any

import numpy as np
import onnx
import onnxruntime as ort
import pytest
from onnx import TensorProto, helper, numpy_helper

from builder.graph import convert
from builder.upsampling import HEAD, flatten_head

CHANNELS, MIDDLE = 6, 5


def head(seed: int = 1) -> onnx.ModelProto:
    """DB's last steps with weights drawn anew, behind a relu."""
    rng = np.random.default_rng(seed)

    def drawn(*shape: int, low: float = -1.0) -> np.ndarray:
        return rng.uniform(low, 1.0, shape).astype(np.float32)

    weights = {
        "grow": drawn(CHANNELS, MIDDLE, 2, 2),
        "shift": drawn(1, MIDDLE, 1, 1),
        "gain": drawn(MIDDLE),
        "bias": drawn(MIDDLE),
        "mean": drawn(MIDDLE),
        "variance": drawn(MIDDLE, low=0.1),
        "last": drawn(MIDDLE, 1, 2, 2),
        "offset": drawn(1, 1, 1, 1),
    }
    square: dict[str, Any] = {"kernel_shape": [2, 2], "strides": [2, 2]}
    norm = ["shifted", "gain", "bias", "mean", "variance"]
    nodes = [
        helper.make_node("Relu", ["x"], ["seen"]),
        helper.make_node("ConvTranspose", ["seen", "grow"], ["grown"], **square),
        helper.make_node("Add", ["grown", "shift"], ["shifted"]),
        helper.make_node("BatchNormalization", norm, ["normal"], epsilon=1e-3),
        helper.make_node("Relu", ["normal"], ["positive"]),
        helper.make_node("ConvTranspose", ["positive", "last"], ["whole"], **square),
        helper.make_node("Add", ["whole", "offset"], ["logit"]),
        helper.make_node("Sigmoid", ["logit"], ["y"]),
    ]
    graph = helper.make_graph(
        nodes,
        "made here",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", CHANNELS, "h", "w"])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [None] * 4)],
        [numpy_helper.from_array(value, name) for name, value in weights.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)


def run(model: onnx.ModelProto) -> np.ndarray:
    x = np.random.default_rng(2).normal(size=(2, CHANNELS, 3, 7)).astype(np.float32)
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    found: np.ndarray = session.run(None, {"x": x})[0]
    return found


@pytest.mark.parametrize("seed", range(4))
def test_the_same_numbers_stand_in_the_same_places(seed: int) -> None:
    model = head(seed)
    before = run(model)
    assert flatten_head(model.graph)
    onnx.checker.check_model(model)
    after = run(model)
    assert after.shape == before.shape == (2, 1, 12, 28)
    assert np.ptp(before) > 0.2
    assert np.allclose(after, before, atol=1e-5)


def test_no_transposed_convolution_is_left() -> None:
    converted = onnx.load_model_from_string(convert(head().SerializeToString(), "made"))
    steps = [node.op_type for node in converted.graph.node]
    assert "ConvTranspose" not in steps
    assert steps[-1] == "DepthToSpace"
    assert np.allclose(run(converted), run(head()), atol=1e-5)


def attribute(name: str, value: list[int]) -> Callable[[onnx.ModelProto], None]:
    def change(model: onnx.ModelProto) -> None:
        node = model.graph.node[1]
        kept = [one for one in node.attribute if one.name != name]
        del node.attribute[:]
        node.attribute.extend([*kept, helper.make_attribute(name, value)])

    return change


def unchained(model: onnx.ModelProto) -> None:
    model.graph.node[4].input[0] = "shifted"


def computed(model: onnx.ModelProto) -> None:
    """One weight is worked out in the run."""
    model.graph.node[2].input[1] = "grown"


def another_end(model: onnx.ModelProto) -> None:
    model.graph.node[-1].op_type = "Tanh"


@pytest.mark.parametrize(
    "change",
    [
        attribute("pads", [1, 1, 0, 0]),
        attribute("strides", [1, 1]),
        attribute("dilations", [2, 2]),
        attribute("output_padding", [1, 1]),
        unchained,
        computed,
        another_end,
    ],
)
def test_what_only_looks_like_it_is_left_alone(change: Callable[[onnx.ModelProto], None]) -> None:
    model = head()
    change(model)
    before = model.SerializeToString()
    assert not flatten_head(model.graph)
    assert model.SerializeToString() == before


def test_a_graph_shorter_than_a_head() -> None:
    model = head()
    del model.graph.node[:-2]
    assert len(model.graph.node) < len(HEAD)
    assert not flatten_head(model.graph)
