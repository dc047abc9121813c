"""Formats over HTTP."""

from typing import Any

import pytest
from fastapi import FastAPI

from tests.api_fakes import FakeReader, call, error_of
from wenyun.api.forms import BALANCER_BYTES, LAMBDA_BYTES, answer_of, check_size
from wenyun.errors import WenyunError
from wenyun.exports.render import FORMS, Rendered

HTTP: dict[str, Any] = {"aws.context": object(), "aws.event": {"requestContext": {"stage": "x"}}}
BALANCER: dict[str, Any] = {"aws.context": object(), "aws.event": {"requestContext": {"elb": {}}}}


def result(size: int, name: str = "text") -> Rendered:
    return Rendered(b"a" * size, FORMS[name].media_type, FORMS[name].extension)


@pytest.mark.parametrize("name", [name for name in FORMS if name not in ("json", "pdf")])
def test_a_format_comes_as_a_file_of_its_type(app: FastAPI, name: str) -> None:
    answer = call(app, "POST", f"/api/ocr?format={name}", content=b"x")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == FORMS[name].media_type
    name = f"result{FORMS[name].extension}"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["x-request-id"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "发票" in answer.content.decode("utf-8-sig")


def test_json_is_no_attachment(app: FastAPI) -> None:
    answer = call(app, "POST", "/api/ocr", content=b"x")
    assert answer.headers["content-type"] == "application/json"
    assert "content-disposition" not in answer.headers


def test_several_formats_are_for_jobs(app: FastAPI, reader: FakeReader) -> None:
    answer = call(app, "POST", "/api/ocr?format=json,text", content=b"x")
    error = error_of(answer, 422, "invalid_option")
    assert error["field"] == "format"
    assert "/api/jobs" in error["message"]
    assert reader.seen == []


def test_warnings_stand_in_a_header() -> None:
    made = Rendered(
        b"", "text/csv", ".csv", ("animated_first_frame", "bad\r\nheader: x", "page_failed:3")
    )
    assert answer_of(made).headers["x-ocr-warnings"] == "animated_first_frame, page_failed:3"
    assert "x-ocr-warnings" not in answer_of(result(1)).headers


@pytest.mark.parametrize(
    ("scope", "name", "most"),
    [
        (HTTP, "text", LAMBDA_BYTES - 2),
        (HTTP, "pdf", LAMBDA_BYTES * 3 // 4),
        (BALANCER, "text", BALANCER_BYTES - 2),
        (BALANCER, "pdf", BALANCER_BYTES * 3 // 4),
    ],
)
def test_what_lambda_cannot_answer_is_for_jobs(scope: Any, name: str, most: int) -> None:
    check_size(result(most, name), scope)
    with pytest.raises(WenyunError, match="/api/jobs") as raised:
        check_size(result(most + 3, name), scope)
    assert (raised.value.code, raised.value.status) == ("file_too_large", 413)


def test_han_takes_more_room_on_its_way() -> None:
    han = Rendered("汉".encode() * 1_100_000, "text/plain", ".txt")
    with pytest.raises(WenyunError):
        check_size(han, HTTP)


def test_elsewhere_any_size_goes() -> None:
    check_size(result(LAMBDA_BYTES + 1), {})
