"""The key: compared in constant time, and asked for wherever something is to be had."""

import hmac
from typing import Any

import pytest
from starlette.datastructures import Headers

from tests.api_fakes import refusal
from wenyun.api import auth

KEY = "s3cret-密钥"


def ask(method: str, path: str, key: bytes | None = None) -> str | None:
    headers = Headers(raw=[] if key is None else [(b"x-api-key", key)])
    return refusal(lambda: auth.check_key(method, path, headers, KEY))


def test_keys_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[Any, Any]] = []
    compare = hmac.compare_digest

    def watched(one: Any, two: Any) -> bool:
        compared.append((one, two))
        return compare(one, two)

    monkeypatch.setattr(hmac, "compare_digest", watched)
    assert ask("POST", "/api/ocr", b"wrong") == "unauthorized"
    assert ask("POST", "/api/ocr", KEY.encode()) is None
    assert compared == [(b"wrong", KEY.encode()), (KEY.encode(), KEY.encode())]


@pytest.mark.parametrize(
    "given",
    [b"", b"s3cret", KEY.encode() + b"x", KEY.upper().encode(), b" " + KEY.encode(), b"\xff" * 9],
)
def test_what_is_not_the_key(given: bytes) -> None:
    assert ask("POST", "/api/ocr", given) == "unauthorized"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW", "get"])
@pytest.mark.parametrize("path", ["/", "/index.html", "/api/health", "/api/ocr", "//api/ocr", "/x"])
def test_whatever_is_not_just_looking_needs_it(method: str, path: str) -> None:
    assert ask(method, path) == "unauthorized"


@pytest.mark.parametrize(
    "path",
    [
        "/api/jobs",
        "/api/jobs/1",
        "/api/ocr",
        "/api/health/",
        "/api/health/../jobs/1",
        "/api/docs/../jobs/1",
        "/api/jobs/1/file/..",
        "/api/jobs/1/results",
        "/api/jobs/1/results/a/b",
        "/api/HEALTH",
        "/api",
    ],
)
def test_looking_where_it_is_not_open_needs_it(path: str) -> None:
    assert ask("GET", path) == "unauthorized"
    assert ask("HEAD", path) == "unauthorized"


@pytest.mark.parametrize("path", sorted(auth.OPEN | {"/", "/js/main.js"}))
def test_what_is_open(path: str) -> None:
    assert ask("GET", path) is None
    assert ask("OPTIONS", path) is None


def test_without_a_key_all_is_open() -> None:
    assert refusal(lambda: auth.check_key("POST", "/api/ocr", Headers(raw=[]), "")) is None
