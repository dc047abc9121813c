"""One request to an app without a network, byte for byte as it was made up."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from starlette.types import ASGIApp, Message

from tests.fuzz.requests import Request


@dataclass(slots=True)
class Answer:
    """What the app said."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def json(self) -> Any:
        """The body as JSON; a ValueError where it is none."""
        return json.loads(self.body)


async def send(app: ASGIApp, request: Request) -> Answer:
    """Send a request; what the app raises comes through."""
    step = max(1, -(-len(request.body) // request.pieces))
    pieces = [request.body[at : at + step] for at in range(0, len(request.body), step)] or [b""]
    answer = Answer()

    async def receive() -> Message:
        if pieces:
            body = pieces.pop(0)
            return {"type": "http.request", "body": body, "more_body": bool(pieces)}
        # Nobody hangs up here: who waits for that waits until the answer is out.
        await asyncio.Event().wait()
        raise AssertionError

    async def out(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {k.decode().lower(): v.decode() for k, v in message["headers"]}
        else:
            answer.body += message.get("body", b"")

    await app(_scope(request), receive, out)
    return answer


def _scope(request: Request) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "path": unquote(request.path),
        "raw_path": request.path.encode(),
        "root_path": "",
        "query_string": request.query,
        "headers": [(name, value) for name, value in request.headers],
        "client": ("127.0.0.1", 40_000),
        "server": ("127.0.0.1", 5000),
    }
