"""A trained keeper as an ONNX graph, written node by node.

The published reader's layers are its own nodes, so nothing is lost on the way; what was trained
stands beside them as operators that onnxruntime has kernels for: LSTM, MatMul.
"""

from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper, version_converter

from training.net.onnxtorch import needed

OPSET = 14
"""The first with HardSwish as one operator; what the layer's builder raises models to."""

Floats = Any


def keeper_graph(keeper: Any, name: str) -> onnx.ModelProto:
    """The keeper with probabilities as its output, (N, W / 8, classes).

    The charset is carried in the metadata `character`, as PP-OCRv6 small carries its own; the
    space, in the midst of a keeper's classes, becomes the last and is left to `charset_append`.
    """
    origin = keeper.origin
    model = version_converter.convert_version(origin.model(), OPSET)
    graph = _Graph()
    source = model.graph.input[0].name
    graph.take(model.graph, origin.eyes, source, keeper.eyes.weights())
    neck = _neck(graph, model.graph, keeper)
    _classes(graph, neck, keeper.last_layer())
    built = graph.model(name, source)
    helper.set_model_props(built, {"character": "\n".join(origin.exported()[:-1]) + "\n"})
    onnx.checker.check_model(built)
    return built


class _Graph:
    """Nodes and weights, added one after another; every call gives the name of its output."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def add(self, op: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        output = output or f"own.{op.lower()}.{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [output], **attributes))
        return output

    def weight(self, values: Floats) -> str:
        name = f"own.weight.{len(self.weights)}"
        array = np.ascontiguousarray(values)
        self.weights.append(numpy_helper.from_array(array, name))
        return name

    def take(
        self, graph: onnx.GraphProto, output: str, source: str, trained: dict[str, Floats]
    ) -> None:
        """Copy the nodes that lead to a tensor, with weights as they were trained."""
        known = {item.name: item for item in graph.initializer}
        nodes = needed(graph.node, output, {source, *known})
        wanted = {name for node in nodes for name in node.input}
        for node in nodes:
            if node.op_type == "Constant" and node.output[0] in trained:
                value = numpy_helper.from_array(trained[node.output[0]], node.output[0])
                self.weights.append(value)
            else:
                self.nodes.append(node)
        for name in sorted(wanted & known.keys()):
            item = known[name]
            if name in trained:
                item = numpy_helper.from_array(trained[name], name)
            self.weights.append(item)

    def model(self, name: str, source: str) -> onnx.ModelProto:
        shape: list[str | int | None] = ["batch", 3, 48, "width"]
        given = helper.make_tensor_value_info(source, TensorProto.FLOAT, shape)
        gives = helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, STEPS)
        graph = helper.make_graph(self.nodes, name, [given], [gives], self.weights)
        opset = helper.make_opsetid("", OPSET)
        return helper.make_model(
            graph, opset_imports=[opset], ir_version=8, producer_name="wenyun training"
        )


OUTPUT = "probabilities"
STEPS: list[str | int | None] = ["batch", "steps", "classes"]


def _array(tensor: Any) -> Floats:
    return tensor.detach().cpu().float().numpy()


def _steps(graph: _Graph, x: str) -> str:
    """(N, C, 1, T) to (T, N, C)."""
    squeezed = graph.add("Squeeze", x, graph.weight(np.array([2], np.int64)))
    return graph.add("Transpose", squeezed, perm=[2, 0, 1])


def _turned(graph: _Graph, x: str) -> str:
    """Lines before steps to steps before lines, or back."""
    return graph.add("Transpose", x, perm=[1, 0, 2])


def _neck(graph: _Graph, published: onnx.GraphProto, keeper: Any) -> str:
    """What the last layer is given, (N, T, width): the published way, the BiLSTM beside it."""
    origin, way = keeper.origin, keeper.way.weights()
    if origin.stored:
        graph.take(published, origin.way, origin.eyes, way)
        both = _steps(graph, origin.eyes), _turned(graph, origin.way)
        beside = _context(graph, graph.add("Concat", *both, axis=2), keeper.lstm, keeper.out)
    else:
        beside = _context(graph, _steps(graph, origin.eyes), keeper.lstm, keeper.out)
        graph.take(published, origin.way, origin.eyes, way)
    return graph.add("Add", _turned(graph, beside), origin.way)


def _context(graph: _Graph, x: str, lstm: Any, out: Any) -> str:
    """(T, N, C) through a BiLSTM and a linear layer."""
    for layer in range(lstm.num_layers):
        x = _lstm(graph, x, lstm, layer)
    x = graph.add("MatMul", x, graph.weight(_array(out.weight).T))
    return graph.add("Add", x, graph.weight(_array(out.bias)))


def _lstm(graph: _Graph, x: str, lstm: Any, layer: int) -> str:
    parts = {}
    for kind in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"):
        both = (getattr(lstm, f"{kind}_l{layer}{way}") for way in ("", "_reverse"))
        parts[kind] = np.stack([_gates(_array(one)) for one in both])
    bias = np.concatenate([parts["bias_ih"], parts["bias_hh"]], 1)
    names = [graph.weight(one) for one in (parts["weight_ih"], parts["weight_hh"], bias)]
    hidden = lstm.hidden_size
    y = graph.add("LSTM", x, *names, hidden_size=hidden, direction="bidirectional")
    y = graph.add("Transpose", y, perm=[0, 2, 1, 3])
    return graph.add("Reshape", y, graph.weight(np.array([0, 0, 2 * hidden], np.int64)))


def _gates(weight: Floats) -> Floats:
    """PyTorch's order of gates, input forget cell output, to ONNX's, input output forget cell."""
    i, f, c, o = np.split(weight, 4)
    return np.concatenate([i, o, f, c])


def _classes(graph: _Graph, neck: str, classifier: Any) -> None:
    scores = graph.add("MatMul", neck, graph.weight(_array(classifier.weight).T))
    scores = graph.add("Add", scores, graph.weight(_array(classifier.bias)))
    graph.add("Softmax", scores, output=OUTPUT, axis=2)
