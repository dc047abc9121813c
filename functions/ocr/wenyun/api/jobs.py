"""Jobs over HTTP, the same wherever they live: accepted, asked for, withdrawn."""

import asyncio
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from wenyun.api.failures import json_response
from wenyun.api.job_events import EventStream, Watchers, progress
from wenyun.api.job_gate import ID, find, opened
from wenyun.api.job_intake import JSON_BYTES, check_kind, read_description, read_file
from wenyun.api.job_shapes import Door, announced, shown
from wenyun.api.limits import Budget, declared_length
from wenyun.api.upload import media_type, query_options
from wenyun.jobs.desk import UPLOAD_SECONDS
from wenyun.jobs.place import JobPlace, JobService
from wenyun.options import SPECS
from wenyun.settings import Settings

UPLOADS_AT_ONCE = 8
"""Of the largest size; more of smaller ones. They fill the disk, not the memory."""

DESCRIPTIONS_AT_ONCE = 64

MakeDoor = Callable[[Request, Any], Door]


class JobRoutes:
    """The routes, with what they need.

    Args:
        settings: The deployment's settings.
        jobs: Where jobs live.
        door: Makes the addresses that a client is given, for a request and an opened place.

    """

    def __init__(self, settings: Settings, jobs: JobService, door: MakeDoor) -> None:
        self._settings = settings
        self._jobs = jobs
        self._door = door
        self._watchers = Watchers()
        self.uploads = Budget(UPLOADS_AT_ONCE * settings.job_bytes)
        self._descriptions = Budget(DESCRIPTIONS_AT_ONCE * JSON_BYTES)

    async def create(self, request: Request) -> Response:
        """Accept a job, with its file or before it."""
        async with opened(self._jobs.open) as place:
            if media_type(request) == "multipart/form-data":
                return await self._submit(request, place)
            return await self._announce(request, place)

    async def get(self, request: Request, job_id: str) -> Response:
        """How far a job has come, once or until it ends."""

        async def ask() -> dict[str, Any]:
            async with opened(self._jobs.open) as place:
                job = await find(place, job_id)
                return await asyncio.to_thread(shown, job, self._door(request, place))

        now = await ask()
        wants_events = "text/event-stream" in request.headers.get("accept", "")
        if not (wants_events and self._jobs.streams):
            return json_response(now)
        self._watchers.check()
        return EventStream(progress(now, ask, self._jobs.closing), self._watchers)

    async def delete(self, job_id: str) -> Response:
        """Forget a job, whether or not there is one."""
        if ID.fullmatch(job_id):
            async with opened(self._jobs.open) as place:
                await asyncio.to_thread(place.desk.delete, job_id)
        return Response(status_code=204)

    async def _announce(self, request: Request, place: JobPlace) -> Response:
        with self._descriptions.share() as share:
            name, kind, size, options = await read_description(request, share)
        query = query_options(request)
        job = await asyncio.to_thread(place.desk.announce, name, kind, size, query | options)
        until = job.created + UPLOAD_SECONDS
        answer = await asyncio.to_thread(announced, job, self._door(request, place), until)
        return json_response(answer, 202)

    async def _submit(self, request: Request, place: JobPlace) -> Response:
        limit = self._settings.job_bytes
        size = declared_length(request) or limit
        await asyncio.to_thread(place.desk.check, min(size, limit))
        with self.uploads.share() as share, place.spool() as (path, file):
            form = await read_file(request, limit, file, share, field="image", known=SPECS)
            await asyncio.to_thread(check_kind, path)
            options = query_options(request) | form.options()
            job = await asyncio.to_thread(place.desk.submit, form.file_name, "", path, options)
        return json_response({"job_id": job.id}, 202)
