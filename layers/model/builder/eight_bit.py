"""Convolutions that run on bytes: a third of the time, where a processor multiplies bytes.

Values and weights are mapped to bytes by a straight line each (Jacob et al. 2018), weights by one
an output channel. The ranges of values are measured beforehand (`python -m calibration.ranges`)
and stand in `models.toml`: a convolution between two tensors that have one is rewritten.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper, numpy_helper

from builder.spec import Range

LEVELS = 255
"""Steps between the least and the largest byte."""

WEIGHT_LEVELS = 63
"""Weights have seven bits: processors without VNNI add two products in 16 bits, and saturate."""

SIGMOID_ENDS = (-8.0, 8.0)
"""What a sigmoid takes, where its ends are as good as 0 and 1."""

GIVEN = ("kernel_shape", "pads", "strides", "dilations", "group", "auto_pad")
"""Attributes that a convolution keeps."""


def to_eight_bit(graph: onnx.GraphProto, ranges: Mapping[str, Range]) -> int:
    """Rewrite each convolution whose input and output have a range.

    Args:
        graph: What is rewritten in place.
        ranges: By the name of a tensor; values beyond it become its ends.

    Returns:
        How many there were.

    Raises:
        ValueError: A range that no convolution has use for, or one that its activation forbids.
    """
    return _Rewriting(graph, ranges).run()


def scale_of(bounds: Range) -> tuple[np.float32, np.uint8]:
    """What one step of a byte is worth, and the byte that stands for 0."""
    low, high = min(bounds[0], 0.0), max(bounds[1], 0.0)
    scale = max((high - low) / LEVELS, 1e-12)
    return np.float32(scale), np.uint8(np.clip(round(-low / scale), 0, LEVELS))


def rounded_weights(
    weights: npt.NDArray[np.float32],
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """(O, ...) float32 as int8 of the same shape, and what a step is worth in each of O rows."""
    largest = np.abs(weights).reshape(len(weights), -1).max(axis=1)
    scales = np.maximum(largest / WEIGHT_LEVELS, 1e-12).astype(np.float32)
    shaped = scales.reshape(-1, *[1] * (weights.ndim - 1))
    return np.rint(weights / shaped).astype(np.int8), scales


class _Rewriting:
    """One graph's: each tensor is turned into bytes once, and back only for who needs numbers."""

    def __init__(self, graph: onnx.GraphProto, ranges: Mapping[str, Range]) -> None:
        self._graph = graph
        self._ranges = ranges
        self._weights = {item.name: item for item in graph.initializer}
        self._nodes: list[onnx.NodeProto] = []
        self._bytes: dict[str, str] = {}
        self._movers = {node.output[0]: node for node in graph.node if _only_moves(node)}

    def run(self) -> int:
        wanted = [node for node in self._graph.node if self._is_wanted(node)]
        chosen = {node.output[0] for node in wanted}
        if idle := set(self._ranges) - chosen - {node.input[0] for node in wanted}:
            raise ValueError(f"no convolution runs between {', '.join(sorted(idle))} and another")
        for node in self._graph.node:
            if node.output[0] in chosen:
                self._convolution(node)
            else:
                self._nodes.append(node)
        del self._graph.node[:]
        self._graph.node.extend(self._nodes)
        self._drop_unused()
        return len(chosen)

    def _is_wanted(self, node: onnx.NodeProto) -> bool:
        plain = node.op_type in ("Conv", "FusedConv") and len(node.input) <= 3
        ends = (node.input[0], node.output[0]) if plain else ()
        return plain and all(name in self._ranges for name in ends)

    def _convolution(self, node: onnx.NodeProto) -> None:
        source, target = node.input[0], node.output[0]
        given = {one.name: helper.get_attribute_value(one) for one in node.attribute}
        activation = given.get("activation", b"").decode()
        end, bounds = self._end(target, activation)
        inputs = [self._as_bytes(source), *self._scale(source, self._ranges[source])]
        inputs += self._rounded(node, scale_of(self._ranges[source])[0])
        inputs[6:6] = self._scale(end, bounds)
        kept = {name: given[name] for name in GIVEN if name in given}
        self._bytes[end] = self._add("QLinearConv", inputs, f"{end}_bytes", **kept)
        self._add("DequantizeLinear", [self._bytes[end], *self._scale(end, bounds)], end)
        if end != target:
            self._add(activation, [end], target)

    def _end(self, target: str, activation: str) -> tuple[str, Range]:
        """The tensor that a convolution gives as bytes, and its range.

        A value below a range that begins at 0 becomes 0: that is what Relu does.
        """
        low, high = self._ranges[target]
        if not activation or (activation == "Relu" and low >= 0):
            return target, (low, high)
        if activation == "Sigmoid":
            return f"{target}_odds", SIGMOID_ENDS
        raise ValueError(f"{target}: a byte cannot take in {activation} from {low}")

    def _as_bytes(self, name: str, of: str | None = None) -> str:
        """The name of a tensor as bytes, by its own range or by that of a tensor it is moved to.

        Moving bytes is cheaper than moving numbers, and a Resize makes them many.
        """
        mover, like = self._movers.get(name), of or name
        if mover is None:
            return self._rounded_values(name, like)
        key = f"{name}_moved_for_{like}"
        if key not in self._bytes:
            moved = mover.input[:1] if mover.op_type == "Resize" else mover.input
            inputs = [self._as_bytes(one, like) for one in moved] + list(mover.input[len(moved) :])
            made = onnx.NodeProto()
            made.CopyFrom(mover)
            made.name, made.input[:], made.output[:] = key, inputs, [key]
            self._nodes.append(made)
            self._bytes[key] = key
        return self._bytes[key]

    def _rounded_values(self, name: str, like: str) -> str:
        key = name if name == like else f"{name}_for_{like}"
        if key not in self._bytes:
            inputs = [name, *self._scale(like, self._ranges[like])]
            self._bytes[key] = self._add("QuantizeLinear", inputs, f"{key}_bytes")
        return self._bytes[key]

    def _scale(self, name: str, bounds: Range) -> list[str]:
        scale, zero = scale_of(bounds)
        return [self._constant(f"{name}_scale", scale), self._constant(f"{name}_zero", zero)]

    def _rounded(self, node: onnx.NodeProto, scale: np.float32) -> list[str]:
        """The names of weights, their scales and zero points, and of the bias if there is one."""
        weights, scales = rounded_weights(self._array(node.input[1]))
        own = node.output[0]
        names = [
            self._constant(f"{own}_weights", weights),
            self._constant(f"{own}_weight_scales", scales),
            self._constant(f"{own}_weight_zeros", np.zeros(len(scales), np.int8)),
        ]
        if len(node.input) == 3:
            bias = np.rint(self._array(node.input[2]) / (scale * scales)).astype(np.int32)
            names.append(self._constant(f"{own}_bias", bias))
        return names

    def _array(self, name: str) -> npt.NDArray[np.float32]:
        return np.asarray(numpy_helper.to_array(self._weights[name]), np.float32)

    def _constant(self, name: str, value: npt.ArrayLike) -> str:
        if name not in self._weights:
            self._weights[name] = numpy_helper.from_array(np.asarray(value), name)
            self._graph.initializer.append(self._weights[name])
        return name

    def _add(self, kind: str, inputs: list[str], output: str, **given: Any) -> str:
        self._nodes.append(helper.make_node(kind, inputs, [output], name=output, **given))
        return output

    def _drop_unused(self) -> None:
        """Numbers that nobody asks for any more, and weights that are bytes now."""
        used = Counter(value.name for value in self._graph.output)
        kept = []
        for node in reversed(self._graph.node):
            if any(used[name] for name in node.output):
                kept.append(node)
                used.update(node.input)
        del self._graph.node[:]
        self._graph.node.extend(reversed(kept))
        constants = [item for item in self._graph.initializer if used[item.name]]
        del self._graph.initializer[:]
        self._graph.initializer.extend(constants)


def _only_moves(node: onnx.NodeProto) -> bool:
    """Whether the values that a node gives are values that it takes."""
    given = {one.name: helper.get_attribute_value(one) for one in node.attribute}
    nearest = node.op_type == "Resize" and given.get("mode", b"nearest") == b"nearest"
    return nearest or node.op_type == "Concat"
