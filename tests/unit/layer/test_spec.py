"""What `models.toml` says, and that it is complete."""

import re
import tomllib
from functools import partial
from pathlib import Path

import pytest

from builder.charset import charset_text
from builder.fetch import read_member
from builder.spec import LayerError, ModelSpec, load_specs
from tests.enginekit.layer import RECIPE, ROOT
from tests.enginekit.wheels import KEYS, make_wheel, sha256, small_model, spec

TABLE = RECIPE / "models.toml"
SPECS = {one.role: one for one in load_specs(TABLE)}


@pytest.fixture(params=SPECS)
def one(request: pytest.FixtureRequest) -> ModelSpec:
    return SPECS[request.param]


def test_every_role_that_the_engine_asks_for() -> None:
    assert {"recogniser", "second", "detector", "line_angle"} <= set(SPECS)


def test_every_file_is_pinned(one: ModelSpec) -> None:
    assert one.wheel is None or re.fullmatch(r"[a-z0-9-]+==[0-9.]+", one.wheel)
    assert re.fullmatch(r"[0-9a-f]{64}", one.sha256)
    assert one.path.endswith(".onnx")
    assert {"name", "kind", "licence", "channels", "mean", "scale"} <= set(one.runtime)


@pytest.mark.parametrize("role", ["recogniser", "second"])
def test_a_recogniser_says_all_that_the_contract_asks(role: str) -> None:
    assert SPECS[role].charset
    assert {"height", "width_stride", "blank"} <= set(SPECS[role].runtime)


def test_every_wheel_is_named_in_the_notice(one: ModelSpec) -> None:
    if one.wheel is not None:
        assert one.wheel.split("==")[0] in (ROOT / "NOTICE").read_text(encoding="utf-8")


def test_no_address_is_named() -> None:
    assert "://" not in TABLE.read_text(encoding="utf-8")


def test_what_the_builder_needs_is_not_passed_on() -> None:
    for table in tomllib.loads(TABLE.read_text(encoding="utf-8"))["model"]:
        runtime = SPECS[table["role"]].runtime
        assert not {"role", "wheel", "path", "file", "sha256", "charset"} & set(runtime)
        assert runtime.items() <= table.items()


def test_a_role_that_comes_twice(tmp_path: Path) -> None:
    row = '[[model]]\nrole = "detector"\nwheel = "a==1"\npath = "p"\nsha256 = "0"\n'
    (tmp_path / "models.toml").write_text(row * 2, encoding="utf-8")
    with pytest.raises(LayerError, match="a role is named twice: detector, detector"):
        load_specs(tmp_path / "models.toml")


def test_a_charset_of_its_own_file(tmp_path: Path) -> None:
    model, keys = small_model(), KEYS.replace("\n", "\r\n").encode()
    wheel = make_wheel(tmp_path, {"w/keys.txt": keys})
    described = spec("recogniser", "w/one.onnx", model, "w/keys.txt", sha256(keys), (" ",))
    assert charset_text(described, partial(read_member, wheel), model) == "甲\n乙\n丙\n \n"


def nothing(path: str, sha256: str) -> bytes:
    raise AssertionError(f"{path} was read")


def test_a_charset_in_the_models_metadata() -> None:
    model = small_model(character="甲\n\u3000\n丙")
    described = spec("second", "w/one.onnx", model, "metadata:character")
    assert charset_text(described, nothing, model) == "甲\n\u3000\n丙\n"


def test_a_model_without_a_charset() -> None:
    assert charset_text(spec("detector", "w/one.onnx", b""), nothing, b"") is None


@pytest.mark.parametrize(
    "rows",
    [
        'sha256 = "0"',
        'sha256 = "0"\nwheel = "a==1"',
        'sha256 = "0"\npath = "a.onnx"',
        'sha256 = "0"\nwheel = "a==1"\npath = "p"\nfile = "weights/a.onnx"',
    ],
)
def test_a_model_comes_from_one_place(rows: str, tmp_path: Path) -> None:
    (tmp_path / "models.toml").write_text(f'[[model]]\nrole = "detector"\n{rows}\n', "utf-8")
    with pytest.raises(LayerError, match="detector: name either `wheel` and `path`, or `file`"):
        load_specs(tmp_path / "models.toml")


@pytest.mark.parametrize("path", ["../a.onnx", "weights/../../a.onnx", "/etc/a.onnx"])
def test_a_file_outside_the_recipe(path: str, tmp_path: Path) -> None:
    row = f'[[model]]\nrole = "detector"\nfile = "{path}"\nsha256 = "0"\n'
    (tmp_path / "models.toml").write_text(row, "utf-8")
    with pytest.raises(LayerError, match="is not below the folder of models"):
        load_specs(tmp_path / "models.toml")
