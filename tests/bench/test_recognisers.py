"""Crops are given to lines, readings are counted, exported files are read as the engine reads."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from builder.spec import LayerError
from tests.bench import recognisers
from tests.bench.exported import entry_of
from tests.bench.recognisers import Crop, Reader, assigned, counted, drawn
from tests.bench.text import unspaced

BLANK = np.zeros((48, 96, 3), np.uint8)


def exported(path: Path) -> Path:
    """A recogniser of three classes that reads 'b' in a bright step and a blank in a dark one."""
    nodes = [
        helper.make_node("AveragePool", ["x"], ["p"], kernel_shape=[48, 8], strides=[48, 8]),
        helper.make_node("ReduceMean", ["p"], ["m"], axes=[1, 2], keepdims=0),
        helper.make_node("Unsqueeze", ["m", "last"], ["u"]),
        helper.make_node("Mul", ["u", "signs"], ["s"]),
        helper.make_node("Softmax", ["s"], ["y"], axis=2),
    ]
    graph = helper.make_graph(
        nodes,
        "bright",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 3, 48, "w"])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", "t", 4])],
        [
            helper.make_tensor("last", TensorProto.INT64, [1], [2]),
            helper.make_tensor("signs", TensorProto.FLOAT, [4], [-9.0, 0.0, 9.0, 0.0]),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)
    helper.set_model_props(model, {"character": "a\nb\n"})
    onnx.save(model, path)
    return path


def test_an_exported_file_is_read(tmp_path: Path) -> None:
    entry = entry_of(exported(tmp_path / "bright.onnx"), tmp_path)
    picture = np.zeros((48, 96, 3), np.uint8)
    picture[:, 16:32] = picture[:, 64:80] = 255
    reader = Reader("bright", entry)
    assert reader.read([Crop(picture, "mix", "row"), Crop(BLANK, "en", "row")]) == ["bb", ""]


@pytest.mark.parametrize("data", [b"\x08\x07", b"no model", b""])
def test_a_file_that_is_no_model(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "bad.onnx").write_bytes(data)
    with pytest.raises(LayerError, match="recogniser: this is no ONNX model"):
        entry_of(tmp_path / "bad.onnx", tmp_path)


def test_each_crop_and_each_line_once() -> None:
    said = [("TOTAL 12.50", "T0TAL 12.50"), ("noise", ""), ("total 12.50", ""), ("天安门广场", "")]
    truth = ["Total 12.50", "天安门广场", "never found"]
    found = dict(assigned(truth, said))
    assert sorted(found.values()) == ["Total 12.50", "天安门广场"]
    assert found[3] == "天安门广场"
    assert set(found) in ({0, 3}, {2, 3})
    assert list(assigned(truth, [])) == []
    assert list(assigned([], said)) == []


def test_the_most_similar_crop_is_taken() -> None:
    said = [("Platform 9", ""), ("Platform 19", "")]
    assert dict(assigned(["Platform 19", "Platform 9"], said)) == {
        0: "Platform 9",
        1: "Platform 19",
    }


def test_counting() -> None:
    lines = [
        Crop(BLANK, "en", "menu", "Hot tea"),
        Crop(BLANK, "en", "menu", "￥12"),
        Crop(BLANK, "en", "real x", "TOTAL"),
    ]
    texts = {"one": ["Hottea", "¥12", "Total"], "two": ["hot tea", "12", ""]}
    shown = counted("shares", lines, texts)
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in shown.splitlines()]
    assert rows[0] == ["shares", "lines", "one", "two"]
    assert rows[2:] == [
        ["menu", "2", "1.000 (0.500)", "0.000 (0.000)"],
        ["real x", "1", "1.000 (1.000)", "0.000 (0.000)"],
        ["all", "3", "1.000 (0.667)", "0.000 (0.000)"],
    ]


def test_drawn_lines_have_pictures_and_texts() -> None:
    lines = list(drawn(["sign"], 1))
    assert lines
    for line in lines:
        assert line.row == "sign"
        assert line.text
        assert min(line.picture.shape[:2]) > 1


def test_pages_that_nothing_else_is_measured_on() -> None:
    from tests.bench.accuracy import STUDY_SEED

    assert recognisers.SEED + 500 < STUDY_SEED
    assert unspaced(" ａ B ") == "aB"
