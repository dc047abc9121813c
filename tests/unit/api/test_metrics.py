"""GET /metrics, read by Prometheus' own parser, and the log line of a request."""

import logging
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from tests.api_fakes import FakeReader, call, error_of
from tests.unit.observe.test_meters import Found, parsed
from wenyun.api.app import create_app
from wenyun.settings import Settings

OCR = ("code", "ok"), ("route", "/api/ocr"), ("status", "200")


def scraped(app: FastAPI, **request: Any) -> Found:
    answer = call(app, "GET", "/metrics", **request)
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return parsed(answer.text)


@pytest.fixture
def measured(reader: FakeReader) -> FastAPI:
    return create_app(Settings(workers=2), reader, metrics=True)


def test_requests_are_counted_by_route_status_and_code(measured: FastAPI) -> None:
    for body in (b"x", b"y", b"raise:corrupt_image", b"crash", b""):
        call(measured, "POST", "/api/ocr", content=body)
    call(measured, "GET", "/nowhere/at/all")
    call(measured, "DELETE", "/api/ocr")
    call(measured, "OPTIONS", "/api/ocr")
    call(measured, "GET", "/")
    found = {
        tuple(dict(labels)[name] for name in ("route", "status", "code")): value
        for (metric, labels), value in scraped(measured).items()
        if metric == "wenyun_requests_total"
    }
    assert found == {
        ("/api/ocr", "200", "ok"): 2,
        ("/api/ocr", "422", "corrupt_image"): 1,
        ("/api/ocr", "422", "missing_image"): 1,
        ("/api/ocr", "500", "internal"): 1,
        ("/api/ocr", "405", "method_not_allowed"): 1,
        ("unmatched", "404", "not_found"): 1,
        ("preflight", "204", "ok"): 1,
        ("page", "200", "ok"): 1,
    }


def test_what_was_read_is_counted(measured: FastAPI) -> None:
    for _ in range(3):
        call(measured, "POST", "/api/ocr", content=b"four")
    found = scraped(measured)
    assert found["wenyun_pages_total", ()] == 3
    assert found["wenyun_lines_total", ()] == 3
    assert found["wenyun_bytes_total", ()] == 12
    assert found["wenyun_confidence_total", ()] == pytest.approx(3 * 0.987)
    assert found["wenyun_stage_seconds_total", (("stage", "detect"),)] == pytest.approx(0.06)
    assert found["wenyun_stage_seconds_total", (("stage", "wait"),)] >= 0
    assert found["wenyun_request_seconds_count", (("route", "/api/ocr"),)] == 3


def test_the_state_of_the_server(measured: FastAPI) -> None:
    before = scraped(measured)
    assert before["wenyun_ready", ()] == 0
    assert ("wenyun_model_load_seconds", ()) not in before
    assert before["wenyun_pool_workers", ()] == 2
    assert before["wenyun_pool_running", (("kind", "document"),)] == 0
    assert before["wenyun_pool_waiting", (("kind", "small"),)] == 0
    assert before["wenyun_upload_bytes", ()] == 0
    assert measured.state.warmup.ready(30)
    after = scraped(measured)
    assert after["wenyun_ready", ()] == 1
    assert after["wenyun_model_load_seconds", ()] >= 0
    assert after["process_resident_memory_bytes", ()] > 0


def test_with_a_key_the_metrics_need_it(reader: FakeReader) -> None:
    app = create_app(Settings(api_key="k"), reader, metrics=True)
    error_of(call(app, "GET", "/metrics"), 401, "unauthorized")
    assert scraped(app, headers={"x-api-key": "k"})["wenyun_pool_workers", ()] == 1


def test_below_a_base_path(reader: FakeReader) -> None:
    app = create_app(Settings(base_path="/ocr"), reader, metrics=True)
    assert call(app, "GET", "/ocr/metrics").status_code == 200


def test_lambda_has_none(app: FastAPI) -> None:
    error_of(call(app, "GET", "/metrics"), 404, "not_found")


def told(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [vars(one) for one in caplog.records if getattr(one, "event", "") == "request"]


def test_a_request_tells_what_it_was(app: FastAPI, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "wenyun.api"):
        answer = call(
            app,
            "POST",
            "/api/ocr?profile=fast",
            files={"image": ("身份证-张三.jpg", b"picture")},
        )
        call(app, "POST", "/api/ocr", content=b"raise:time_limit")
    first, second = told(caplog)
    assert first["request_id"] == answer.json()["request_id"]
    expected = {
        "method": "POST",
        "route": "/api/ocr",
        "status": 200,
        "code": "ok",
        "cold": 1,
        "bytes": 7,
        "profile": "fast",
        "pages": 1,
        "lines": 1,
        "second": 0,
        "confidence": 0.987,
        "stages": {"decode": 10.0, "detect": 20.0},
        "request_faults": 0,
    }
    assert {name: first[name] for name in expected} == expected
    assert first["request_ms"] > 0
    assert first["wait_ms"] >= 0
    assert (second["status"], second["code"]) == (503, "time_limit")
    assert (second["cold"], second["request_faults"]) == (0, 1)
    for secret in ("张三", "jpg", "发票", "picture"):
        assert secret not in caplog.text
        assert secret not in str([first, second])


def test_a_busy_answer_is_no_fault(reader: FakeReader, caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(Settings(), reader)
    with caplog.at_level(logging.INFO, "wenyun.api"):
        call(app, "POST", "/api/ocr", content=b"raise:busy")
    (line,) = told(caplog)
    assert (line["status"], line["code"], line["request_faults"]) == (503, "busy", 0)


def test_a_method_of_the_clients_own_is_not_repeated(
    app: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "wenyun.api"):
        call(app, "MY-NAME-IS", "/api/ocr")
    assert told(caplog)[0]["method"] == "OTHER"
    assert "NAME" not in caplog.text


def test_jobs_and_their_queue(reader: FakeReader, tmp_path: Path) -> None:
    from wenyun.wiring import make_jobs

    settings = Settings(data_dir=tmp_path)
    jobs = make_jobs(settings, ["false"])
    app = create_app(settings, reader, jobs=jobs, metrics=True)
    assert not [name for name, _ in scraped(app) if name.startswith("wenyun_job")]
    assert not list(tmp_path.iterdir())
    place = jobs.open()
    job = place.desk.announce("a.pdf", "application/pdf", 5, {})
    try:
        found = scraped(app)
        assert found["wenyun_jobs", (("state", "waiting"),)] == 1
        assert found["wenyun_job_tasks", (("state", "ready"),)] == 0
        assert found["wenyun_job_oldest_seconds", ()] >= 0
        assert job.id not in str(found)
    finally:
        jobs.stop()
