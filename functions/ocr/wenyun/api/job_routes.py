"""The addresses of jobs.

What answers there is loaded with the first that is asked for, as a function that starts for
something else need not wait for it.
"""

from functools import cache
from typing import TYPE_CHECKING, Any, cast

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from wenyun.settings import Settings

if TYPE_CHECKING:
    from wenyun.api.job_files import FileRoutes
    from wenyun.api.jobs import JobRoutes
    from wenyun.jobs.local import LocalJobs
    from wenyun.jobs.place import JobService


def job_routes(settings: Settings, jobs: "JobService") -> APIRouter:
    """Every route below `/api/jobs`."""
    answers = _Answers(settings, jobs)
    router = APIRouter(prefix="/api/jobs")

    def add(path: str, method: str, answer: Any) -> None:
        router.add_api_route(path, answer, methods=[method], response_model=None)

    add("", "POST", answers.create)
    add("/{job_id}", "GET", answers.get)
    add("/{job_id}", "DELETE", answers.delete)
    if jobs.files:
        add("/{job_id}/file", "POST", answers.upload)
        add("/{job_id}/results/{name}", "GET", answers.result)
    return router


class _Answers:
    """Each loads what it needs."""

    def __init__(self, settings: Settings, jobs: "JobService") -> None:
        self._jobs = cache(lambda: _load_jobs(settings, jobs))
        self._files = cache(lambda: _load_files(cast("LocalJobs", jobs), self._jobs()))

    async def create(self, request: Request) -> Response:
        return await self._jobs().create(request)

    # What stands in an address is taken from the request: a parameter would be a field of pydantic,
    # for which the framework loads a second version of it, 23 modules.

    async def get(self, request: Request) -> Response:
        return await self._jobs().get(request, request.path_params["job_id"])

    async def delete(self, request: Request) -> Response:
        return await self._jobs().delete(request.path_params["job_id"])

    async def upload(self, request: Request) -> Response:
        return await self._files().upload(request, request.path_params["job_id"])

    async def result(self, request: Request) -> Response:
        job_id, name = request.path_params["job_id"], request.path_params["name"]
        return await self._files().result(request, job_id, name)


def _load_jobs(settings: Settings, jobs: "JobService") -> "JobRoutes":
    from wenyun.api.jobs import JobRoutes

    if jobs.files:
        from wenyun.api.job_files import local_door

        return JobRoutes(settings, jobs, local_door)
    from wenyun.api.job_cloud_door import cloud_door

    return JobRoutes(settings, jobs, cloud_door)


def _load_files(jobs: "LocalJobs", routes: "JobRoutes") -> "FileRoutes":
    from wenyun.api.job_files import FileRoutes

    return FileRoutes(jobs, routes.uploads)
