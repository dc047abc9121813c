"""A model as published to a model as the runtime loads it: the same numbers, less work."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import onnx
import onnxruntime as ort
from onnx import helper, numpy_helper, version_converter

from builder.eight_bit import to_eight_bit
from builder.gates import fold_gates
from builder.spec import LayerError, Range
from builder.upsampling import flatten_head

HARDSWISH_OPSET = 14
"""The first ONNX opset with HardSwish as one operator."""

INPUT_AXES = ("batch", "channels", "height", "width")


def convert(data: bytes, role: str, ranges: Mapping[str, Range] | None = None) -> bytes:
    """Convert a published model for inference.

    Args:
        data: The model.
        role: Names it in messages.
        ranges: Tensors whose convolutions run on bytes; none, and the numbers stay the same.

    Returns:
        The model as the layer has it.

    Raises:
        LayerError: onnxruntime cannot open it, or a tensor in `ranges` is none of it.

    Hardswish becomes one operator (onnxruntime stores it as two, and runs both as part of the
    convolution before them once the graph is laid out for a host); declared shapes that are wrong
    are dropped; constants are folded and layers fused at onnxruntime's EXTENDED level; then gates
    and a detector's head are worked out in fewer passes, and convolutions between tensors of known
    ranges run on bytes. The host's own memory layout is left out:
    a graph laid out for one CPU is slow or fails on another.
    """
    model = _load(data, role)
    if _opset(model) < HARDSWISH_OPSET:
        model = version_converter.convert_version(model, HARDSWISH_OPSET)
    fuse_hardswish(model.graph)
    free_shapes(model.graph)
    optimised = _optimise(model, role)
    model = onnx.load_model_from_string(optimised)
    changed = [fold_gates(model.graph) > 0, flatten_head(model.graph)]
    optimised = _optimise(model, role) if any(changed) else optimised
    return _in_bytes(optimised, role, ranges) if ranges else optimised


def _in_bytes(optimised: bytes, role: str, ranges: Mapping[str, Range]) -> bytes:
    model = onnx.load_model_from_string(optimised)
    try:
        to_eight_bit(model.graph, ranges)
    except ValueError as error:
        raise LayerError(f"{role}: {error}") from None
    return _optimise(model, role)


def fuse_hardswish(graph: onnx.GraphProto) -> int:
    """Replace each `x * clip(x + 3, 0, 6) / 6` with HardSwish(x); return how many there were."""
    maker = {output: node for node in graph.node for output in node.output}
    scalars = dict(_scalars(graph))
    dead: set[str] = set()
    count = 0
    for node in list(graph.node):
        chain = _hardswish_chain(node, maker, scalars)
        if chain is None:
            continue
        source, inner = chain
        node.CopyFrom(helper.make_node("HardSwish", [source], list(node.output), name=node.name))
        dead.update(output for step in inner for output in step.output)
        count += 1
    kept = [node for node in graph.node if not dead.intersection(node.output)]
    del graph.node[:]
    graph.node.extend(kept)
    return count


def free_shapes(graph: onnx.GraphProto) -> None:
    """Leave to the run what some graphs declare wrongly: outputs, and inputs that are not fixed.

    The PP-OCRv2 recogniser declares 25 time steps whatever the width, and names height and width
    alike, as if pictures were square; onnxruntime warns of it at every run.
    """
    del graph.value_info[:]
    for value in graph.input:
        for name, dimension in zip(INPUT_AXES, value.type.tensor_type.shape.dim, strict=True):
            if dimension.dim_value < 1:
                dimension.dim_param = name
    for value in graph.output:
        for index, dimension in enumerate(value.type.tensor_type.shape.dim):
            dimension.dim_param = f"output_{index}"


def _hardswish_chain(
    node: onnx.NodeProto, maker: dict[str, onnx.NodeProto], scalars: dict[str, float]
) -> tuple[str, list[onnx.NodeProto]] | None:
    """The name of x and the nodes between, if `node` ends a hardswish written out."""
    if node.op_type != "Div" or scalars.get(node.input[1]) != 6.0:
        return None
    product = maker.get(node.input[0])
    if product is None or product.op_type != "Mul":
        return None
    for source, gate in (tuple(product.input), tuple(reversed(product.input))):
        clip = maker.get(gate)
        if clip is None or clip.op_type != "Clip" or _bounds(clip, scalars) != (0.0, 6.0):
            continue
        shift = maker.get(clip.input[0])
        if shift is not None and shift.op_type == "Add" and source in shift.input:
            offsets = [scalars.get(name) for name in shift.input if name != source]
            if offsets == [3.0]:
                return source, [shift, clip, product]
    return None


def _bounds(clip: onnx.NodeProto, scalars: dict[str, float]) -> tuple[float | None, ...]:
    return tuple(scalars.get(name) for name in clip.input[1:3])


def _scalars(graph: onnx.GraphProto) -> Iterator[tuple[str, float]]:
    """Names and values of all constants of one element."""
    tensors = [(item.name, item) for item in graph.initializer]
    for node in graph.node:
        if node.op_type == "Constant":
            tensors += [(node.output[0], a.t) for a in node.attribute if a.name == "value"]
    for name, tensor in tensors:
        array = numpy_helper.to_array(tensor)
        if array.size == 1 and array.dtype.kind in "fiu":
            yield name, float(array.reshape(-1)[0])


def _load(data: bytes, role: str) -> onnx.ModelProto:
    try:
        model = onnx.load_model_from_string(data)
    except Exception as error:  # protobuf has a type of its own for this
        raise LayerError(f"{role}: this is no ONNX model: {error}") from error
    if not model.opset_import:
        raise LayerError(f"{role}: this is no ONNX model: it names no operators")
    return model


def _opset(model: onnx.ModelProto) -> int:
    return next(int(item.version) for item in model.opset_import if item.domain in ("", "ai.onnx"))


def _optimise(model: onnx.ModelProto, role: str) -> bytes:
    options = ort.SessionOptions()
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.log_severity_level = 3
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"{role}.onnx"
        options.optimized_model_filepath = str(target)
        try:
            ort.InferenceSession(
                model.SerializeToString(), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime raises types of its own, all from Exception
            raise LayerError(f"{role}: onnxruntime cannot open the model: {error}") from error
        return target.read_bytes()
