"""Networks: what ONNX says, PyTorch computes, and what PyTorch learned, ONNX computes again."""

import numpy as np
import onnx
import onnxruntime as ort
import pytest
from onnx import TensorProto, helper, numpy_helper

torch = pytest.importorskip("torch", reason="training needs torch: run `make train-test`")

from builder.charset import charset_text  # noqa: E402
from builder.graph import convert  # noqa: E402
from builder.spec import ModelSpec  # noqa: E402
from tests.training.kit import needs_teacher  # noqa: E402
from training import losses  # noqa: E402
from training.average import Average  # noqa: E402
from training.config import load_config  # noqa: E402
from training.export import quantised  # noqa: E402
from training.net.charset import load_characters  # noqa: E402
from training.net.graphs import student_graph  # noqa: E402
from training.net.onnxtorch import GraphModule  # noqa: E402
from training.net.student import (  # noqa: E402
    Block,
    Bridge,
    Student,
    teacher_classifier,
)
from training.net.teacher import CUTS, NECK, Reader, bucket_of, teacher, tensor  # noqa: E402
from training.validate import decode, folded, spaced  # noqa: E402

RNG = np.random.default_rng


def run(model: bytes, x: np.ndarray) -> np.ndarray:
    options = ort.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    session = ort.InferenceSession(model, options)
    return np.asarray(session.run(None, {session.get_inputs()[0].name: x})[0])


def small(nodes: list[onnx.NodeProto], **weights: np.ndarray) -> onnx.ModelProto:
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
    agrees(small([conv, relu, pool], w=weight), (7, 9), (8, 10))


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
    agrees(small(nodes, **{k: np.array(v, np.int64) for k, v in whole.items()}), (3, 4), (5, 2))


def test_an_operator_that_is_not_known() -> None:
    with pytest.raises(ValueError, match="the operator Tan is not known here"):
        GraphModule(small([helper.make_node("Tan", ["x"], ["y"])]), "y")


@needs_teacher
@pytest.mark.parametrize("name", [*(cut[0] for cut in CUTS.values()), NECK])
def test_the_teacher_in_torch(name: str) -> None:
    model = onnx.ModelProto()
    model.CopyFrom(teacher())
    del model.graph.output[:]
    model.graph.output.append(onnx.ValueInfoProto(name=name))
    x = RNG(2).standard_normal((1, 3, 48, 160)).astype(np.float32)
    with torch.no_grad():
        found = GraphModule(teacher(), name).eval()(torch.from_numpy(x)).numpy()
    assert np.allclose(found, run(model.SerializeToString(), x), atol=1e-3)


@needs_teacher
def test_a_student_as_onnx() -> None:
    name, config = "strong", load_config("strong")
    torch.manual_seed(3)
    student = Student(config.cut, config.blocks, config.hidden, config.layers).eval()
    with torch.no_grad():
        for module in student.modules():
            if isinstance(module, torch.nn.BatchNorm2d):
                module.running_mean.normal_(0, 0.3)
                module.running_var.uniform_(0.5, 2)
                module.weight.uniform_(0.5, 1.5)
        next(iter(student.eyes.parameters())).mul_(1.25)
        torch.nn.init.normal_(student.neck.out.weight, std=0.3)
    model = student_graph(student, name).SerializeToString()
    built, light = convert(model, name), convert(quantised(onnx.load_from_string(model)), name)
    for width in (96, 352):
        x = torch.randn(2, 3, 48, width)
        with torch.no_grad():
            wanted = student.classifier(student(student.see(x))).softmax(2).numpy()
        assert wanted.shape == (2, width // 8, len(load_characters()) + 1)
        for written in (model, built):
            assert np.abs(run(written, x.numpy()) - wanted).max() < 1e-4
        assert np.abs(run(light, x.numpy()) - wanted).mean() < 1e-4
    assert len(light) < len(built)


@needs_teacher
def test_the_charset_travels_in_the_file() -> None:
    config = load_config("strong")
    data = student_graph(Student(config.cut, config.blocks), "strong").SerializeToString()
    spec = ModelSpec("r", None, "f", "", "metadata:character", None, (" ",), {})
    text = charset_text(spec, lambda path, _: path.encode(), data)
    assert text == "".join(f"{one}\n" for one in load_characters())


@needs_teacher
def test_the_teachers_own_classes_are_kept() -> None:
    pictures = [RNG(4).integers(0, 255, (48, 150, 3), np.uint8)]
    _, neck = Reader().run(pictures)
    whole = run(teacher().SerializeToString(), tensor(pictures))
    with torch.no_grad():
        ours = teacher_classifier()(torch.from_numpy(neck)).softmax(2).numpy()
    classes, logits = Reader().likely(neck)
    assert bucket_of(150) == 160
    assert whole.shape[1] == neck.shape[1] == 20
    # Among our own classes the order is the teacher's; its blank is class 0 in both.
    assert np.allclose(
        ours[..., 0] / ours[..., 5], whole[..., 0] / whole[..., _place(5)], rtol=1e-2
    )
    assert np.array_equal(np.sort(classes, -1), np.sort(ours.argsort(-1)[..., -16:], -1))
    assert logits.shape == classes.shape


def _place(ours: int) -> int:
    from training.net.charset import teacher_classes

    return teacher_classes(teacher(), load_characters())[ours]


def test_blocks_must_end_at_the_teachers_stride() -> None:
    with pytest.raises(ValueError, match="a stride of 4, not 8"):
        Bridge("stage2", [Block(8, (2, 1))])
    bridge = Bridge("stage2", [Block(8, (2, 2)), Block(8)])
    assert bridge(torch.zeros(1, 96, 12, 24)).shape == (1, 12, 8)


def test_losses() -> None:
    torch.manual_seed(0)
    wanted = torch.randn(2, 5, 6)
    assert float(losses.relative_error(wanted, wanted)) == 0
    assert float(losses.relative_error(0 * wanted, wanted)) == pytest.approx(1)
    layer = torch.nn.Linear(6, 9).requires_grad_(False)
    logits, classes = layer(wanted).topk(4, 2)
    assert float(losses.divergence(wanted, classes, logits, layer)) == pytest.approx(0, abs=1e-5)
    assert float(losses.divergence(-wanted, classes, logits, layer)) > 0.1


def test_ctc_counts_lines_that_fit() -> None:
    scores = torch.zeros(1, 3, 4).log_softmax(2)
    # Three ways of reading one character in two steps, of 16.
    assert float(losses.ctc(scores[:, :2], [[1]])) == pytest.approx(-np.log(3 / 16), abs=1e-4)
    assert float(losses.ctc(scores, [[1, 1, 1, 1]])) == 0


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
