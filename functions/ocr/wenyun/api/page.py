"""Files that we serve: the page at `/` with what belongs to it, and the API's own pages.

A route is made for each file that exists at start, and for nothing else: no path that a client
sends is ever joined to a directory.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

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
    found = {
        address: path
        for address, path in sorted(_plain_files(directory, "/"))
        if path.suffix in TYPES and _SAFE.fullmatch(address, 1)
    }
    if "/index.html" in found:
        found["/"] = found["/index.html"]
    return found


def _plain_files(directory: str | Path, address: str) -> Iterator[tuple[str, Path]]:
    """What lies in a directory and below, without links."""
    with os.scandir(directory) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _plain_files(entry.path, f"{address}{entry.name}/")
            elif entry.is_file(follow_symlinks=False):
                yield address + entry.name, Path(entry.path)


def file_routes(files: dict[str, Path], policy: str = PAGE_CSP) -> list[BaseRoute]:
    """One GET route a file; `policy` is their content security policy."""
    return [FileRoute(address, path, policy) for address, path in files.items()]


class FileRoute(BaseRoute):
    """GET of one file.

    The page has more than a hundred, and there is nothing in them for the framework to analyse.

    Args:
        path: The address.
        file: What is sent.
        policy: Its content security policy.

    """

    def __init__(self, path: str, file: Path, policy: str) -> None:
        self.path = path
        self._file = file
        self._policy = policy

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether the request is for this address, and by GET."""
        base = scope.get("root_path", "")
        if scope["type"] != "http" or scope["path"] != base + self.path:
            return Match.NONE, {}
        return Match.FULL if scope["method"] == "GET" else Match.PARTIAL, {"route": self}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file."""
        if scope["method"] != "GET":
            raise HTTPException(405, headers={"allow": "GET"})
        await self._answer(Request(scope))(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        try:
            found = self._file.stat()
        except FileNotFoundError:
            raise WenyunError("not_found") from None
        kind = TYPES[self._file.suffix]
        headers = {"cache-control": "no-cache", "content-security-policy": self._policy}
        answer = FileAnswer(self._file, media_type=kind, headers=headers, stat_result=found)
        etag = answer.headers["etag"]
        if etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers | {"etag": etag})
        return answer
