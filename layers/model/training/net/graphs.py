"""A trained student as an ONNX graph, written node by node.

The convolutions are the teacher's own nodes, so nothing is lost on the way; what was trained stands
behind them as the operators that onnxruntime has kernels for: Conv, HardSwish, LSTM, MatMul.
"""

from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper, version_converter

from training.net.charset import load_characters
from training.net.onnxtorch import needed
from training.net.teacher import teacher

OPSET = 14
"""The first with HardSwish as one operator; what the layer's builder raises models to."""

Floats = Any


def student_graph(student: Any, name: str) -> onnx.ModelProto:
    """The student with probabilities as its output, (N, W / 8, classes).

    The charset is carried in the metadata `character`, as the teacher carries its own; the space,
    our last class, is left to `charset_append`.
    """
    model = version_converter.convert_version(teacher(), OPSET)
    graph = _Graph()
    cut = student.eyes.output
    source = model.graph.input[0].name
    graph.take(model.graph, cut, source, student.eyes.weights())
    x = cut
    for block in student.bridge.blocks:
        x = _block(graph, x, block)
    neck = _neck(graph, _steps(graph, x, student.bridge.rows), student.neck)
    _classes(graph, neck, student.classifier)
    built = graph.model(name, source)
    helper.set_model_props(built, {"character": "\n".join(load_characters()[:-1]) + "\n"})
    onnx.checker.check_model(built)
    return built


def keeper_graph(student: Any, name: str) -> onnx.ModelProto:
    """A keeper likewise; the space, in the midst of its classes, becomes the last."""
    origin = student.origin
    model = version_converter.convert_version(origin.model(), OPSET)
    graph = _Graph()
    source = model.graph.input[0].name
    graph.take(model.graph, origin.eyes, source, student.eyes.weights())
    graph.take(model.graph, origin.way, origin.eyes, student.way.weights())
    steps = _steps(graph, origin.eyes, 1)
    if origin.stored:
        steps = graph.add("Concat", steps, _turned(graph, origin.way), axis=2)
    out = _context(graph, steps, student.lstm, student.out)
    _classes(graph, graph.add("Add", _turned(graph, out), origin.way), student.last_layer())
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


def _block(graph: _Graph, x: str, block: Any) -> str:
    y = _conv(graph, x, block.depth, block.depth_norm)
    y = graph.add("HardSwish", y)
    y = graph.add("HardSwish", _conv(graph, y, block.point, block.point_norm))
    return graph.add("Add", x, y) if block.residual else y


def _conv(graph: _Graph, x: str, layer: Any, norm: Any) -> str:
    """A convolution with the normalisation behind it folded into its weights."""
    scale = _array(norm.weight) / np.sqrt(_array(norm.running_var) + norm.eps)
    weight = _array(layer.weight) * scale[:, None, None, None]
    bias = _array(norm.bias) - _array(norm.running_mean) * scale
    pads = list(layer.padding) * 2
    names = graph.weight(weight.astype(np.float32)), graph.weight(bias.astype(np.float32))
    shape: dict[str, Any] = {
        "kernel_shape": list(layer.kernel_size),
        "strides": list(layer.stride),
        "pads": pads,
    }
    return graph.add("Conv", x, *names, group=layer.groups, **shape)


def _steps(graph: _Graph, x: str, rows: int) -> str:
    """(N, C, rows, T) to (T, N, C)."""
    if rows > 1:
        x = graph.add("ReduceMean", x, axes=[2], keepdims=1)
    squeezed = graph.add("Squeeze", x, graph.weight(np.array([2], np.int64)))
    return graph.add("Transpose", squeezed, perm=[2, 0, 1])


def _turned(graph: _Graph, x: str) -> str:
    """Lines before steps to steps before lines, or back."""
    return graph.add("Transpose", x, perm=[1, 0, 2])


def _neck(graph: _Graph, steps: str, neck: Any) -> str:
    """(T, N, C) to (N, T, width): the BiLSTM and the linear way around it."""
    around = graph.add("MatMul", steps, graph.weight(_array(neck.skip.weight).T))
    both = graph.add("Add", _context(graph, steps, neck.lstm, neck.out), around)
    return _turned(graph, both)


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
