"""Convolutions on bytes: what they give, and what is left of the graph around them."""

from typing import Any

import numpy as np
import onnx
import onnxruntime as ort
import pytest
from onnx import TensorProto, helper, numpy_helper

from builder.eight_bit import rounded_weights, scale_of, to_eight_bit
from builder.graph import convert
from builder.spec import LayerError, Range

RNG = np.random.default_rng(11)
X = RNG.uniform(-1, 1, (1, 3, 8, 12)).astype(np.float32)
FIRST = RNG.normal(size=(4, 3, 3, 3)).astype(np.float32)
BIAS = RNG.normal(size=4).astype(np.float32)
SECOND = RNG.normal(size=(2, 4, 1, 1)).astype(np.float32)
ENDS: Range = (-1.0, 1.0)


def conv(source: str, weights: str, target: str, *bias: str, **given: Any) -> onnx.NodeProto:
    kind = "FusedConv" if "activation" in given else "Conv"
    domain = {"domain": "com.microsoft"} if "activation" in given else {}
    return helper.make_node(kind, [source, weights, *bias], [target], **domain, **given)


def made(*nodes: onnx.NodeProto, outputs: tuple[str, ...] = ("y",)) -> onnx.ModelProto:
    constants = {
        "first": FIRST,
        "bias": BIAS,
        "second": SECOND,
        "wide": RNG.normal(size=(2, 8, 1, 1)).astype(np.float32),
        "twice": np.array([1, 1, 2, 2], np.float32),
    }
    graph = helper.make_graph(
        list(nodes),
        "made here",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, "h", "w"])],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, [None] * 4) for name in outputs],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    domains = [helper.make_opsetid("", 14), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=domains, ir_version=8)


def run(model: onnx.ModelProto, name: str = "y", x: np.ndarray = X) -> np.ndarray:
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    found: np.ndarray = session.run([name], {"x": x})[0]
    return found


def ends(model: onnx.ModelProto, *names: str) -> dict[str, Range]:
    """The ranges that tensors have for X."""
    opened = onnx.ModelProto()
    opened.CopyFrom(model)
    known = {value.name for value in opened.graph.output}
    opened.graph.output.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, None)
        for name in names
        if name not in known
    )
    values = {name: run(opened, name) for name in names}
    return {name: (float(one.min()), float(one.max())) for name, one in values.items()}


def in_bytes(model: onnx.ModelProto, ranges: dict[str, Range]) -> onnx.ModelProto:
    changed = onnx.ModelProto()
    changed.CopyFrom(model)
    to_eight_bit(changed.graph, ranges)
    return changed


def steps(model: onnx.ModelProto) -> list[str]:
    return [node.op_type for node in model.graph.node]


@pytest.mark.parametrize(("low", "high"), [(-1.0, 3.0), (0.0, 5.0), (-2.0, 0.0), (1.0, 4.0)])
def test_zero_is_a_byte_and_the_ends_are_within_reach(low: float, high: float) -> None:
    scale, zero = scale_of((low, high))
    assert zero.dtype == np.uint8
    bytes_ = np.clip(np.rint(np.array([low, 0, high]) / scale) + zero, 0, 255)
    back = (bytes_ - float(zero)) * scale
    assert back == pytest.approx([low, 0, high], abs=float(scale))
    assert back[1] == 0


def test_weights_have_seven_bits_by_channel() -> None:
    weights = np.array([[0.98, -2.0], [0.01, 0.005], [0.0, 0.0]], np.float32)
    rounded, scales = rounded_weights(weights)
    assert rounded.dtype == np.int8
    assert np.max(np.abs(rounded)) == 63
    assert not rounded[2].any()
    assert np.all(np.abs(rounded * scales[:, None] - weights) <= 0.51 * scales[:, None])


def test_one_large_weight_does_not_coarsen_all_the_small_ones() -> None:
    weights = np.append(RNG.normal(size=40_000), 8.0).astype(np.float32)[None]
    rounded, scales = rounded_weights(weights)
    wrong = np.sum((rounded * scales[:, None] - weights) ** 2)
    step = 8.0 / 63
    assert rounded[0, -1] == 63
    assert wrong < 0.9 * np.sum((np.rint(weights / step) * step - weights) ** 2)


@pytest.mark.parametrize("bias", [(), ("bias",)])
def test_a_convolution_gives_nearly_the_same(bias: tuple[str, ...]) -> None:
    model = made(conv("x", "first", "y", *bias, pads=[1] * 4, strides=[2, 2]))
    changed = in_bytes(model, {"x": ENDS, **ends(model, "y")})
    assert steps(changed) == ["QuantizeLinear", "QLinearConv", "DequantizeLinear"]
    onnx.checker.check_model(changed)
    assert np.abs(run(changed) - run(model)).max() < 0.03 * np.ptp(run(model))
    assert "first" not in {item.name for item in changed.graph.initializer}


def test_means_take_back_what_rounding_adds() -> None:
    """Of a channel that is nearly always the same, the average is kept."""
    steady = np.array([0.9, -0.8, 0.7], np.float32)
    batch = steady.reshape(1, 3, 1, 1) + 0.02 * X
    model = made(conv("x", "first", "y", "bias"))
    ranges = {"x": ENDS, "y": (-30.0, 30.0)}

    def off(means: dict[str, np.ndarray]) -> float:
        changed = onnx.ModelProto()
        changed.CopyFrom(model)
        to_eight_bit(changed.graph, ranges, means)
        difference = run(changed, x=batch) - run(model, x=batch)
        return float(np.abs(difference.mean(axis=(0, 2, 3))).max())

    assert off({"x": steady}) < 0.12
    assert off({"x": steady}) < 0.7 * off({})


def test_two_in_a_row_hand_on_bytes() -> None:
    model = made(
        conv("x", "first", "middle", "bias", activation="Relu"), conv("middle", "second", "y")
    )
    changed = in_bytes(model, {"x": ENDS, **ends(model, "middle", "y")})
    assert steps(changed) == ["QuantizeLinear", "QLinearConv", "QLinearConv", "DequantizeLinear"]
    assert np.abs(run(changed) - run(model)).max() < 0.05 * np.ptp(run(model))


def test_numbers_stay_for_who_needs_them() -> None:
    model = made(
        conv("x", "first", "middle", activation="Relu"),
        conv("middle", "second", "y"),
        helper.make_node("Neg", ["middle"], ["z"]),
        outputs=("y", "z"),
    )
    changed = in_bytes(model, {"x": ENDS, **ends(model, "middle", "y")})
    assert steps(changed).count("DequantizeLinear") == 2
    assert np.abs(run(changed, "z") - run(model, "z")).max() < 0.03 * np.ptp(run(model, "z"))


def test_a_sigmoid_stays_a_step_of_its_own() -> None:
    model = made(conv("x", "first", "y", activation="Sigmoid"))
    changed = in_bytes(model, {"x": ENDS, "y": (0.0, 1.0)})
    assert steps(changed)[-2:] == ["DequantizeLinear", "Sigmoid"]
    assert np.abs(run(changed) - run(model)).max() < 0.03


def test_bytes_are_joined_and_grown_instead_of_numbers() -> None:
    """As in a detector's neck: maps of two sizes are joined before a convolution."""
    model = made(
        conv("x", "first", "large", pads=[1] * 4),
        conv("x", "first", "small", pads=[1] * 4, strides=[2, 2]),
        helper.make_node("Resize", ["small", "", "twice"], ["grown"], mode="nearest"),
        helper.make_node("Concat", ["grown", "large"], ["joined"], axis=1),
        conv("joined", "wide", "y"),
    )
    changed = in_bytes(model, ends(model, "joined", "y"))
    assert steps(changed)[2:] == [
        "QuantizeLinear", "Resize", "QuantizeLinear", "Concat", "QLinearConv", "DequantizeLinear"
    ]  # fmt: skip
    assert np.abs(run(changed) - run(model)).max() < 0.03 * np.ptp(run(model))


def test_values_between_those_of_two_places_are_worked_out_in_numbers() -> None:
    model = made(
        conv("x", "first", "small"),
        helper.make_node("Resize", ["small", "", "twice"], ["grown"], mode="linear"),
        conv("grown", "second", "y"),
    )
    changed = in_bytes(model, ends(model, "grown", "y"))
    assert steps(changed)[:3] == ["Conv", "Resize", "QuantizeLinear"]


def test_nothing_to_do_leaves_the_graph() -> None:
    model = made(conv("x", "first", "y"))
    assert to_eight_bit(model.graph, {}) == 0
    assert steps(model) == ["Conv"]


def test_a_range_of_no_use_is_an_error() -> None:
    model = made(conv("x", "first", "y"))
    with pytest.raises(ValueError, match="between elsewhere, y and"):
        to_eight_bit(model.graph, {"y": ENDS, "elsewhere": ENDS})
    with pytest.raises(LayerError, match=r"^detector: no convolution"):
        convert(model.SerializeToString(), "detector", {"elsewhere": ENDS})


def test_an_activation_that_a_byte_cannot_take_in() -> None:
    for activation, low in (("Tanh", 0.0), ("Relu", -1.0)):
        model = made(conv("x", "first", "y", activation=activation))
        with pytest.raises(ValueError, match=activation):
            to_eight_bit(model.graph, {"x": ENDS, "y": (low, 1.0)})
