"""The routes of jobs on the embedded server."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from wenyun.api.failures import json_response
from wenyun.api.job_door import UPLOAD_FIELDS, LocalDoor
from wenyun.api.job_events import EventStream, Watchers, progress
from wenyun.api.job_intake import JSON_BYTES, check_kind, read_description, read_file
from wenyun.api.job_shapes import announced, disposition, shown
from wenyun.api.limits import Budget, declared_length
from wenyun.api.upload import media_type, query_options
from wenyun.errors import WenyunError
from wenyun.jobs.desk import UPLOAD_SECONDS, full
from wenyun.jobs.local import LocalJobs, Place
from wenyun.options import SPECS
from wenyun.settings import Settings
from wenyun.stores.jobs import Job
from wenyun.stores.objects import StoreFaultError, StoreFullError

log = logging.getLogger("wenyun.api")

UPLOADS_AT_ONCE = 8
"""Of the largest size; more of smaller ones. They fill the disk, not the memory."""

DESCRIPTIONS_AT_ONCE = 64

_ID = re.compile(r"[0-9a-f]{32}")
_HOST = re.compile(r"[A-Za-z0-9._:\[\]-]{1,255}")


def job_routes(settings: Settings, jobs: LocalJobs) -> APIRouter:
    """Every route below `/api/jobs`."""
    routes = JobRoutes(settings, jobs)
    router = APIRouter(prefix="/api/jobs")
    router.add_api_route("", routes.create, methods=["POST"], response_model=None)
    router.add_api_route("/{job_id}", routes.get, methods=["GET"], response_model=None)
    router.add_api_route("/{job_id}", routes.delete, methods=["DELETE"], response_model=None)
    router.add_api_route("/{job_id}/file", routes.upload, methods=["POST"], response_model=None)
    router.add_api_route(
        "/{job_id}/results/{name}", routes.result, methods=["GET"], response_model=None
    )
    return router


class JobRoutes:
    """The routes, with what they need."""

    def __init__(self, settings: Settings, jobs: LocalJobs) -> None:
        self._settings = settings
        self._jobs = jobs
        self._watchers = Watchers()
        self._uploads = Budget(UPLOADS_AT_ONCE * settings.job_bytes)
        self._descriptions = Budget(DESCRIPTIONS_AT_ONCE * JSON_BYTES)

    async def create(self, request: Request) -> Response:
        """Accept a job, with its file or before it."""
        async with self._place() as place:
            if media_type(request) == "multipart/form-data":
                return await self._submit(request, place)
            return await self._announce(request, place)

    async def upload(self, request: Request, job_id: str) -> Response:
        """Take the file of a job that was announced."""
        async with self._place() as place:
            job = await self._find(place, job_id)
            door = self._door(request, place)
            with self._uploads.share() as share, place.shelf.spool() as (path, file):
                form = await read_file(
                    *(request, job.size, file, share),
                    field="file",
                    known=UPLOAD_FIELDS,
                    opened=lambda fields: door.check_upload(job_id, fields),
                )
                _check_size(form.size or 0, job.size)
                await asyncio.to_thread(check_kind, path)
                await asyncio.to_thread(place.desk.arrived, job_id, path)
        return Response(status_code=204)

    async def get(self, request: Request, job_id: str) -> Response:
        """How far a job has come, once or until it ends."""
        async with self._place() as place:
            door = self._door(request, place)

            async def ask() -> dict[str, Any]:
                async with self._place():
                    return shown(await self._find(place, job_id), door)

            now = await ask()
        if "text/event-stream" not in request.headers.get("accept", ""):
            return json_response(now)
        self._watchers.check()
        return EventStream(progress(now, ask, self._jobs.closing), self._watchers)

    async def delete(self, job_id: str) -> Response:
        """Forget a job, whether or not there is one."""
        if _ID.fullmatch(job_id):
            async with self._place() as place:
                await asyncio.to_thread(place.desk.delete, job_id)
        return Response(status_code=204)

    async def result(self, request: Request, job_id: str, name: str) -> Response:
        """One form of the result."""
        query = request.query_params
        async with self._place() as place:
            self._door(request, place).check_result(
                job_id, name, query.get("expires", ""), query.get("signature", "")
            )
            job = await self._find(place, job_id)
        found = job.results.get(name)
        path = place.shelf.path(found.key) if found else None
        if found is None or path is None or not path.is_file():
            raise WenyunError("job_not_found")
        headers = {"content-disposition": disposition(job, found)}
        return FileResponse(path, media_type=found.media_type, headers=headers)

    async def _announce(self, request: Request, place: Place) -> Response:
        with self._descriptions.share() as share:
            name, kind, size, options = await read_description(request, share)
        query = query_options(request)
        job = await asyncio.to_thread(place.desk.announce, name, kind, size, query | options)
        door = self._door(request, place)
        return json_response(announced(job, door, job.created + UPLOAD_SECONDS), 202)

    async def _submit(self, request: Request, place: Place) -> Response:
        limit = self._settings.job_bytes
        size = declared_length(request) or limit
        await asyncio.to_thread(place.desk.check, min(size, limit))
        with self._uploads.share() as share, place.shelf.spool() as (path, file):
            form = await read_file(request, limit, file, share, field="image", known=SPECS)
            await asyncio.to_thread(check_kind, path)
            options = query_options(request) | form.options()
            job = await asyncio.to_thread(place.desk.submit, form.file_name, "", path, options)
        return json_response({"job_id": job.id}, 202)

    async def _find(self, place: Place, job_id: str) -> Job:
        if not _ID.fullmatch(job_id):
            raise WenyunError("job_not_found")
        return await asyncio.to_thread(place.desk.get, job_id)

    def _door(self, request: Request, place: Place) -> LocalDoor:
        return LocalDoor(_base(request), place.signer)

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[Place]:
        """The stores, opened; what they cannot do is said in the contract's words."""
        try:
            yield await asyncio.to_thread(self._jobs.open)
        except StoreFullError as error:
            log.error("%s", error)
            raise full() from error
        except StoreFaultError as error:
            log.error("%s", error)
            raise WenyunError(
                "internal",
                "Jobs cannot be stored now; the server's log says why.",
                "任务存储目前不可用，原因见服务器日志。",
            ) from error


def _base(request: Request) -> str:
    """How this client reaches us; a Host that is none gives a mere path."""
    path = str(request.scope.get("root_path", ""))
    host = request.headers.get("host", "")
    return f"{request.url.scheme}://{host}{path}" if _HOST.fullmatch(host) else path


def _check_size(got: int, announced_size: int) -> None:
    if got != announced_size:
        raise WenyunError(
            "invalid_option",
            f"The file has {got} bytes; {announced_size} were announced.",
            f"文件有 {got} 字节，与声明的 {announced_size} 字节不符。",
            field="size",
        )
