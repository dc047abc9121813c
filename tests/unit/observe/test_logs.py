"""Log lines: text for people, JSON for collectors, metrics for CloudWatch."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from awslambdaric.lambda_runtime_log_utils import JsonFormatter as LambdaFormatter

from tests.api_fakes import PAGE
from wenyun.observe.emf import METRICS, Embed, embedded
from wenyun.observe.facts import document_facts, mark, note, noted, tell
from wenyun.observe.logs import JsonFormatter, for_lambda, for_server
from wenyun.result import Document

FACTS: dict[str, Any] = {
    "route": "/api/ocr",
    "request_ms": 12.5,
    "request_faults": 0,
    "lines": 3,
    "pages": 1,
    "cold": 1,
    "stages": {"decode": 1.5},
    "confidence": None,
}


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, logging.StreamHandler[io.StringIO]]]:
    logger = logging.getLogger("wenyun.test_logs")
    handler = logging.StreamHandler(io.StringIO())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    yield logger, handler
    logger.removeHandler(handler)


def test_a_json_line_has_the_facts_as_members(log: Any) -> None:
    logger, handler = log
    handler.setFormatter(JsonFormatter())
    tell(logger, "request", "POST /api/ocr 200", FACTS)
    line = json.loads(handler.stream.getvalue())
    assert line.pop("time").endswith("Z")
    assert line == {
        "level": "INFO",
        "logger": "wenyun.test_logs",
        "message": "POST /api/ocr 200",
        "event": "request",
        **{name: value for name, value in FACTS.items() if value is not None},
    }


def test_a_failure_is_one_line_with_its_trace(log: Any) -> None:
    logger, handler = log
    handler.setFormatter(JsonFormatter())
    try:
        raise ZeroDivisionError("of ours")
    except ZeroDivisionError:
        logger.exception("It\nfailed")
    written = handler.stream.getvalue()
    assert written.count("\n") == 1
    line = json.loads(written)
    assert "ZeroDivisionError: of ours" in line["trace"]
    assert line["message"] == "It\nfailed"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "is_json"), [(Terminal(), False), (io.StringIO(), True)])
def test_a_terminal_has_text_and_a_pipe_has_json(
    stream: io.StringIO, is_json: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging, "root", logging.RootLogger(logging.WARNING))
    monkeypatch.setattr(logging.Logger, "root", logging.root)
    for_server(stream)
    record = logging.makeLogRecord({"msg": "hello", "name": "wenyun.x", "event": "start"})
    logging.root.handlers[0].emit(record)
    written = stream.getvalue()
    assert written.startswith("{") == is_json
    assert "hello" in written


def lambda_line(log: Any, event: str, facts: dict[str, Any]) -> dict[str, Any]:
    """A line as the Lambda runtime's own formatter writes it."""
    logger, handler = log
    handler.setFormatter(LambdaFormatter())
    handler.addFilter(Embed())
    tell(logger, event, "a message", facts)
    line: dict[str, Any] = json.loads(handler.stream.getvalue())
    return line


@pytest.mark.parametrize("event", METRICS)
def test_cloudwatch_finds_every_metric_in_the_line(
    event: str, log: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rules of the specification: names are members at the root, and numbers."""
    monkeypatch.setenv("OCR_ROLE", "worker")
    line = lambda_line(log, event, {"route": "/api/ocr"} | dict.fromkeys(METRICS[event], 1.5))
    (directive,) = line["_aws"]["CloudWatchMetrics"]
    assert directive["Namespace"] == "Wenyun"
    assert directive["Dimensions"] == [["service"]]
    assert line["service"] == "worker"
    assert isinstance(line["_aws"]["Timestamp"], int)
    assert {one["Name"]: one["Unit"] for one in directive["Metrics"]} == METRICS[event]
    for one in directive["Metrics"]:
        assert line[one["Name"]] == 1.5


def test_facts_stand_beside_the_metrics(log: Any) -> None:
    line = lambda_line(log, "request", FACTS)
    assert line["stages"] == {"decode": 1.5}
    assert line["service"] == "api"
    assert line["message"] == "a message"


def test_a_metric_that_a_line_lacks_is_not_named() -> None:
    found = embedded("request", {"route": "/api/ocr", "request_ms": 3.0}, 1.5)
    (directive,) = found["_aws"]["CloudWatchMetrics"]
    assert [one["Name"] for one in directive["Metrics"]] == ["request_ms"]
    assert found["_aws"]["Timestamp"] == 1500


@pytest.mark.parametrize(
    ("event", "route"), [("request", "/api/health"), ("request", "page"), ("start", "")]
)
def test_what_nobody_alarms_on_costs_nothing(event: str, route: str) -> None:
    assert embedded(event, FACTS | {"route": route}, 0.0) == {}


def test_all_metrics_are_within_what_is_free() -> None:
    """CloudWatch bills each name and value of a dimension; ten are free of charge."""
    api = set(METRICS["request"])
    worker = set(METRICS["task"]) | set(METRICS["object"])
    assert len(api) + len(worker) <= 10


def test_lambdas_own_handler_gets_the_metrics(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_LAMBDA_LOG_LEVEL", raising=False)
    monkeypatch.setattr(logging, "root", logging.RootLogger(logging.WARNING))
    monkeypatch.setattr(logging.Logger, "root", logging.root)
    logging.root.addHandler(logging.StreamHandler(sys.stderr))
    for_lambda()
    assert any(isinstance(one, Embed) for one in logging.root.handlers[0].filters)


def test_notes_reach_whoever_gathers_and_nobody_else() -> None:
    note(lost=1)
    with noted() as outer:
        note(a=1)
        with noted() as inner:
            note(b=2)
        note(c=3)
    note(lost=2)
    assert (outer, inner) == ({"a": 1, "c": 3}, {"b": 2})


def test_what_a_document_tells_is_numbers() -> None:
    facts = document_facts(Document((PAGE, PAGE)))
    assert facts == {
        "pages": 2,
        "lines": 2,
        "second": 0,
        "confidence": 0.987,
        "stages": {"decode": 20.0, "detect": 40.0},
    }
    assert document_facts(Document(()))["confidence"] is None
    assert "发票" not in json.dumps(facts, ensure_ascii=False)


def test_a_mark_is_what_the_manual_says_it_is() -> None:
    """`printf %s 'bucket/inbox/a.jpg' | sha256sum` begins so."""
    assert mark("bucket", "inbox/a.jpg") == mark("bucket/inbox", "a.jpg") == "556a26c49336"
    assert "\udcff" not in mark("\udcff")
