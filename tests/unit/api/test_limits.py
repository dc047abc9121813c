"""Bodies that are too large, too slow, or too many at once."""

import asyncio
import base64
from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI

from tests.api_fakes import FakeReader, call, client_of, error_of
from wenyun.api import limits
from wenyun.api.limits import Budget
from wenyun.errors import WenyunError

LIMIT = 100_000
"""What the fixture `app` takes."""


async def ask(app: FastAPI, headers: dict[str, str], receive: Any) -> tuple[int, bytes]:
    """Status and body of a POST /api/ocr whose body comes from `receive`."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/api/ocr",
        "raw_path": b"/api/ocr",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    await app(scope, receive, send)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


@pytest.mark.parametrize(
    ("kind", "length"),
    [
        ("image/jpeg", LIMIT + 1),
        ("application/octet-stream", 10**30),
        ("multipart/form-data; boundary=x", LIMIT + 1_000_000),
        ("application/json", LIMIT * 2 + 1_000_000),
    ],
)
def test_a_declared_length_over_the_limit_is_refused_unread(
    app: FastAPI, kind: str, length: int
) -> None:
    async def receive() -> Any:
        pytest.fail("the body was read")

    headers = {"content-type": kind, "content-length": str(length)}
    status, body = asyncio.run(ask(app, headers, receive))
    assert status == 413
    assert b"file_too_large" in body
    assert b"0.1 MB (100,000 bytes)" in body
    assert b"OCR_MAX_BYTES" in body


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        ("image/jpeg", LIMIT + 10_000),
        ("application/json", LIMIT * 1.4 + limits.FORM_OVERHEAD + 10_000),
    ],
)
def test_an_endless_body_is_cut_off(app: FastAPI, kind: str, most: float) -> None:
    given = 0

    async def receive() -> Any:
        nonlocal given
        given += 10_000
        return {"type": "http.request", "body": b"a" * 10_000, "more_body": True}

    status, body = asyncio.run(ask(app, {"content-type": kind}, receive))
    assert status == 413
    assert b"file_too_large" in body
    assert given <= most


@pytest.mark.parametrize("size", [LIMIT, LIMIT + 1])
def test_the_limit_is_on_the_file_in_every_body(app: FastAPI, size: int) -> None:
    picture = b"\x01" * size
    text = base64.b64encode(picture).decode()
    answers = [
        call(app, "POST", "/api/ocr", content=picture),
        call(app, "POST", "/api/ocr", files={"image": ("a.png", picture)}),
        call(app, "POST", "/api/ocr", json={"image": text}),
    ]
    for answer in answers:
        if size > LIMIT:
            error_of(answer, 413, "file_too_large")
        else:
            assert answer.status_code == 200


@pytest.mark.parametrize("length", ["-1", "abc", "²", ""])
def test_a_silly_content_length_is_not_believed(app: FastAPI, length: str) -> None:
    headers = {"content-type": "image/png", "content-length": length}
    status, _ = asyncio.run(ask(app, headers, receive_once(b"picture")))
    assert status == 200


def receive_once(body: bytes) -> Any:
    """A receive that gives a body and then waits for ever, as servers do."""
    messages = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Any:
        if messages:
            return messages.pop()
        return await asyncio.Event().wait()

    return receive


def test_a_client_that_stops_sending_is_given_up(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "IDLE_SECONDS", 0.05)

    async def receive() -> Any:
        return await asyncio.Event().wait()

    status, body = asyncio.run(ask(app, {"content-type": "image/png"}, receive))
    assert status == 503
    assert b"time_limit" in body


def test_a_trickle_is_given_up_in_the_end(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UPLOAD_SECONDS", 0.05)

    async def receive() -> Any:
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": b"a", "more_body": True}

    status, body = asyncio.run(ask(app, {"content-type": "image/png"}, receive))
    assert status == 503
    assert b"time_limit" in body


def test_a_client_that_leaves_while_sending_gets_nothing(app: FastAPI, reader: FakeReader) -> None:
    async def receive() -> Any:
        return {"type": "http.disconnect"}

    with pytest.raises(IndexError):
        asyncio.run(ask(app, {"content-type": "image/png"}, receive))
    assert reader.seen == []


def test_the_budget_is_shared_and_given_back() -> None:
    budget = Budget(10)
    with budget.share() as one, budget.share() as other:
        one.take(6)
        with pytest.raises(WenyunError) as refused:
            other.take(5)
        assert (refused.value.code, refused.value.retry_after) == ("busy", 2)
        other.take(4)
    with budget.share() as third:
        third.take(10)


def test_uploads_that_together_fill_the_memory_are_refused(make_app: Any) -> None:
    """Nine uploads of 100 kB fit into a pool of nine; while they are held, a tenth does not."""
    app = make_app(max_bytes=LIMIT, workers=1)

    async def held(finish: asyncio.Event) -> AsyncIterator[bytes]:
        yield b"a" * LIMIT
        await finish.wait()

    async def go() -> None:
        finish = asyncio.Event()
        async with client_of(app) as client:
            uploads = [
                asyncio.create_task(client.post("/api/ocr", content=held(finish))) for _ in range(9)
            ]
            await asyncio.sleep(0.05)
            refused = await client.post("/api/ocr", content=b"one more")
            error_of(refused, 503, "busy")
            assert refused.headers["retry-after"] == "2"
            finish.set()
            answers = await asyncio.gather(*uploads)
            assert {answer.status_code for answer in answers} == {200}
            assert (await client.post("/api/ocr", content=b"now")).status_code == 200

    asyncio.run(go())


def stalled(budget: Budget, monkeypatch: pytest.MonkeyPatch, *sent: int) -> bool:
    """Whether an upload that sent these bytes, one piece every 2 s, is ended for another's sake."""
    now, ended = 1000.0, []
    monkeypatch.setattr("wenyun.api.limits.time.monotonic", lambda: now)
    with budget.share() as share, share.uploading(lambda: ended.append(True)):
        for size in sent:
            share.take(size)
            now += 2
        with budget.share() as other, pytest.raises(WenyunError) as caught:
            other.take(2_000_000)
    assert caught.value.code == "busy"
    assert not budget.held
    return bool(ended)


def test_who_stalls_makes_room_and_who_is_slow_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    budget = Budget(1_000_000)
    assert stalled(budget, monkeypatch, 900_000, 1, 1)
    assert stalled(budget, monkeypatch, *[4_000] * 20, 1, 1, 1)
    assert not stalled(budget, monkeypatch, 900_000, 1)
    assert not stalled(budget, monkeypatch, *[9_000] * 20)


def test_nobody_is_ended_while_there_is_room_or_after_the_upload(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    budget, now = Budget(1_000_000), 1000.0
    monkeypatch.setattr("wenyun.api.limits.time.monotonic", lambda: now)
    with budget.share() as share, budget.share() as other:
        with share.uploading(lambda: pytest.fail("it was ended")):
            share.take(500_000)
            now += 60
            other.take(400_000)
        with pytest.raises(WenyunError):
            other.take(400_000)
    assert budget.held == 0
