"""The commands of a run, one after another: train, blend, export."""

from pathlib import Path

import onnx
import pytest

torch = pytest.importorskip("torch", reason="training needs torch: run `make train-test`")

from tests.training.kit import light_data  # noqa: E402
from tests.training.test_trainer import config  # noqa: E402
from training import blend, export, train  # noqa: E402


def call(monkeypatch: pytest.MonkeyPatch, module: object, *given: object) -> None:
    monkeypatch.setattr("sys.argv", ["command", *map(str, given)])
    module.main()  # type: ignore[attr-defined]


def test_from_shards_to_a_file_of_the_layer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("signal.signal", lambda *_: None)
    shards, run, out = light_data(tmp_path / "data"), tmp_path / "run", tmp_path / "made/a.onnx"
    told = ["--data", shards, "--threads", 1]
    file = config(tmp_path, 8)
    times = ["--scale", 0.5, "--minutes", 1, "--validate-every", 1]
    call(monkeypatch, train, "--config", file, "--run", run, *told, *times)
    assert torch.load(run / "best.pt", weights_only=True)["step"] == 4
    capsys.readouterr()

    call(monkeypatch, blend, run, "--config", file, "--share", 0, 1, *told)
    published, trained = capsys.readouterr().out.splitlines()[-2:]
    assert published.startswith("| 0.00 |")
    assert published.endswith("1.0000 |"), "as published, it agrees with itself"
    assert trained.startswith("| 1.00 |")

    call(monkeypatch, export, run, "--config", file, "--int8", "--blend", 0.6, "--out", out)
    entry = capsys.readouterr().out
    assert 'file = "weights/crnn_small.onnx"' in entry
    assert onnx.load(out).graph.name == "crnn_small"
    named = ["--name", "crnn_mine", "--role", "second", "--out", out]
    call(monkeypatch, export, run, "--config", file, *named)
    entry = capsys.readouterr().out
    assert 'role = "second"' in entry
    assert onnx.load(out).graph.name == "crnn_mine"
