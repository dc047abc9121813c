"""A job's progress as server-sent events, until it ends."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from wenyun.errors import WenyunError

MOST_STREAMS = 64
"""Connections that watch at a time; others ask now and then."""

POLL_SECONDS = 0.5
HEARTBEAT_SECONDS = 15.0
"""Proxies close connections on which nothing comes for a minute or so."""

LONGEST_SECONDS = 3600.0
"""Then the client connects again, so that a forgotten page does not hold a place for days."""

Ask = Callable[[], Awaitable[dict[str, Any]]]


class Watchers:
    """Counts the streams that are open."""

    def __init__(self, most: int = MOST_STREAMS) -> None:
        self.most = most
        self.open = 0

    def check(self) -> None:
        """Refuse another stream while there are too many; raises `busy`."""
        if self.open >= self.most:
            raise WenyunError("busy", retry_after=10)


class EventStream(StreamingResponse):
    """Events; counted for as long as the connection lives."""

    def __init__(self, content: AsyncIterator[bytes], watchers: Watchers) -> None:
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        super().__init__(content, media_type="text/event-stream", headers=headers)
        self._watchers = watchers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send them."""
        self._watchers.open += 1
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._watchers.open -= 1


async def progress(
    first: dict[str, Any], ask: Ask, closing: threading.Event
) -> AsyncIterator[bytes]:
    """Events `progress` at each change and one `end`, with the job in JSON as their data.

    Args:
        first: The job now.
        ask: Gives the job again; raises `job_not_found` when it was withdrawn.
        closing: Set when the server stops.

    """
    loop = asyncio.get_running_loop()
    end, spoken, job = loop.time() + LONGEST_SECONDS, loop.time(), first
    yield _event(job)
    while not _ended(job) and loop.time() < end and not closing.is_set():
        await asyncio.sleep(POLL_SECONDS)
        try:
            now = await ask()
        except WenyunError as error:
            yield f"event: error\ndata: {json.dumps({'code': error.code})}\n\n".encode()
            return
        if _progress(now) != _progress(job):
            yield _event(now)
            spoken = loop.time()
        elif loop.time() - spoken > HEARTBEAT_SECONDS:
            yield b": still here\n\n"
            spoken = loop.time()
        job = now


def _ended(job: dict[str, Any]) -> bool:
    return job["state"] in ("succeeded", "failed")


def _progress(job: dict[str, Any]) -> tuple[Any, ...]:
    return job["state"], job["pages_done"], job["pages_total"]


def _event(job: dict[str, Any]) -> bytes:
    name = "end" if _ended(job) else "progress"
    return f"event: {name}\ndata: {json.dumps(job, ensure_ascii=False)}\n\n".encode()
