"""A detector's head without transposed convolutions: the same numbers from 1×1 convolutions.

A transposed convolution whose kernel is as large as its stride gives each pixel a block of its own,
so it is a 1×1 convolution with an output a place in the block, followed by setting the blocks in
place (Shi et al. 2016 call that sub-pixel convolution). Two of them in a row, with steps between
that look at one pixel each, can so be worked out at the small size, and set in place once at the
end: onnxruntime runs that in half the time.
"""

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper, numpy_helper

HEAD = ["ConvTranspose", "Add", "BatchNormalization", "Relu", "ConvTranspose", "Add", "Sigmoid"]
"""The last steps of DB's detector (Liao et al. 2020) as exporters write them."""

FACTOR = 2
"""Stride and kernel of each of the two."""

Weights = npt.NDArray[np.float64]


def flatten_head(graph: onnx.GraphProto) -> bool:
    """Rewrite the end of a graph if it is such a head; return whether it was."""
    head = list(graph.node)[-len(HEAD) :]
    weights = {item.name: item for item in graph.initializer}
    if [node.op_type for node in head] != HEAD or not _is_chain(head):
        return False
    if not all(name in weights for node in head for name in node.input[1:]):
        return False
    grow, shift, norm, _, last, bias, _ = (
        [np.asarray(numpy_helper.to_array(weights[name]), np.float64) for name in node.input[1:]]
        for node in head
    )
    if not (_is_blockwise(head[0], grow) and _is_blockwise(head[4], last)) or last[0].shape[1] != 1:
        return False
    scale, offset = _normal(norm, shift[0], _epsilon(head[2]))
    first = _as_pointwise(grow[0] * scale[:, None, None])
    second = np.asarray(np.kron(np.eye(FACTOR**2), _as_pointwise(last[0])), np.float64)
    places = _in_rows()
    _replace(
        graph,
        head,
        (first, np.tile(offset, FACTOR**2)),
        (second[places], np.full(len(places), bias[0].item())),
    )
    return True


def _is_chain(head: list[onnx.NodeProto]) -> bool:
    return all(later.input[0] == node.output[0] for node, later in pairwise(head))


def _is_blockwise(node: onnx.NodeProto, weights: list[Weights]) -> bool:
    given = {one.name: helper.get_attribute_value(one) for one in node.attribute}
    plain = given.get("group", 1) == 1 and not any(given.get("pads", ()))
    whole = not any(given.get("output_padding", ())) and set(given.get("dilations", [1])) == {1}
    strides = list(given.get("strides", [])) == [FACTOR, FACTOR]
    return plain and whole and strides and weights[0].shape[2:] == (FACTOR, FACTOR)


def _epsilon(node: onnx.NodeProto) -> float:
    return next((one.f for one in node.attribute if one.name == "epsilon"), 1e-5)


def _normal(norm: list[Weights], shift: Weights, epsilon: float) -> tuple[Weights, Weights]:
    """What a shift and a batch normalisation do to each channel: times this, plus that."""
    gain, bias, mean, variance = norm
    scale = gain / np.sqrt(variance + epsilon)
    return scale, bias + (shift.reshape(-1) - mean) * scale


def _as_pointwise(weights: Weights) -> Weights:
    """(C, O, 2, 2) of a transposed convolution to (4 O, C): a row a place and output."""
    channels = len(weights)
    rows: Weights = weights.transpose(2, 3, 1, 0).reshape(-1, channels)
    return rows


def _in_rows() -> npt.NDArray[np.intp]:
    """Outputs lie as (i, j, k, l): place (k, l) in the block at (i, j). Here as (i, k, j, l)."""
    places = np.arange(FACTOR**4).reshape((FACTOR,) * 4)
    return places.transpose(0, 2, 1, 3).reshape(-1)


def _replace(
    graph: onnx.GraphProto,
    head: list[onnx.NodeProto],
    first: tuple[Weights, Weights],
    second: tuple[Weights, Weights],
) -> None:
    """Put two pointwise convolutions, each with its rows and offsets, where the head was."""
    start, end = head[0].input[0], head[-1].output[0]
    own = [f"{end}_flat_{number}" for number in range(4)]
    for node in head:
        graph.node.remove(node)
    graph.node.extend(
        [
            _pointwise(graph, start, own[0], *first),
            helper.make_node("Relu", [own[0]], [own[1]], name=own[1]),
            _pointwise(graph, own[1], own[2], *second),
            helper.make_node("Sigmoid", [own[2]], [own[3]], name=own[3]),
            helper.make_node(
                "DepthToSpace", [own[3]], [end], name=end, blocksize=FACTOR**2, mode="DCR"
            ),
        ]
    )


def _pointwise(
    graph: onnx.GraphProto, source: str, target: str, rows: Weights, offsets: Weights
) -> onnx.NodeProto:
    weights, bias = f"{target}_w", f"{target}_b"
    graph.initializer.extend(
        [
            numpy_helper.from_array(rows[:, :, None, None].astype(np.float32), weights),
            numpy_helper.from_array(offsets.astype(np.float32), bias),
        ]
    )
    return helper.make_node(
        "Conv", [source, weights, bias], [target], name=target, kernel_shape=[1, 1]
    )
