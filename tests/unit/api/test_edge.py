"""What holds for every answer: id, headers, key, CORS, base path, HEAD."""

import logging
import re
from typing import Any

import pytest
from fastapi import FastAPI

from tests.api_fakes import call, error_of
from wenyun.api.headers import EXPOSED

ROUTES = [
    ("GET", "/"),
    ("GET", "/js/main.js"),
    ("GET", "/api/options"),
    ("GET", "/api/health"),
    ("GET", "/api/ready"),
    ("GET", "/api/docs"),
    ("GET", "/api/docs/docs.js"),
    ("GET", "/api/docs/docs.css"),
    ("GET", "/api/openapi.json"),
    ("GET", "/nothing"),
    ("DELETE", "/api/ocr"),
    ("OPTIONS", "/api/ocr"),
    ("POST", "/api/ocr"),
]
KEY = {"api_key": "s3cret-密钥"}
SENT_KEY = {"x-api-key": "s3cret-密钥".encode()}


@pytest.mark.parametrize(("method", "url"), ROUTES)
def test_every_answer_has_an_id_and_safe_headers(app: FastAPI, method: str, url: str) -> None:
    headers = call(app, method, url).headers
    assert re.fullmatch("[0-9a-f]{32}", headers["x-request-id"])
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] in ("no-store", "no-cache")
    assert headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(("scheme", "told"), [("https", True), ("http", False)])
def test_who_came_by_https_comes_by_nothing_else(app: FastAPI, scheme: str, told: bool) -> None:
    for method, url in ROUTES:
        headers = call(app, method, f"{scheme}://test{url}").headers
        assert ("strict-transport-security" in headers) is told


def test_ids_differ_and_cannot_be_chosen(app: FastAPI) -> None:
    mine = {"x-request-id": "mine"}
    ids = {call(app, "GET", "/api/health", headers=mine).headers["x-request-id"] for _ in range(9)}
    assert len(ids) == 9
    assert "mine" not in ids


def test_the_answer_says_the_id_of_its_header(app: FastAPI) -> None:
    answer = call(app, "POST", "/api/ocr", content=b"x")
    assert answer.json()["request_id"] == answer.headers["x-request-id"]


@pytest.mark.parametrize(
    ("method", "url"),
    [("POST", "/api/ocr"), ("GET", "/api/ocr"), ("GET", "/api/jobs/1"), ("DELETE", "/")],
)
def test_what_needs_the_key(make_app: Any, method: str, url: str) -> None:
    app = make_app(**KEY)
    for headers in ({}, {"x-api-key": "wrong"}, {"x-api-key": ""}):
        error_of(call(app, method, url, headers=headers), 401, "unauthorized")
    assert call(app, method, url, headers=SENT_KEY).status_code != 401


def test_the_key_opens(make_app: Any) -> None:
    answer = call(make_app(**KEY), "POST", "/api/ocr", content=b"x", headers=SENT_KEY)
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("method", "url"), [*ROUTES[:10], ("OPTIONS", "/api/ocr"), ("HEAD", "/api/health")]
)
def test_what_stays_open(make_app: Any, method: str, url: str) -> None:
    assert call(make_app(**KEY), method, url).status_code in (200, 204, 404)


def test_a_preflight_is_answered_without_a_key(make_app: Any) -> None:
    app = make_app(**KEY, cors_origins=("https://a.example",))
    asked = {"origin": "https://a.example", "access-control-request-method": "POST"}
    answer = call(app, "OPTIONS", "/api/ocr", headers=asked)
    assert answer.status_code == 204
    assert answer.content == b""
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert answer.headers["access-control-allow-headers"] == "content-type, x-api-key"
    assert answer.headers["access-control-allow-origin"] == "https://a.example"


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [("https://a.example", True), ("https://b.example", False), ("null", False), (None, False)],
)
def test_only_named_origins_may_read(make_app: Any, origin: str | None, allowed: bool) -> None:
    app = make_app(cors_origins=("https://a.example", "https://c.example"))
    headers = {"origin": origin} if origin else {}
    for method, url in ROUTES:
        answer = call(app, method, url, headers=headers)
        given = answer.headers.get("access-control-allow-origin")
        assert given == (origin if allowed else None)
        assert answer.headers["vary"].lower() == "origin"
        exposed = answer.headers.get("access-control-expose-headers")
        assert exposed == (EXPOSED if allowed else None)


def test_errors_can_be_read_from_other_origins(make_app: Any) -> None:
    app = make_app(**KEY, cors_origins=("https://a.example",))
    answer = call(app, "POST", "/api/ocr", headers={"origin": "https://a.example"})
    error_of(answer, 401, "unauthorized")
    assert answer.headers["access-control-allow-origin"] == "https://a.example"


@pytest.mark.parametrize("prefix", ["", "/Prod"])
def test_the_base_path_may_be_there_or_cut_off(make_app: Any, prefix: str) -> None:
    app = make_app(base_path="/Prod", **KEY)
    assert call(app, "GET", prefix + "/").status_code == 200
    assert call(app, "GET", prefix + "/js/main.js").status_code == 200
    assert call(app, "GET", prefix + "/api/health").status_code == 200
    error_of(call(app, "POST", prefix + "/api/ocr", content=b"x"), 401, "unauthorized")
    answer = call(app, "POST", prefix + "/api/ocr", content=b"x", headers=SENT_KEY)
    assert answer.status_code == 200


def test_the_base_path_without_its_slash_leads_to_the_page(make_app: Any) -> None:
    answer = call(make_app(base_path="/Prod"), "GET", "/Prod")
    assert (answer.status_code, answer.headers["location"]) == (308, "/Prod/")


def test_what_only_looks_like_the_base_path(make_app: Any) -> None:
    app = make_app(base_path="/Prod", **KEY)
    error_of(call(app, "GET", "/Production/api/health"), 404, "not_found")
    error_of(call(app, "GET", "/Prod/Prod/api/health"), 404, "not_found")


def test_head_is_get_without_a_body(app: FastAPI) -> None:
    for url in ("/", "/api/health", "/api/docs"):
        head, get = call(app, "HEAD", url), call(app, "GET", url)
        assert head.status_code == 200
        assert head.content == b""
        assert head.headers["content-length"] == str(len(get.content))
    assert call(app, "HEAD", "/api/ocr").status_code == 405


def test_the_log_has_one_line_a_request(app: FastAPI, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "wenyun.api"):
        answer = call(app, "GET", "/a%0Ab-name?key=secret")
    lines = caplog.messages
    assert len(lines) == 1
    assert lines[0].startswith("GET unmatched 404 not_found ")
    assert lines[0].endswith(answer.headers["x-request-id"])
    assert "secret" not in lines[0]
    assert "name" not in lines[0]


def test_nothing_measures_or_exports(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not app._native_telemetry.enabled()
    assert app._telemetry["auto_configure"] is False
