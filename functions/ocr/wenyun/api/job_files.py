"""Files of jobs that go in and out of the embedded server itself, at signed addresses."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from wenyun.api.job_door import UPLOAD_FIELDS, LocalDoor
from wenyun.api.job_gate import base_of, find, opened
from wenyun.api.job_intake import check_kind, read_file
from wenyun.api.job_shapes import disposition
from wenyun.api.limits import Budget
from wenyun.api.ranges import FileAnswer
from wenyun.errors import WenyunError
from wenyun.jobs.local import LocalJobs, Place


class FileRoutes:
    """The routes, with what they need.

    Args:
        jobs: Where jobs live.
        uploads: Bounds what is under way.

    """

    def __init__(self, jobs: LocalJobs, uploads: Budget) -> None:
        self._jobs = jobs
        self._uploads = uploads

    async def upload(self, request: Request, job_id: str) -> Response:
        """Take the file of a job that was announced."""
        async with opened(self._jobs.open) as place:
            job = await find(place, job_id)
            door = local_door(request, place)
            with self._uploads.share() as share, place.spool() as (path, file):
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

    async def result(self, request: Request, job_id: str, name: str) -> Response:
        """One form of the result."""
        query = request.query_params
        async with opened(self._jobs.open) as place:
            local_door(request, place).check_result(
                job_id, name, query.get("expires", ""), query.get("signature", "")
            )
            job = await find(place, job_id)
        found = job.results.get(name)
        if found is None:
            raise WenyunError("job_not_found")
        path = place.shelf.path(found.key)
        try:
            size = path.stat()
        except FileNotFoundError:
            raise WenyunError("job_not_found") from None
        headers = {"content-disposition": disposition(job, found)}
        return FileAnswer(path, media_type=found.media_type, headers=headers, stat_result=size)


def local_door(request: Request, place: Place) -> LocalDoor:
    """Addresses of this server, as the client of a request reaches it."""
    return LocalDoor(base_of(request), place.signer)


def _check_size(got: int, announced_size: int) -> None:
    if got != announced_size:
        raise WenyunError(
            "invalid_option",
            f"The file has {got} bytes; {announced_size} were announced.",
            f"文件有 {got} 字节，与声明的 {announced_size} 字节不符。",
            field="size",
        )
