"""What this deployment is and can do: options, health, ready."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.responses import Response

from wenyun.api.failures import json_response
from wenyun.api.warmup import Warmup
from wenyun.documents.reader import Reader
from wenyun.errors import WenyunError
from wenyun.exports.render import FORMS
from wenyun.options import Options, describe_options
from wenyun.settings import Settings
from wenyun.version import __version__

if TYPE_CHECKING:
    from wenyun.jobs.place import JobService

INPUTS = (
    "image/jpeg",
    "image/png",
    "image/bmp",
    "image/webp",
    "image/gif",
    "image/tiff",
    "application/pdf",
)

READY_PATIENCE = 0.2
"""Seconds: enough to see that warm models are warm, short for a load balancer's probe."""


def info_routes(
    settings: Settings, reader: Reader, warmup: Warmup, jobs: "JobService | None" = None
) -> APIRouter:
    """The routes that never need a key."""
    router = APIRouter(prefix="/api")
    router.get("/options")(_options(settings, jobs))
    router.get("/health")(_health(reader))
    router.get("/ready")(_ready(warmup))
    return router


def _options(settings: Settings, jobs: "JobService | None") -> Callable[[], Response]:
    def options() -> Response:
        takes_jobs = jobs is not None and jobs.usable()
        return json_response(
            {
                "version": __version__,
                "options": describe_options(Options(profile=settings.profile)),
                "limits": {
                    "bytes": settings.max_bytes,
                    "pixels": settings.max_pixels,
                    "sync_pages": settings.sync_pages,
                }
                | ({"job_bytes": settings.job_bytes} if takes_jobs else {}),
                "inputs": list(INPUTS),
                "formats": list(FORMS),
                "jobs": takes_jobs,
            }
        )

    return options


def _health(reader: Reader) -> Callable[[], Response]:
    def health() -> Response:
        return json_response({"status": "ok", "version": __version__, "models": reader.models()})

    return health


def _ready(warmup: Warmup) -> Callable[[], Response]:
    def ready() -> Response:
        if not warmup.ready(READY_PATIENCE):
            raise WenyunError(
                "busy", "The models are still loading.", "模型正在加载。", retry_after=1
            )
        return json_response({"ready": True})

    return ready
