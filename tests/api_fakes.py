"""A reader whose behaviour is written in the file it is given, and a client for apps."""

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
from fastapi import FastAPI

from wenyun.deadline import Deadline
from wenyun.errors import WenyunError
from wenyun.options import Options
from wenyun.result import Block, Box, Document, Line, Page

BOX: Box = ((1.0, 2.0), (30.0, 2.0), (30.0, 12.0), (1.0, 12.0))
LINE = Line("发票 No. 1", 0.987, BOX, "crnn")
PAGE = Page(1, 40, 20, 0, (Block("text", BOX, (LINE,)),), {"decode": 0.01, "detect": 0.02})

SHAPE = {"success", "error", "request_id"}


@dataclass
class FakeReader:
    """`sleep:SECONDS`, `raise:CODE`, `crash`, `until-deadline` and `wait` mean what they say."""

    seen: list[tuple[bytes, Options]] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    begun: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    warmed: int = 0
    warm_failures: int = 0
    warm_gate: threading.Event | None = None

    def read(self, data: bytes, options: Options, deadline: Deadline, **more: Any) -> Document:
        self.seen.append((data, options))
        self.deadlines.append(deadline)
        self.begun.release()
        order, _, detail = data.partition(b":")
        if order == b"sleep":
            time.sleep(float(detail))
        elif order == b"wait":
            assert self.gate.wait(30)
        elif order == b"raise":
            raise WenyunError(detail.decode())
        elif order == b"crash":
            raise RuntimeError("a secret path /srv/private")
        elif order == b"until-deadline":
            time.sleep(max(0.0, deadline.at - time.monotonic()) + 0.01)
            deadline.check()
        elif order == b"blank":
            return Document((Page(1, 40, 20, 0, ()),))
        return Document((PAGE,))

    def count(self, data: bytes, options: Options, deadline: Deadline) -> int:
        return 1

    def warm(self) -> None:
        if self.warm_gate:
            assert self.warm_gate.wait(30)
        if self.warm_failures:
            self.warm_failures -= 1
            raise WenyunError("internal")
        self.warmed += 1

    def models(self) -> dict[str, str]:
        return {"recogniser": "fake-crnn"}


def client_of(app: FastAPI) -> httpx.AsyncClient:
    """A client that talks to the app without a network."""
    transport = httpx.ASGITransport(app=app)
    return httpx.AsyncClient(transport=transport, base_url="http://test")


def call(app: FastAPI, method: str, url: str, **request: Any) -> httpx.Response:
    """One request, from a loop of its own."""

    async def go() -> httpx.Response:
        async with client_of(app) as client:
            return await client.request(method, url, **request)

    return asyncio.run(go())


def refusal(work: Callable[[], object]) -> str | None:
    """The code that some work is refused with, None where it is not."""
    try:
        work()
    except WenyunError as error:
        return error.code
    return None


def error_of(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """Assert an answer's failure shape; returns its error."""
    body = answer.json()
    assert (answer.status_code, body["error"]["code"]) == (status, code), body
    assert set(body) == SHAPE
    assert body["success"] is False
    assert body["request_id"] == answer.headers["x-request-id"]
    assert (
        {"code", "message", "message_zh"}
        <= set(body["error"])
        <= {
            "code",
            "message",
            "message_zh",
            "field",
        }
    )
    assert body["error"]["message"]
    assert body["error"]["message_zh"]
    error: dict[str, Any] = body["error"]
    return error
