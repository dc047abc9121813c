"""Requests while the workers are at work: busy, dropped, late, and everything else answering."""

import asyncio
import time
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.requests import ClientDisconnect, Request

from tests.api_fakes import FakeReader, call, client_of, error_of
from wenyun.api import ocr
from wenyun.api.ocr import deadline_of, finish
from wenyun.api.pool import Pool
from wenyun.deadline import Deadline
from wenyun.errors import WenyunError

PAPER = b":%PDF-"
"""Makes a document of an order: documents wait in line, where a small picture finds a place."""


async def begun(reader: FakeReader) -> None:
    assert await asyncio.to_thread(reader.begun.acquire, timeout=30)


def test_a_full_line_answers_busy_and_the_rest_of_the_server_goes_on(
    make_app: Any, reader: FakeReader
) -> None:
    app = make_app(workers=1)

    async def go() -> None:
        async with client_of(app) as client:
            tasks = [asyncio.create_task(client.post("/api/ocr", content=b"wait" + PAPER))]
            await begun(reader)
            more = [client.post("/api/ocr", content=b"x" + PAPER) for _ in range(6)]
            tasks += [asyncio.create_task(one) for one in more]
            while sum(app.state.pool.figures().values()) < 7:
                await asyncio.sleep(0.01)
            refused = await client.post("/api/ocr", content=b"too many" + PAPER)
            error_of(refused, 503, "busy")
            assert 1 <= int(refused.headers["retry-after"]) <= 30
            assert (await client.post("/api/ocr", content=b"small")).status_code == 200
            assert (await client.get("/api/health")).status_code == 200
            assert (await client.get("/")).status_code == 200
            reader.gate.set()
            assert {answer.status_code for answer in await asyncio.gather(*tasks)} == {200}

    asyncio.run(go())
    assert len(reader.seen) == 8


def test_a_client_that_leaves_takes_its_waiting_work_along(
    make_app: Any, reader: FakeReader
) -> None:
    app = make_app(workers=1)

    async def go() -> None:
        async with client_of(app) as client:
            first = asyncio.create_task(client.post("/api/ocr", content=b"wait" + PAPER))
            await begun(reader)
            leaving = asyncio.create_task(client.post("/api/ocr", content=b"never read" + PAPER))
            await asyncio.sleep(0.05)
            leaving.cancel()
            await asyncio.wait({leaving})
            reader.gate.set()
            assert (await first).status_code == 200
            assert (await client.post("/api/ocr", content=b"last")).status_code == 200

    asyncio.run(go())
    assert [data for data, _ in reader.seen] == [b"wait" + PAPER, b"last"]


def request_whose_client(*messages: str) -> Request:
    left = [{"type": kind, "body": b""} for kind in messages]

    async def receive() -> Any:
        if left:
            return left.pop(0)
        return await asyncio.Event().wait()

    return Request({"type": "http"}, receive)


def test_a_disconnect_cancels_work_that_has_not_begun() -> None:
    pool, reader = Pool(1), FakeReader()

    def held() -> bytes:
        assert reader.gate.wait(30)
        return b""

    first = pool.submit(held)
    second = pool.submit(lambda: pytest.fail("ran for nobody"))
    request = request_whose_client("http.request", "http.disconnect")
    with pytest.raises(ClientDisconnect):
        asyncio.run(finish(second, request, Deadline.after(30)))
    assert second.cancelled()
    reader.gate.set()
    assert first.result(30) == b""


def test_a_reader_that_overruns_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "GRACE", 0.01)
    pool, reader = Pool(1), FakeReader()

    def held() -> bytes:
        assert reader.gate.wait(30)
        return b"late"

    late = pool.submit(held)
    with pytest.raises(WenyunError) as refused:
        asyncio.run(finish(late, request_whose_client(), Deadline.after(0.01)))
    assert refused.value.code == "time_limit"
    reader.gate.set()
    assert late.result(30) == b"late"


def test_the_deadline_reaches_the_reader_and_its_answer_the_client(
    make_app: Any, reader: FakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "REQUEST_SECONDS", 0.05)
    error_of(call(make_app(), "POST", "/api/ocr", content=b"until-deadline"), 503, "time_limit")


def test_time_in_line_counts(
    make_app: Any, reader: FakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(workers=1)

    async def go() -> None:
        async with client_of(app) as client:
            first = asyncio.create_task(client.post("/api/ocr", content=b"wait" + PAPER))
            await begun(reader)
            monkeypatch.setattr(ocr, "REQUEST_SECONDS", 0.02)
            second = asyncio.create_task(client.post("/api/ocr", content=b"too late" + PAPER))
            await asyncio.sleep(0.1)
            reader.gate.set()
            error_of(await second, 503, "time_limit")
            assert (await first).status_code == 200

    asyncio.run(go())
    assert [data for data, _ in reader.seen] == [b"wait" + PAPER]


@pytest.mark.parametrize(
    ("context", "seconds"),
    [
        (None, 28.0),
        (SimpleNamespace(), 28.0),
        (SimpleNamespace(get_remaining_time_in_millis=lambda: 10_000), 9.0),
        (SimpleNamespace(get_remaining_time_in_millis=lambda: 900_000), 28.0),
        (SimpleNamespace(get_remaining_time_in_millis=lambda: 500), -0.5),
    ],
)
def test_the_time_a_request_has(context: object, seconds: float) -> None:
    before = time.monotonic()
    deadline = deadline_of({"aws.context": context} if context else {})
    assert before + seconds <= deadline.at <= time.monotonic() + seconds
