"""Every error that a request can meet, in the contract's shape."""

import json
import logging
from typing import Any

import pytest
from fastapi import FastAPI

from tests.api_fakes import FakeReader, call, error_of
from wenyun.errors import KINDS

JSON = {"content-type": "application/json"}
FORM = "multipart/form-data; boundary=x"


@pytest.mark.parametrize(
    ("request_body", "field"),
    [
        ({"files": {"image": ("a.png", b"p")}, "data": {"colour": "red"}}, "colour"),
        ({"files": {"photo": ("a.png", b"p")}}, "photo"),
        ({"json": {"image": "AAAA", "Lang": "en"}}, "Lang"),
        ({"content": b"p", "params": {"image": "x"}}, "image"),
        ({"content": rb'{"image": "AAAA", "\ud800": 1}', "headers": JSON}, "?"),
    ],
)
def test_unknown_option(app: FastAPI, request_body: dict[str, Any], field: str) -> None:
    answer = call(app, "POST", "/api/ocr", **request_body)
    assert error_of(answer, 422, "unknown_option")["field"] == field


def test_a_file_in_the_wrong_field_is_told_the_right_one(app: FastAPI) -> None:
    answer = call(app, "POST", "/api/ocr", files={"file": ("a.png", b"p")})
    assert "'image'" in error_of(answer, 422, "unknown_option")["message"]


@pytest.mark.parametrize(
    ("request_body", "field"),
    [
        ({"files": {"image": ("a.png", b"p")}, "data": {"lang": "fr"}}, "lang"),
        ({"files": {"image": ("a.png", b"p")}, "data": {"lang": ["zh", "en"]}}, "lang"),
        ({"files": [("image", ("a.png", b"p")), ("image", ("b.png", b"p"))]}, "image"),
        ({"files": {"image": ("a.png", b"p")}, "data": {"region": "9" * 20_000}}, "region"),
        ({"json": {"image": "AAAA", "timings": "perhaps"}}, "timings"),
        ({"json": {"image": "AAAA", "region": [1, 2, 3]}}, "region"),
        ({"json": {"image": "AAAA", "lang": None}}, "lang"),
        ({"content": b"p", "params": {"profile": ""}}, "profile"),
        ({"content": b"p", "params": {"profile": ["fast", "fast"]}}, "profile"),
    ],
)
def test_invalid_option(app: FastAPI, request_body: dict[str, Any], field: str) -> None:
    answer = call(app, "POST", "/api/ocr", **request_body)
    assert error_of(answer, 422, "invalid_option")["field"] == field


@pytest.mark.parametrize(
    "request_body",
    [
        {},
        {"data": {"lang": "zh"}, "files": {"lang": (None, "zh")}},
        {"files": {"image": ("", b"")}},
        {"content": b"", "headers": {"content-type": "text/plain"}},
        {"content": b"", "headers": {"content-type": "application/x-www-form-urlencoded"}},
        {"json": {"lang": "zh"}},
        {"json": {"image": None}},
        {"json": []},
        {"json": "AAAA"},
        {"content": b"", "headers": JSON},
        {"content": b"{", "headers": JSON},
        {"content": b"\xff\xfe\xfa", "headers": JSON},
        {"content": b"[" * 50_000, "headers": JSON},
        {"content": b'{"image": ' + b"9" * 10_000 + b"}", "headers": JSON},
        {"content": b"", "headers": {"content-type": FORM}},
        {"content": b"no form at all", "headers": {"content-type": FORM}},
        {"content": b"--x", "headers": {"content-type": "multipart/form-data"}},
        {"content": b"--x", "headers": {"content-type": f"{FORM[:-1]}{'x' * 400}"}},
        {
            "content": b'--x\r\nContent-Disposition: form-data; name="image"\r\n\r\nabc',
            "headers": {"content-type": FORM},
        },
    ],
)
def test_missing_image(app: FastAPI, reader: FakeReader, request_body: dict[str, Any]) -> None:
    error_of(call(app, "POST", "/api/ocr", **request_body), 422, "missing_image")
    assert reader.seen == []


@pytest.mark.parametrize(
    "request_body",
    [
        {"files": {"image": ("a.png", b"")}},
        {"content": b"", "headers": {"content-type": "image/png"}},
        {"json": {"image": ""}},
        {"json": {"image": "data:image/png;base64,"}},
    ],
)
def test_empty_file(app: FastAPI, request_body: dict[str, Any]) -> None:
    answer = call(app, "POST", "/api/ocr", **request_body)
    assert error_of(answer, 422, "empty_file")["field"] == "image"


@pytest.mark.parametrize(
    "image",
    ["not base64!", "https://example.com/a.png", "data:image/png,%89PNG", "图片", "AAAAA", 5, {}],
)
def test_what_is_not_base64_is_a_corrupt_image(app: FastAPI, image: object) -> None:
    answer = call(app, "POST", "/api/ocr", json={"image": image})
    assert error_of(answer, 422, "corrupt_image")["field"] == "image"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "video/mp4"])
def test_another_content_type_is_unsupported(app: FastAPI, kind: str) -> None:
    answer = call(app, "POST", "/api/ocr", content=b"image=x", headers={"content-type": kind})
    assert "multipart/form-data" in error_of(answer, 415, "unsupported_image")["message"]


@pytest.mark.parametrize("code", sorted(KINDS))
def test_what_the_reader_raises_reaches_the_client(app: FastAPI, code: str) -> None:
    answer = call(app, "POST", "/api/ocr", content=b"raise:" + code.encode())
    error = error_of(answer, KINDS[code].status, code)
    assert error["message"] == KINDS[code].message
    assert error["message_zh"] == KINDS[code].message_zh


def test_a_surprise_is_logged_and_not_told(app: FastAPI, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "wenyun.api"):
        answer = call(app, "POST", "/api/ocr?lang=en", content=b"crash")
    error_of(answer, 500, "internal")
    assert "secret" not in answer.text
    assert "a secret path" in caplog.text
    assert answer.headers["x-request-id"] in caplog.text
    assert answer.headers["access-control-allow-origin"] == "*"


def test_addresses_and_methods_that_do_not_exist(app: FastAPI) -> None:
    error_of(call(app, "GET", "/nothing"), 404, "not_found")
    error_of(call(app, "GET", "/api/ocr/"), 404, "not_found")
    error_of(call(app, "POST", "/api/nothing", content=b"x"), 404, "not_found")
    answer = call(app, "GET", "/api/ocr")
    error_of(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == "POST"
    assert call(app, "PUT", "/api/options").headers["allow"] == "GET"


def test_too_many_query_fields(app: FastAPI) -> None:
    query = "&".join(f"a{number}=1" for number in range(2000))
    error_of(call(app, "POST", f"/api/ocr?{query}", content=b"p"), 422, "unknown_option")


def test_errors_are_plain_utf_8(app: FastAPI) -> None:
    answer = call(app, "GET", "/nothing")
    assert answer.headers["content-type"] == "application/json"
    assert json.loads(answer.content.decode("utf-8"))["error"]["message_zh"] == "此地址不存在。"
