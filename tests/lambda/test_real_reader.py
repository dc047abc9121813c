"""The whole chain with real models: an event in, the text of its picture out."""

import importlib.util
import json
from pathlib import Path

import pytest

from tests.awskit.buckets import Buckets
from tests.awskit.corpus import event_picture, load_event
from tests.awskit.functions import ROOT, client_function
from tests.awskit.object_events import s3_event
from tests.awskit.picture import TEXT
from tests.awskit.tools import missing

LAYER = ROOT / "layers/model/build/opt/models"


@pytest.fixture(autouse=True)
def _installed() -> None:
    for part in ("wenyun.wiring", "wenyun.api.app"):
        if not importlib.util.find_spec(part):
            pytest.skip(f"{part} is not there yet")
    if not (LAYER / "manifest.json").is_file():
        missing("The model layer (make layer builds it)")


def env(role: str, **more: str) -> dict[str, str]:
    return {"OCR_ROLE": role, "OCR_MODEL_DIR": str(LAYER), **more}


def test_http_events_are_read(tmp_path: Path) -> None:
    with client_function(tmp_path / "log", env("api"), "handler.handler") as function:
        for name in ("api_v1", "api_v2_raw", "function_url_json", "alb"):
            outcome = function.invoke(load_event(name))
            assert outcome.kind == "response", outcome.value
            answer = json.loads(outcome.value["body"])
            assert [line["text"] for line in answer["text"]] == [TEXT], name


def test_objects_are_read(tmp_path: Path, buckets: Buckets) -> None:
    buckets.upload("inbox/hello.png", event_picture(), lang="en")
    with client_function(
        tmp_path / "log", env("worker", **buckets.env), "handler.handler"
    ) as function:
        assert function.invoke(s3_event("inbox/hello.png")).kind == "response"
    assert buckets.result("hello.png.txt") == TEXT + "\n"
