"""From the process's arguments to its exit status, with a stand-in for the engine."""

import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.unit.cli.conftest import FakeReader
from wenyun.cli import main
from wenyun.models.manifest import LayerError
from wenyun.settings import Settings

Printed = pytest.CaptureFixture[str]


@pytest.fixture
def layer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that passes for a model layer."""
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "manifest.json").write_text("{}")
    monkeypatch.setenv("OCR_MODEL_DIR", str(folder))
    return folder


@pytest.fixture
def wiring(layer: Path, reader: FakeReader, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A wiring whose reader is the fake one."""
    module = ModuleType("wenyun.wiring")

    def make_reader(settings: Settings) -> FakeReader:
        assert settings.model_dir == layer
        return reader

    module.__dict__["make_reader"] = make_reader
    monkeypatch.setitem(sys.modules, "wenyun.wiring", module)
    return module


def test_a_picture(wiring: ModuleType, picture: Path, capfd: Printed) -> None:
    assert main([str(picture)]) == 0
    assert capfd.readouterr() == ("发票 Invoice\n¥12.50\n", "")


def test_arguments_come_from_the_process(
    wiring: ModuleType, picture: Path, capfd: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["wenyun", str(picture), str(picture.parent / "none")])
    assert main() == 1
    printed = capfd.readouterr()
    assert "发票" in printed.out
    assert printed.err.endswith("none: No such file or directory (not_found)\n")


def test_an_interrupt(
    wiring: ModuleType, reader: FakeReader, picture: Path, capfd: Printed
) -> None:
    reader.failure = KeyboardInterrupt()
    assert main([str(picture)]) == 130
    assert capfd.readouterr() == ("", "")


def test_what_libraries_print_themselves_is_kept_off(
    wiring: ModuleType,
    reader: FakeReader,
    picture: Path,
    capfd: Printed,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def read(*_: object, **__: object) -> None:
        os.write(2, b"libtiff: noise\n")
        raise ValueError("bad strip")

    monkeypatch.setattr(reader, "read", read)
    assert main([str(picture)]) == 1
    assert capfd.readouterr().err == f"wenyun: {picture}: ValueError: bad strip (internal)\n"
    os.write(2, b"back again\n")
    assert capfd.readouterr().err == "back again\n"


def test_a_layer_that_does_not_open(wiring: ModuleType, picture: Path, capfd: Printed) -> None:
    def make_reader(settings: Settings) -> FakeReader:
        raise LayerError("manifest.json cannot be used:\nno recogniser")

    wiring.__dict__["make_reader"] = make_reader
    assert main([str(picture)]) == 1
    printed = capfd.readouterr()
    assert printed.out == ""
    assert printed.err == "wenyun: manifest.json cannot be used: no recogniser\n"


def test_file_names_that_are_no_text(wiring: ModuleType, picture: Path, capfd: Printed) -> None:
    odd = os.fsdecode(os.fsencode(picture.parent) + b"/caf\xe9.png")
    Path(odd).write_bytes(picture.read_bytes())
    assert main([odd, str(picture)]) == 0
    assert "发票" in capfd.readouterr().out
