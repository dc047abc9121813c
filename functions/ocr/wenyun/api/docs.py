"""The API's description: as OpenAPI, and as a page of our own that shows it."""

from collections.abc import Callable
from pathlib import Path

from fastapi import APIRouter
from starlette.responses import Response

from wenyun.api.failures import json_response
from wenyun.settings import Settings

STATIC = Path(__file__).parent / "static"

DOCS_FILES = {
    "/api/docs": STATIC / "docs.html",
    "/api/docs/docs.js": STATIC / "docs.js",
    "/api/docs/docs.css": STATIC / "docs.css",
}
"""The page that shows the description."""


def docs_routes(settings: Settings, *, jobs: bool = False, files: bool = True) -> APIRouter:
    """`/api/openapi.json`."""
    router = APIRouter()
    router.get("/api/openapi.json")(_openapi(settings, jobs=jobs, files=files))
    return router


def _openapi(settings: Settings, *, jobs: bool, files: bool) -> Callable[[], Response]:
    def openapi() -> Response:
        # Needed once in a while, so that a cold start need not wait for it.
        from wenyun.api.openapi import build_openapi

        return json_response(build_openapi(settings, jobs=jobs, files=files))

    return openapi
