"""How an HTTP request comes to the app, on a small app that shows what it saw."""

import asyncio
import base64
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

from tests.awskit.http_events import Request, http, load_balancer, rest

Load = Callable[..., ModuleType]
PIXEL = b"\x89PNG\r\n\x1a\n\xff"


@pytest.fixture(autouse=True)
def loop() -> Iterator[None]:
    """A loop as Lambda's main thread has one; closed again, so that nothing is left open."""
    made = asyncio.new_event_loop()
    asyncio.set_event_loop(made)
    yield
    made.close()
    asyncio.set_event_loop(None)


async def show(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Answers with the path, or for /pixel with bytes that are no text."""
    assert scope["type"] == "http", "lifespan is off"
    pixel = scope["path"] == "/pixel"
    headers = [(b"content-type", b"image/png" if pixel else b"text/plain")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    body = PIXEL if pixel else scope["path"].encode()
    await send({"type": "http.response.body", "body": body})


def path_seen(load: Load, event: Any, base_path: str = "") -> str:
    source = load(role="worker").Http(show, base_path)
    assert source.infer(event)
    found: str = source(event, None)["body"]
    return found


def test_stage_of_an_http_api_comes_off_at_a_slash_only(load: Load) -> None:
    assert path_seen(load, http(Request(path="/api/ocr"), stage="prod")) == "/api/ocr"
    assert path_seen(load, http(Request(path="/"), stage="prod")) == "/"
    event = http(Request(path="/api/ocr"), stage="prod")
    event["requestContext"]["http"]["path"] = "/product/list"
    assert path_seen(load, event) == "/product/list"
    event["requestContext"]["http"]["path"] = "/prod"
    assert path_seen(load, event) == "/"


def test_base_path_is_left_to_the_app(load: Load) -> None:
    event = http(Request(path="/api/ocr"), stage="prod")
    assert path_seen(load, event, base_path="/prod") == "/prod/api/ocr"


def test_rest_apis_and_load_balancers_keep_their_path(load: Load) -> None:
    for shape in (rest, load_balancer):
        assert path_seen(load, shape(Request(path="/prod/x"))) == "/prod/x"


@pytest.mark.parametrize("shape", [rest, http, load_balancer])
def test_bytes_travel_in_base64(load: Load, shape: Callable[[Request], Any]) -> None:
    answer = load(role="worker").Http(show, "")(shape(Request(path="/pixel")), None)
    assert answer["isBase64Encoded"] is True
    assert base64.b64decode(answer["body"]) == PIXEL
