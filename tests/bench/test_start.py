"""The table of a start's stages."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.bench import start
from tests.bench.start import VARIANTS, Variant, report


def one(**stages: float) -> dict[str, Any]:
    return {"stages": stages, "cpu": sum(stages.values())}


def test_medians_and_the_sum_to_the_first_answer() -> None:
    starts = [one(load=0.1, first=0.2, again=1.0), one(load=0.3, first=0.2, again=1.0)] * 2
    row = report({"as it is": [*starts, one(load=0.2, first=0.2, again=1.0)]}).splitlines()[2]
    assert [cell.strip() for cell in row.split("|")[1:-1]] == [
        "as it is", "200", "200", "1000", "400", "1400",
    ]  # fmt: skip


def test_every_variant_leaves_one_measure_out() -> None:
    plain, *others = VARIANTS
    assert plain == Variant("as it is")
    for other in others:
        changed = [bool(other.env), not other.compiled]
        assert changed.count(True) == 1


def test_a_start_that_fails_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(*_: object, **__: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess([], 1, "", "Traceback\nRuntimeError: no layer")

    monkeypatch.setattr(subprocess, "run", fail)
    with pytest.raises(RuntimeError, match="no layer"):
        start.start(Variant("x"), tmp_path, tmp_path / "p.png", 1)


def test_what_the_child_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen: dict[str, Any] = {}

    def answer(command: list[str], **told: Any) -> subprocess.CompletedProcess[str]:
        seen.update(told["env"], picture=command[-1])
        return subprocess.CompletedProcess(command, 0, '{"stages": {}, "cpu": 0}', "")

    monkeypatch.setattr(subprocess, "run", answer)
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "7")
    start.start(Variant("x"), tmp_path, tmp_path / "p.png", 2)
    assert "OPENBLAS_NUM_THREADS" not in seen
    assert seen["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] == "3538"
    assert seen["picture"] == str(tmp_path / "p.png")
