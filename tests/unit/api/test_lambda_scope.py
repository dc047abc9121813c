"""The app behind the adapter that Lambda's events come through."""

import asyncio
import base64
import json
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import FastAPI
from mangum import Mangum

from tests.api_fakes import FakeReader

CONTEXT = SimpleNamespace(
    aws_request_id="8f5c2f6e-0d0b-4d2c-9a55-2f1f0a3f5a10",
    get_remaining_time_in_millis=lambda: 9_000,
)


@pytest.fixture
def invoke(app: FastAPI) -> Iterator[Any]:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    handler = Mangum(app, lifespan="off")
    yield lambda event: handler(event, CONTEXT)
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()
    asyncio.set_event_loop(None)


def event_of(method: str, path: str, body: bytes = b"", kind: str = "image/png") -> dict[str, Any]:
    return {
        "version": "2.0",
        "rawQueryString": "lang=en",
        "headers": {"content-type": kind, "host": "example.com"},
        "requestContext": {"http": {"method": method, "path": path, "sourceIp": "192.0.2.1"}},
        "body": base64.b64encode(body).decode(),
        "isBase64Encoded": True,
    }


def test_id_and_deadline_come_from_the_invocation(invoke: Any, reader: FakeReader) -> None:
    before = time.monotonic()
    answer = invoke(event_of("POST", "/api/ocr", b"picture"))
    assert answer["statusCode"] == 200
    assert answer["headers"]["x-request-id"] == CONTEXT.aws_request_id
    body = json.loads(answer["body"])
    assert body["request_id"] == CONTEXT.aws_request_id
    assert body["lang"] == "en"
    assert before + 8 <= reader.deadlines[0].at <= time.monotonic() + 8


def test_one_invocation_after_another(invoke: Any, reader: FakeReader) -> None:
    document = json.dumps({"image": base64.b64encode(b"picture").decode()}).encode()
    for _ in range(3):
        assert invoke(event_of("GET", "/api/ready"))["statusCode"] == 200
        assert invoke(event_of("GET", "/"))["statusCode"] == 200
        assert invoke(event_of("POST", "/api/ocr", b"crash"))["statusCode"] == 500
        answer = invoke(event_of("POST", "/api/ocr", document, "application/json"))
        assert answer["statusCode"] == 200
    assert len(reader.seen) == 6
