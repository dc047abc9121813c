"""Networks: what ONNX says, PyTorch computes, and what PyTorch learned, ONNX computes again."""

import numpy as np
import onnx
import onnxruntime as ort
import pytest
from onnx import TensorProto, helper, numpy_helper

torch = pytest.importorskip("torch", reason="training needs torch: run `make train-test`")

from tests.training.kit import needs_small  # noqa: E402
from training.average import Average  # noqa: E402
from training.net import small, tiny  # noqa: E402
from training.net.onnxtorch import GraphModule  # noqa: E402
from training.net.published import View, bucket_of, tensor  # noqa: E402
from training.validate import decode, folded, spaced  # noqa: E402

RNG = np.random.default_rng


def run(model: bytes, x: np.ndarray) -> np.ndarray:
    options = ort.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    session = ort.InferenceSession(model, options)
    return np.asarray(session.run(None, {session.get_inputs()[0].name: x})[0])


def graph_of(nodes: list[onnx.NodeProto], **weights: np.ndarray) -> onnx.ModelProto:
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 2, "h", "w"])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(value, name) for name, value in weights.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 11)], ir_version=7)


def agrees(model: onnx.ModelProto, *sizes: tuple[int, int]) -> None:
    module = GraphModule(model, "y").eval()
    for size in sizes:
        x = RNG(0).standard_normal((2, 2, *size)).astype(np.float32)
        with torch.no_grad():
            found = module(torch.from_numpy(x)).numpy()
        assert np.allclose(found, run(model.SerializeToString(), x), atol=1e-5)


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("kernel", [(2, 2), (3, 3), (1, 5)])
def test_padding_worked_out_by_the_operator(stride: int, kernel: tuple[int, int]) -> None:
    weight = RNG(1).standard_normal((4, 2, *kernel)).astype(np.float32)
    conv = helper.make_node("Conv", ["x", "w"], ["c"], auto_pad="SAME_UPPER", strides=[stride] * 2)
    pool = helper.make_node(
        "MaxPool", ["c"], ["y"], auto_pad="SAME_UPPER", kernel_shape=[2, 2], strides=[1, 1]
    )
    # Zero is what a maximum must not be compared with where all values are positive or padded.
    relu = helper.make_node("Relu", ["c"], ["r"])
    pool.input[0] = "r"
    agrees(graph_of([conv, relu, pool], w=weight), (7, 9), (8, 10))


def test_operators_on_shapes() -> None:
    nodes = [
        helper.make_node("Shape", ["x"], ["s"]),
        helper.make_node("Slice", ["s", "zero", "one"], ["n"]),
        helper.make_node("Concat", ["n", "rest"], ["shape"], axis=0),
        helper.make_node("Reshape", ["x", "shape"], ["flat"]),
        helper.make_node("ReduceMean", ["flat"], ["m"], axes=[2], keepdims=1),
        helper.make_node("Sub", ["flat", "m"], ["d"]),
        helper.make_node("HardSigmoid", ["d"], ["g"]),
        helper.make_node("Mul", ["d", "g"], ["y"]),
    ]
    whole = {"zero": [0], "one": [1], "rest": [2, -1]}
    agrees(graph_of(nodes, **{k: np.array(v, np.int64) for k, v in whole.items()}), (3, 4), (5, 2))


def test_an_operator_that_is_not_known() -> None:
    with pytest.raises(ValueError, match="the operator Tan is not known here"):
        GraphModule(graph_of([helper.make_node("Tan", ["x"], ["y"])]), "y")


def published_agrees(published: onnx.ModelProto, name: str) -> None:
    model = onnx.ModelProto()
    model.CopyFrom(published)
    del model.graph.output[:]
    model.graph.output.append(onnx.ValueInfoProto(name=name))
    x = RNG(2).standard_normal((1, 3, 48, 160)).astype(np.float32)
    with torch.no_grad():
        found = GraphModule(published, name).eval()(torch.from_numpy(x)).numpy()
    assert np.allclose(found, run(model.SerializeToString(), x), atol=1e-3)


@pytest.mark.parametrize("name", [tiny.EYES, tiny.WAY])
def test_tiny_in_torch(name: str) -> None:
    published_agrees(tiny.tiny(), name)


@needs_small
@pytest.mark.parametrize("name", [small.EYES, small.NECK])
def test_small_in_torch(name: str) -> None:
    published_agrees(small.small(), name)


def test_lines_as_the_networks_want_them() -> None:
    picture = RNG(4).integers(0, 255, (48, 150, 3), np.uint8)
    batch = tensor(picture)
    assert [bucket_of(width) for width in (1, 32, 33, 150)] == [32, 32, 64, 160]
    assert batch.shape == (1, 3, 48, 160)
    assert np.allclose(batch[0, 2, :, :150], picture[..., 2] / 127.5 - 1, atol=1e-6)
    assert not batch[..., 150:].any()


def test_what_layers_give_for_a_line() -> None:
    picture = RNG(4).integers(0, 255, (48, 150, 3), np.uint8)
    eyes, way = View(tiny.tiny(), [tiny.EYES, tiny.WAY]).look(picture)
    assert eyes.shape == (20, tiny.CHANNELS)
    assert way.shape == (20, tiny.WAY_WIDTH)


def test_decoding() -> None:
    best = torch.tensor([[0, 2, 2, 0, 2, 1, 1, 0]])
    assert decode(torch.nn.functional.one_hot(best, 4), ["甲", "乙", "丙"]) == ["乙乙甲"]
    assert folded("Ａ b，") == "Ab,"
    assert spaced(" ａ  b ") == "a b"


def test_the_average_follows() -> None:
    layer = torch.nn.Linear(1, 1, bias=False)
    torch.nn.init.constant_(layer.weight, 0.0)
    average = Average(layer, 0.9)
    torch.nn.init.constant_(layer.weight, 1.0)
    seen = []
    for _ in range(60):
        average.update(layer)
        seen.append(float(average.module.weight))
    assert seen == sorted(seen)
    assert 0 < seen[0] < 1
    assert seen[-1] > 0.99
    other = Average(layer, 0.9)
    other.load(average.state())
    assert float(other.module.weight) == seen[-1]
