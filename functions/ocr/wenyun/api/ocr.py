"""POST /api/ocr: one file in, its text out."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Scope

from wenyun.api.forms import answer_of, check_size, one_form
from wenyun.api.kinds import kind_of
from wenyun.api.limits import Budget
from wenyun.api.pace import Kind
from wenyun.api.pool import Pool
from wenyun.api.upload import Upload, read_upload
from wenyun.deadline import Deadline
from wenyun.documents.reader import Limits, Reader
from wenyun.errors import WenyunError
from wenyun.exports.render import Rendered, render
from wenyun.observe.facts import document_facts, milliseconds
from wenyun.options import Options, parse_options
from wenyun.settings import Settings

T = TypeVar("T")

REQUEST_SECONDS = 28.0
"""From the end of the upload; API Gateway hangs up after 29 s, and the same holds everywhere."""

LAMBDA_MARGIN = 1.0
"""Seconds kept back from Lambda's own limit for the answer to leave."""

GRACE = 0.5
"""Seconds that a reader may be late in noticing that its time is up."""


@dataclass(frozen=True, slots=True)
class Ocr:
    """The route, with what it needs."""

    settings: Settings
    reader: Reader
    pool: Pool
    budget: Budget

    async def answer(self, request: Request) -> Response:
        """Read the request's file; errors leave as `WenyunError`."""
        self.pool.check()
        with self.budget.share() as share:
            upload = await read_upload(request, self.settings.max_bytes, share)
            deadline = deadline_of(request.scope)
            work = self._work(upload, deadline, request)
            future = self.pool.submit(work, await self._kind(upload, request.scope))
            result = await finish(future, request, deadline)
        return answer_of(result)

    async def _kind(self, upload: Upload, scope: Scope) -> Kind:
        if "aws.context" in scope:
            # Lambda sends one request at a time, so nobody waits for anybody.
            return "large"
        limits = Limits(self.settings.max_bytes, self.settings.max_pixels)
        return await asyncio.to_thread(kind_of, upload.data, limits)

    def _work(self, upload: Upload, deadline: Deadline, request: Request) -> Callable[[], Rendered]:
        options = parse_options(upload.options, Options(profile=self.settings.profile))
        form = one_form(options)
        arrived, request_id = request.state.arrived, request.state.request_id
        facts, in_line = request.state.facts, time.monotonic()
        facts |= {"bytes": len(upload.data), "profile": options.profile}

        def between_pages(done: int, total: int) -> None:
            if done < total:
                self.pool.give_way(deadline)

        def work() -> Rendered:
            facts["wait_ms"] = milliseconds(time.monotonic() - in_line)
            deadline.check()
            document = self.reader.read(
                upload.data,
                options,
                deadline,
                max_pages=self.settings.sync_pages,
                progress=between_pages,
            )
            facts.update(document_facts(document))
            result = render(
                document,
                options,
                upload.data,
                form,
                total_time=time.monotonic() - arrived,
                request_id=request_id,
                deadline=deadline,
            )
            check_size(result, request.scope)
            return result

        return work


def deadline_of(scope: Scope) -> Deadline:
    """The request's time, and on Lambda no more than the invocation has left."""
    context: Any = scope.get("aws.context")
    if not hasattr(context, "get_remaining_time_in_millis"):
        return Deadline.after(REQUEST_SECONDS)
    left = context.get_remaining_time_in_millis() / 1000 - LAMBDA_MARGIN
    return Deadline.after(min(REQUEST_SECONDS, left))


async def finish(future: Future[T], request: Request, deadline: Deadline) -> T:
    """Wait for the work; whoever stops waiting takes it out of the line, or stops it.

    Raises:
        WenyunError: What the work raised, or `time_limit` when it overran its deadline.
        ClientDisconnect: When the client left first.

    """
    done = asyncio.wrap_future(future)
    left = asyncio.create_task(_disconnected(request))
    either: set[asyncio.Future[Any]] = {done, left}
    patience = max(0.0, deadline.at - time.monotonic()) + GRACE
    try:
        await asyncio.wait(either, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
        if done.done():
            return done.result()
        raise ClientDisconnect if left.done() else WenyunError("time_limit")
    finally:
        future.cancel()
        # What has begun is stopped as well: nobody waits for it any more.
        deadline.cancel()
        done.cancel()
        left.cancel()
        await asyncio.wait({left})
        # Or a failure would hold this frame, which holds the failure.
        del future, done, either


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
