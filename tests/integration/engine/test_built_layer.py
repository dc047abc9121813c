"""The layer as it was built here: the same wherever it is built, and true to what was published."""

import json
import re
import shlex
import shutil
import sys
from pathlib import Path

import numpy as np
import onnxruntime as ort
import pytest

from builder.__main__ import main
from builder.fetch import reader
from builder.graph import convert
from builder.layout import converted_model
from builder.spec import LayerError, ModelSpec, load_specs
from tests.awskit.dockerfile import parse_dockerfile
from tests.enginekit.layer import BUILT, RECIPE, ROOT, WHEELS, needs_build
from tests.enginekit.wheels import reloaded, sha256, tree
from tests.scenes.catalogue import SCENES, crop
from wenyun.engine.charset import load_charset
from wenyun.engine.detect import DetectorSettings
from wenyun.engine.recognise import resize_line
from wenyun.engine.tensors import to_tensor
from wenyun.models.manifest import load_manifest
from wenyun.models.sessions import open_session

pytestmark = needs_build

SPECS = load_specs(RECIPE / "models.toml")
MODELS = BUILT / "opt/models"


@pytest.fixture(params=SPECS, ids=lambda one: one.role)
def one(request: pytest.FixtureRequest) -> ModelSpec:
    spec: ModelSpec = request.param
    return spec


def published(spec: ModelSpec) -> bytes:
    return reader(spec, WHEELS)(spec.path, spec.sha256)


def run_builder(words: list[str], monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["builder", *words])
    return main()


def test_what_make_built_is_what_the_images_builder_stage_builds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The stage's own command, in a copy of what the stage copies; then byte for byte."""
    stage = parse_dockerfile(ROOT / "functions/ocr/Dockerfile")["layer"]
    (command,) = [run for run in stage.all("RUN") if "-m builder" in run]
    words = shlex.split(command.split("&&")[0])
    mirror, *words = words
    assert mirror == "PIP_INDEX_URL=${PACKAGE_INDEX}"
    assert words[:4] == ["PYTHONPATH=layers/model", "python3", "-m", "builder"]
    assert "layers/model" in stage.copied()
    shutil.copytree(RECIPE, tmp_path / "layers/model", ignore=shutil.ignore_patterns("build"))
    monkeypatch.chdir(tmp_path)
    here = tmp_path / "layers/model"
    places = ["--models", str(here / "models.toml"), "--cache", str(here / ".cache")]
    assert run_builder([*words[4:], *places], monkeypatch) == 0
    assert "layers/model/build/opt/models" in capsys.readouterr().out
    assert tree(here / "build/opt") == tree(BUILT / "opt")


def test_the_images_take_the_folder_that_was_built() -> None:
    stages = parse_dockerfile(ROOT / "functions/ocr/Dockerfile")
    for name in ("lambda", "server"):
        assert "--from=layer /build/layers/model/build/opt/models /opt/models" in stages[name].all(
            "COPY"
        )


def test_make_and_the_image_run_the_same_module() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^layer:.*\n\t.*-m builder --out layers/model/build$", makefile, re.MULTILINE)


def test_nothing_but_what_the_manifest_names() -> None:
    said = json.loads((MODELS / "manifest.json").read_text(encoding="utf-8"))["models"]
    named = {item[key] for item in said.values() for key in ("file", "charset") if key in item}
    assert set(tree(BUILT / "opt/models")) == named | {"manifest.json"}
    assert set(said) == {spec.role for spec in SPECS}


def test_a_wrong_checksum_stops_the_build(one: ModelSpec) -> None:
    with pytest.raises(LayerError, match=re.escape(one.path)):
        reader(one, WHEELS)(one.path, "0" * 64)


def test_files_are_what_the_manifest_says(one: ModelSpec) -> None:
    said = json.loads((MODELS / "manifest.json").read_text(encoding="utf-8"))["models"][one.role]
    assert said["sha256"] == sha256((MODELS / said["file"]).read_bytes())
    assert said["source"] == one.source
    assert said["onnxruntime"] == ort.__version__
    assert said["licence"] == "Apache-2.0"


def in_numbers(spec: ModelSpec) -> ort.InferenceSession:
    """The model as converted, without bytes."""
    options = ort.SessionOptions()
    options.log_severity_level = 4
    return ort.InferenceSession(convert(published(spec), spec.role), options)


def test_converting_changes_no_number(one: ModelSpec) -> None:
    """The model as published beside the model as converted, on random pixels."""
    entry = load_manifest(MODELS).entry(one.role)
    shape = (2, 3, entry.height or 64, entry.width or 160)
    x = np.random.default_rng(7).uniform(-1, 1, shape).astype(np.float32)
    options = ort.SessionOptions()
    options.log_severity_level = 4
    raw = ort.InferenceSession(published(one), options, providers=["CPUExecutionProvider"])
    expected = raw.run(None, {raw.get_inputs()[0].name: x})[0]
    found = in_numbers(one).run(None, {entry.input: x})[0]
    assert found.shape == expected.shape
    # 8-bit layers round what they are given: a difference in the last digits may grow to a step.
    rounds = b"DynamicQuantize" in published(one)
    assert np.abs(found - expected).max() < (0.03 if rounds else 1e-3)


def test_the_layer_opens_what_was_converted(one: ModelSpec) -> None:
    entry = load_manifest(MODELS).entry(one.role)
    shape = (1, 3, entry.height or 64, entry.width or 160)
    x = np.random.default_rng(8).uniform(-1, 1, shape).astype(np.float32)
    found = open_session(entry, 1).run(x)
    assert found.shape == in_numbers(one).run(None, {entry.input: x})[0].shape
    assert np.isfinite(found).all()


def test_bytes_say_the_second_reader_the_same_characters() -> None:
    """Lines of a drawn page: hardly a step has another class than by numbers."""
    spec = next(one for one in SPECS if one.role == "second")
    entry = load_manifest(MODELS).entry(spec.role)
    page = SCENES["menu"](np.random.default_rng(33))
    session, plain = open_session(entry, 1), in_numbers(spec)
    other = steps = 0
    for line in page.lines:
        cut = resize_line(crop(np.asarray(page.picture), line), 320, entry.height or 48)
        x = to_tensor(cut, entry)[None]
        found, expected = session.run(x), plain.run(None, {entry.input: x})[0]
        other += int((found.argmax(axis=2) != expected.argmax(axis=2)).sum())
        steps += found.shape[1]
    assert steps > 500
    assert other < 0.03 * steps


def test_bytes_show_the_detector_the_same_text() -> None:
    """Of the pixels that are text by its numbers, few turn out otherwise by its bytes."""
    spec = next(one for one in SPECS if one.role == "detector")
    page = SCENES["invoice"](np.random.default_rng(31)).picture
    entry = load_manifest(MODELS).entry(spec.role)
    x = to_tensor(np.ascontiguousarray(page[:640, :640]), entry)[None]
    expected = in_numbers(spec).run(None, {entry.input: x})[0]
    found = open_session(entry, 1).run(x)
    text = expected > DetectorSettings().threshold
    assert text.mean() > 0.02
    other = (found > DetectorSettings().threshold) != text
    assert other.sum() < 0.02 * text.sum()
    assert np.abs(found - expected).mean() < 0.003


def test_converting_again_gives_the_same_bytes(one: ModelSpec) -> None:
    built = (MODELS / f"{one.role}.onnx").read_bytes()
    assert converted_model(one, published(one)) == built


def test_nothing_of_one_host_is_stored(one: ModelSpec) -> None:
    graph = reloaded((MODELS / f"{one.role}.onnx").read_bytes())
    assert all("nchwc" not in node.domain for node in graph.node)


def test_no_hardswish_is_left_written_out() -> None:
    graph = reloaded((MODELS / "recogniser.onnx").read_bytes())
    assert not {"Clip", "Div"} & {node.op_type for node in graph.node}


@pytest.mark.parametrize("role", ["recogniser", "second"])
@pytest.mark.parametrize("width", [32, 320, 1024])
def test_steps_and_classes_are_as_the_manifest_says(
    role: str, width: int, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whatever the width, without a word of warning, each class with its character."""
    entry = load_manifest(MODELS).entry(role)
    assert entry.charset is not None
    x = np.zeros((1, 3, entry.height or 0, width), np.float32)
    steps = open_session(entry, 1).run(x)
    classes = len(load_charset(entry.charset, entry.blank).characters)
    assert steps.shape == (1, width // entry.width_stride, classes)
    assert np.allclose(steps.sum(axis=2), 1, atol=1e-3)
    assert capfd.readouterr().err == ""
