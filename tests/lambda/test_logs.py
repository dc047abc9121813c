"""What stands in CloudWatch's log: written by Lambda's own runtime client in its JSON format."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.awskit.buckets import Buckets
from tests.awskit.corpus import event_picture, load_event
from tests.awskit.functions import client_function
from tests.awskit.object_events import s3_event
from wenyun.observe.facts import mark

AS_DEPLOYED = {"AWS_LAMBDA_LOG_FORMAT": "JSON", "AWS_LAMBDA_LOG_LEVEL": "INFO"}
"""What the template's LoggingConfig gives the function."""


def lines(log: str) -> list[dict[str, Any]]:
    """The lines that are JSON objects."""
    return [json.loads(line) for line in log.splitlines() if line.startswith("{")]


def of(event: str, log: str) -> list[dict[str, Any]]:
    return [line for line in lines(log) if line.get("event") == event]


def metrics(line: dict[str, Any]) -> dict[str, Any]:
    """What CloudWatch makes of a line: the dimension, and each metric with its value."""
    (directive,) = line["_aws"]["CloudWatchMetrics"]
    ((dimension,),) = directive["Dimensions"]
    names = [metric["Name"] for metric in directive["Metrics"]]
    return {dimension: line[dimension]} | {name: line[name] for name in names}


def test_a_request_is_one_line_with_its_metrics(tmp_path: Path) -> None:
    with client_function(tmp_path / "log", AS_DEPLOYED | {"OCR_ROLE": "api"}) as function:
        for _ in range(2):
            assert function.invoke(load_event("api_v1")).value["statusCode"] == 200
        function.invoke(load_event("api_v1_health"))
        log = function.log()
    (start,) = of("start", log)
    assert start["models_ms"] >= 0
    first, second, health = of("request", log)
    assert first["level"] == "INFO"
    assert first["request_id"] == first["requestId"]
    found = metrics(first)
    assert found.pop("request_ms") > 0
    assert found == {"service": "api", "request_faults": 0, "lines": 1, "pages": 1, "cold": 1}
    assert metrics(second)["cold"] == 0
    assert health["route"] == "/api/health"
    assert "_aws" not in health


def test_an_object_is_one_line_without_its_name(tmp_path: Path, buckets: Buckets) -> None:
    buckets.upload("inbox/zhang-san.png", event_picture())
    env = AS_DEPLOYED | buckets.env | {"OCR_ROLE": "worker"}
    with client_function(tmp_path / "log", env) as function:
        function.invoke(s3_event("inbox/zhang-san.png", "inbox/gone.png"))
        log = function.log()
    read, gone = of("object", log)
    assert (read["code"], gone["code"]) == ("ok", "gone")
    assert metrics(read)["service"] == "worker"
    assert metrics(read)["lines"] == 1
    assert read["object"] == mark(
        s3_event("x")["Records"][0]["s3"]["bucket"]["name"], "inbox/zhang-san.png"
    )
    assert "zhang" not in log


@pytest.mark.parametrize("role", ["api"])
def test_in_lambdas_text_format_the_lines_are_there_too(tmp_path: Path, role: str) -> None:
    with client_function(tmp_path / "log", {"OCR_ROLE": role}) as function:
        function.invoke(load_event("api_v1"))
        log = function.log()
    assert "POST /api/ocr 200" in log
