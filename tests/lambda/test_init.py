"""INIT: what is said when a function cannot start, and what INIT must not do."""

import importlib.util
import socket
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import pytest

from tests.awskit.buckets import Buckets
from tests.awskit.corpus import event_picture
from tests.awskit.functions import client_function
from tests.awskit.object_events import s3_event

WORKER = {"OCR_ROLE": "worker"}
Load = Callable[..., ModuleType]


def test_broken_layer_is_named(tmp_path: Path) -> None:
    env = WORKER | {"FAKE_BROKEN_LAYER": "1", "OCR_MODEL_DIR": "/opt/none"}
    with client_function(tmp_path / "log", env) as function:
        outcome = function.outcome()
    assert outcome.kind == "init"
    assert outcome.value["errorType"] == "StartError"
    assert outcome.value["errorMessage"] == (
        "The models in /opt/none cannot be opened: FileNotFoundError: crnn.onnx is not there"
    )


def test_bad_setting_is_named(tmp_path: Path) -> None:
    with client_function(tmp_path / "log", {"OCR_ROLE": "cook"}) as function:
        outcome = function.outcome()
    assert outcome.kind == "init"
    assert "OCR_ROLE must be one of api, worker, not 'cook'" in outcome.value["errorMessage"]


def test_part_that_is_not_installed_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken_handler.py"
    broken.write_text("import sys\nsys.modules['wenyun.wiring'] = None\nimport handler\n")
    env = WORKER | {"PYTHONPATH": str(tmp_path)}
    with client_function(tmp_path / "log", env, "broken_handler.handler") as function:
        outcome = function.outcome()
    assert outcome.kind == "init"
    assert outcome.value["errorType"] == "StartError"
    assert "wenyun.wiring" in outcome.value["errorMessage"]


def test_worker_without_a_bucket_for_results_says_so(tmp_path: Path) -> None:
    with client_function(tmp_path / "log", WORKER) as function:
        outcome = function.invoke(s3_event("inbox/a.png"))
    assert outcome.kind == "error"
    assert outcome.value["errorType"] == "StartError"
    assert "OCR_RESULT_BUCKET" in outcome.value["errorMessage"]


def test_time_comes_from_the_invocation(tmp_path: Path, buckets: Buckets) -> None:
    buckets.upload("inbox/a.png", event_picture())
    with client_function(tmp_path / "log", WORKER | buckets.env) as function:
        outcome = function.invoke(s3_event("inbox/a.png"), seconds=2.0)
        assert outcome.kind == "response", outcome.value
        assert buckets.result("a.png.error.json")["error"]["code"] == "time_limit"
        function.invoke(s3_event("inbox/a.png"), seconds=29.0)
    assert buckets.results() == ["a.png.json", "a.png.txt"]


@pytest.mark.parametrize("role", ["worker", "api"])
def test_init_opens_no_socket(load: Load, monkeypatch: pytest.MonkeyPatch, role: str) -> None:
    if role == "api" and not importlib.util.find_spec("wenyun.api.app"):
        pytest.skip("wenyun.api.app is not there yet")

    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise AssertionError("a socket at INIT")

    monkeypatch.setattr(socket, "socket", refuse)
    assert load(role=role)._SOURCES


def test_init_warms_the_reader_once(load: Load) -> None:
    module = load(role="worker")
    assert module.made == ["made", "warm"]
