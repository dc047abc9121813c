"""A layer that cannot be used says so in one sentence, whatever is wrong with it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.enginekit.entries import ITEM, write_manifest
from wenyun.models.manifest import LayerError, load_manifest

GOOD = {"recogniser": ITEM, "detector": ITEM | {"kind": "detector"}}


def refusal(folder: Path) -> str:
    with pytest.raises(LayerError) as caught:
        load_manifest(folder)
    return str(caught.value)


def test_a_layer_by_role(tmp_path: Path) -> None:
    found = load_manifest(write_manifest(tmp_path, **GOOD))
    assert set(found.models) == {"recogniser", "detector"}
    assert found.folder == tmp_path
    assert found.entry("detector").kind == "detector"
    assert found.entry("recogniser").role == "recogniser"


def test_what_an_entry_holds_where_little_is_said(tmp_path: Path) -> None:
    one = load_manifest(write_manifest(tmp_path, **GOOD)).entry("recogniser")
    assert one.path == tmp_path / "model.onnx"
    assert (one.input, one.output, one.channels) == ("x", "y", "bgr")
    assert one.mean == (127.5, 127.5, 127.5)
    assert one.scale == (1 / 127.5, 1 / 127.5, 1 / 127.5)
    assert (one.height, one.width, one.width_stride, one.blank) == (None, None, 1, 0)
    assert one.charset is None
    assert one.drops_spaces is False


def test_what_an_entry_says_is_passed_on(tmp_path: Path) -> None:
    said = ITEM | {
        "channels": "rgb",
        "mean": [1, 2, 3],
        "scale": [4, 5, 6],
        "height": 48,
        "width": 320,
        "width_stride": 8,
        "blank": 7,
        "charset": "letters.txt",
        "drops_spaces": True,
    }
    one = load_manifest(write_manifest(tmp_path, **GOOD | {"recogniser": said})).entry("recogniser")
    assert (one.channels, one.mean, one.scale) == ("rgb", (1.0, 2.0, 3.0), (4.0, 5.0, 6.0))
    assert (one.height, one.width, one.width_stride, one.blank) == (48, 320, 8, 7)
    assert one.charset == tmp_path / "letters.txt"
    assert one.drops_spaces is True


def test_no_layer_says_how_to_get_one(tmp_path: Path) -> None:
    said = refusal(tmp_path / "nowhere")
    assert str(tmp_path / "nowhere") in said
    assert "make layer" in said
    assert "OCR_MODEL_DIR" in said


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert str(tmp_path / "file/manifest.json") in refusal(tmp_path / "file")


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '"text"', "{}", '{"models": []}', '{"models": null}', "\x00\xff"],
)
def test_a_manifest_that_is_none(text: str, tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(text, encoding="latin-1")
    assert refusal(tmp_path).startswith(f"{path} cannot be used: ")


@pytest.mark.parametrize("key", sorted(ITEM))
def test_an_entry_without_something_needed(key: str, tmp_path: Path) -> None:
    broken = {name: value for name, value in ITEM.items() if name != key}
    said = refusal(write_manifest(tmp_path, **GOOD | {"recogniser": broken}))
    assert re.search(rf"manifest.json cannot be used: .*{key}", said)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("channels", "bgra"),
        ("mean", [1, 2]),
        ("mean", "much"),
        ("scale", [1, 2, 3, 4]),
        ("scale", None),
        ("file", 3),
        ("width_stride", "wide"),
        ("blank", None),
        ("charset", 5),
    ],
)
def test_an_entry_with_a_bad_value(key: str, value: Any, tmp_path: Path) -> None:
    said = refusal(write_manifest(tmp_path, **GOOD | {"recogniser": ITEM | {key: value}}))
    assert said.startswith(f"{tmp_path / 'manifest.json'} cannot be used: ")


def test_an_entry_that_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({"models": {"recogniser": 5}}))
    assert "cannot be used" in refusal(tmp_path)


@pytest.mark.parametrize("role", ["recogniser", "detector"])
def test_a_layer_without_a_model_that_every_request_needs(role: str, tmp_path: Path) -> None:
    rest = {name: item for name, item in GOOD.items() if name != role}
    said = refusal(write_manifest(tmp_path, **rest))
    assert said == f"the model layer in {tmp_path} has no '{role}'"


def test_a_role_that_is_not_there(tmp_path: Path) -> None:
    found = load_manifest(write_manifest(tmp_path, **GOOD))
    with pytest.raises(LayerError, match="has no 'second'"):
        found.entry("second")
