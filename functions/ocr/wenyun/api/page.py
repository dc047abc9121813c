"""Files that we serve: the page at `/` with what belongs to it, and the API's own pages.

A route is made for each file that exists at start, and for nothing else: no path that a client
sends is ever joined to a directory.
"""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from wenyun.api.headers import PAGE_CSP
from wenyun.api.ranges import FileAnswer
from wenyun.errors import WenyunError

TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".txt": "text/plain",
    ".pdf": "application/pdf",
}
"""What is served, and as what; the same on every host, whatever its own tables say."""

_SAFE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")


def find_page_dir() -> Path | None:
    """The page's directory: beside the handler in an image, beside `ocr/` in a checkout."""
    handler_dir = Path(__file__).resolve().parents[2]
    places = (handler_dir / "webui", handler_dir.parent / "webui")
    return next((place for place in places if (place / "index.html").is_file()), None)


def list_files(directory: Path) -> dict[str, Path]:
    """Address to file, for every file of a known kind; hidden files and links are left out."""
    found = {}
    for path in sorted(directory.rglob("*")):
        name = path.relative_to(directory).as_posix()
        inside = (path, *path.parents[: name.count("/")])
        plain = path.is_file() and not any(part.is_symlink() for part in inside)
        if plain and _SAFE.fullmatch(name) and path.suffix in TYPES:
            found["/" + name] = path
    if "/index.html" in found:
        found["/"] = found["/index.html"]
    return found


def file_routes(files: dict[str, Path], policy: str = PAGE_CSP) -> APIRouter:
    """One GET route a file; `policy` is their content security policy."""
    router = APIRouter()
    for address, path in files.items():
        router.get(address)(_serve(path, policy))
    return router


def _serve(path: Path, policy: str) -> Callable[[Request], Awaitable[Response]]:
    async def serve(request: Request) -> Response:
        try:
            found = path.stat()
        except FileNotFoundError:
            raise WenyunError("not_found") from None
        headers = {"cache-control": "no-cache", "content-security-policy": policy}
        answer = FileAnswer(path, media_type=TYPES[path.suffix], headers=headers, stat_result=found)
        etag = answer.headers["etag"]
        if etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers | {"etag": etag})
        return answer

    return serve
