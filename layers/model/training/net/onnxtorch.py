"""An ONNX graph, or a part of it, as a PyTorch module with the same weights.

Only the operators that the recognisers of the layer use are known; another one is an error that
names it. Weights become parameters, so that a part can be trained on.
"""

from collections.abc import Callable, Iterable
from typing import Any

import onnx
import torch
from onnx import numpy_helper
from torch import nn
from torch.nn import functional

Values = dict[str, Any]
Op = Callable[[list[Any], dict[str, Any]], Any]


class GraphModule(nn.Module):
    """Runs the nodes of a graph between its input and one named tensor."""

    def __init__(self, model: onnx.ModelProto, output: str, source: str | None = None) -> None:
        """Take the nodes that `output` needs, as far back as `source` (the graph's input if None).

        Raises:
            ValueError: When the graph has an operator that is not known here.
        """
        super().__init__()
        graph = model.graph
        self.source = source or graph.input[0].name
        self.output = output
        constants = _constants(graph)
        nodes = needed(graph.node, output, {self.source, *constants})
        self._steps: list[tuple[Op, list[str], list[str], dict[str, Any]]] = []
        self._names: dict[str, str] = {}
        self._fixed: Values = {}
        for node in nodes:
            if node.op_type not in OPERATORS:
                raise ValueError(f"the operator {node.op_type} is not known here")
            attributes = {one.name: onnx.helper.get_attribute_value(one) for one in node.attribute}
            step = (OPERATORS[node.op_type], list(node.input), list(node.output), attributes)
            self._steps.append(step)
        self._take(constants, {name for node in nodes for name in node.input if name})

    def forward(self, x: Any) -> Any:
        """The named tensor for an input; shapes as in the graph."""
        values: Values = {self.source: x, "": None, **self._fixed}
        for name, attribute in self._names.items():
            values[name] = getattr(self, attribute)
        for op, inputs, outputs, attributes in self._steps:
            values[outputs[0]] = op([values[name] for name in inputs], attributes)
        return values[self.output]

    def weights(self) -> dict[str, Any]:
        """Tensor name to the weights as they are now, arrays of float32."""
        held = {name: getattr(self, attribute) for name, attribute in self._names.items()}
        return {name: tensor.detach().cpu().numpy() for name, tensor in held.items()}

    def _take(self, constants: dict[str, Any], wanted: Iterable[str]) -> None:
        for number, name in enumerate(sorted(set(wanted) & constants.keys())):
            tensor = torch.from_numpy(constants[name].copy())
            if not tensor.is_floating_point():
                self._fixed[name] = tensor.reshape(-1).tolist() if tensor.ndim else tensor.item()
                continue
            self._names[name] = f"w{number}"
            if _is_statistic(name):
                self.register_buffer(f"w{number}", tensor)
            else:
                self.register_parameter(f"w{number}", nn.Parameter(tensor))


def _is_statistic(name: str) -> bool:
    """Whether a weight is a batch normalisation's mean or variance, which are not trained."""
    return name.endswith(("w_1", "w_2")) and "batch_norm" in name


def _constants(graph: onnx.GraphProto) -> dict[str, Any]:
    found = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    for node in graph.node:
        if node.op_type == "Constant":
            value = next(one.t for one in node.attribute if one.name == "value")
            found[node.output[0]] = numpy_helper.to_array(value)
    return found


def needed(nodes: Iterable[onnx.NodeProto], output: str, known: set[str]) -> list[onnx.NodeProto]:
    """The nodes that lead from known tensors to `output`, in an order that can be run."""
    maker = {name: node for node in nodes for name in node.output}
    order: list[onnx.NodeProto] = []
    done = set(known) | {""}
    stack = [(output, False)]
    while stack:
        name, ready = stack.pop()
        if name in done and not ready:
            continue
        node = maker[name]
        if ready:
            if name not in done:
                order.append(node)
                done.update(node.output)
            continue
        stack.append((name, True))
        stack += [(one, False) for one in node.input if one not in done]
    return order


def _conv(inputs: list[Any], attributes: dict[str, Any]) -> Any:
    x, weight, *bias = inputs
    strides = tuple(attributes.get("strides", (1, 1)))
    pads = _pads(x, weight.shape[2:], strides, attributes)
    if pads[:2] != pads[2:]:
        x = functional.pad(x, (pads[1], pads[3], pads[0], pads[2]))
        pads = [0, 0, 0, 0]
    dilations = tuple(attributes.get("dilations", (1, 1)))
    groups = int(attributes.get("group", 1))
    offset = bias[0] if bias else None
    return functional.conv2d(x, weight, offset, strides, tuple(pads[:2]), dilations, groups)


def _pool(kind: Callable[..., Any]) -> Op:
    def run(inputs: list[Any], attributes: dict[str, Any]) -> Any:
        x, kernel = inputs[0], tuple(attributes["kernel_shape"])
        strides = tuple(attributes["strides"])
        top, left, bottom, right = _pads(x, kernel, strides, attributes)
        if top or left or bottom or right:
            x = functional.pad(x, (left, right, top, bottom))
        return kind(x, kernel, strides)

    return run


def _pads(x: Any, kernel: Any, strides: Any, attributes: dict[str, Any]) -> list[int]:
    """Top, left, bottom and right, as the attributes say or as SAME_UPPER works them out."""
    if attributes.get("auto_pad", b"NOTSET") != b"SAME_UPPER":
        return list(attributes.get("pads", [0, 0, 0, 0]))
    missing = [
        max(0, (-(-size // stride) - 1) * stride + width - size)
        for size, stride, width in zip(x.shape[2:], strides, kernel, strict=True)
    ]
    first = [one // 2 for one in missing]
    return first + [whole - half for whole, half in zip(missing, first, strict=True)]


def _slice(inputs: list[Any], _: dict[str, Any]) -> Any:
    x, starts, ends, *rest = inputs
    axes = rest[0] if rest else range(len(starts))
    if isinstance(x, list):
        return x[starts[0] : ends[0]]
    for start, end, axis in zip(starts, ends, axes, strict=True):
        size = x.shape[axis]
        first, last = (min(max(v + size if v < 0 else v, 0), size) for v in (start, end))
        x = x.narrow(axis, first, last - first)
    return x


def _concat(inputs: list[Any], attributes: dict[str, Any]) -> Any:
    if all(isinstance(one, list | int) for one in inputs):
        return [v for one in inputs for v in (one if isinstance(one, list) else [one])]
    return torch.cat(inputs, attributes["axis"])


def _reshape(inputs: list[Any], _: dict[str, Any]) -> Any:
    x, shape = inputs
    if isinstance(x, list | int):
        return x
    sizes = [x.shape[i] if size == 0 else size for i, size in enumerate(shape)]
    return x.reshape(sizes)


def _keep_lists(op: Callable[..., Any]) -> Op:
    def run(inputs: list[Any], attributes: dict[str, Any]) -> Any:
        return inputs[0] if isinstance(inputs[0], list | int) else op(inputs[0], attributes)

    return run


def _squeeze(x: Any, attributes: dict[str, Any]) -> Any:
    for axis in sorted(attributes["axes"], reverse=True):
        x = x.squeeze(axis)
    return x


def _unsqueeze(x: Any, attributes: dict[str, Any]) -> Any:
    for axis in sorted(attributes["axes"]):
        x = x.unsqueeze(axis)
    return x


def _mean(inputs: list[Any], attributes: dict[str, Any]) -> Any:
    return inputs[0].mean(tuple(attributes["axes"]), keepdim=bool(attributes.get("keepdims", 1)))


def _hard_sigmoid(inputs: list[Any], attributes: dict[str, Any]) -> Any:
    slope, shift = attributes.get("alpha", 0.2), attributes.get("beta", 0.5)
    return (inputs[0] * slope + shift).clamp(0, 1)


def _norm(inputs: list[Any], attributes: dict[str, Any]) -> Any:
    x, scale, bias, mean, variance = inputs
    epsilon = float(attributes.get("epsilon", 1e-5))
    return functional.batch_norm(x, mean, variance, scale, bias, training=False, eps=epsilon)


def _unary(op: Callable[[Any], Any]) -> Op:
    return lambda inputs, _: op(inputs[0])


def _binary(op: Callable[[Any, Any], Any]) -> Op:
    return lambda inputs, _: op(inputs[0], inputs[1])


OPERATORS: dict[str, Op] = {
    "Add": _binary(lambda a, b: a + b),
    "AveragePool": _pool(functional.avg_pool2d),
    "BatchNormalization": _norm,
    "Concat": _concat,
    "Conv": _conv,
    "Div": _binary(lambda a, b: a / b),
    "Erf": _unary(torch.erf),
    "HardSigmoid": _hard_sigmoid,
    "Identity": lambda inputs, _: inputs[0],
    "MatMul": _binary(torch.matmul),
    "MaxPool": _pool(functional.max_pool2d),
    "Mul": _binary(lambda a, b: a * b),
    "Pow": _binary(lambda a, b: a**b),
    "ReduceMean": _mean,
    "Relu": _unary(torch.relu),
    "Reshape": _reshape,
    "Shape": _unary(lambda x: list(x.shape)),
    "Sigmoid": _unary(torch.sigmoid),
    "Slice": _slice,
    "Softmax": lambda inputs, attributes: inputs[0].softmax(attributes["axis"]),
    "Sqrt": _unary(torch.sqrt),
    "Squeeze": _keep_lists(_squeeze),
    "Sub": _binary(lambda a, b: a - b),
    "Transpose": lambda inputs, attributes: inputs[0].permute(*attributes["perm"]),
    "Unsqueeze": _keep_lists(_unsqueeze),
}
"""What each operator does; those on shapes work on plain lists of numbers."""
