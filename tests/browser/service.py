"""A small web server that serves the page and answers as the contract says."""

import json
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from wenyun.options import Options, describe_options

PAGE = Path(__file__).resolve().parents[2] / "functions" / "webui"


@dataclass(frozen=True, slots=True)
class Post:
    """A picture that came in: its option fields, its name and bytes, the request's headers."""

    fields: dict[str, str]
    name: str
    data: bytes
    headers: dict[str, str]


@dataclass(slots=True)
class Service:
    """What the server answers and what it was sent.

    `prefix` is the folder it lives in. A `gate` that is not set holds pictures back until it is.
    `files` replace files of the page.
    """

    prefix: str = "/"
    origin: str = ""
    status: int = 200
    answer: Any = None
    offer: Any = None
    limits: dict[str, int] = field(
        default_factory=lambda: {"bytes": 20_000_000, "pixels": 50_000_000}
    )
    files: dict[str, bytes] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    @property
    def url(self) -> str:
        """The address of the page."""
        return self.origin + self.prefix

    def fail(self, status: int, code: str, message: str, message_zh: str) -> None:
        """Answer the next pictures with this error."""
        error = {"code": code, "message": message, "message_zh": message_zh}
        self.status = status
        self.answer = {"success": False, "error": error, "request_id": "req-7"}

    def options(self) -> dict[str, Any]:
        """The answer of /api/options."""
        return {
            "version": "0.1.0",
            "options": describe_options(Options()),
            "limits": {**self.limits, "sync_pages": 5},
            "inputs": [
                *(f"image/{kind}" for kind in ("jpeg", "png", "bmp", "webp", "gif", "tiff")),
                "application/pdf",
            ],
            "formats": ["json"],
            "jobs": False,
        }


@contextmanager
def serve(service: Service) -> Iterator[Service]:
    """Run the server on a free port of this machine until the block ends."""

    class Handler(_Handler):
        pass

    Handler.service = service
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service.origin = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield service
    finally:
        service.gate.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    service: Service

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if not path.startswith(self.service.prefix):
            return self._send(404, b"outside the prefix", "text/plain")
        inside = path.removeprefix(self.service.prefix) or "index.html"
        if inside == "api/options":
            return self._offer()
        return self._file(inside)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        if urlsplit(self.path).path != f"{self.service.prefix}api/ocr":
            return self._send(404, b"{}", "application/json")
        self.service.posts.append(_post(dict(self.headers), body))
        self.service.gate.wait(20)
        return self._json(self.service.status, self.service.answer)

    def do_OPTIONS(self) -> None:
        self._send(204, b"", "text/plain")

    def _offer(self) -> None:
        offer = self.service.options() if self.service.offer is None else self.service.offer
        self._json(200 if offer else 500, offer)

    def _file(self, inside: str) -> None:
        file = PAGE / inside
        if inside in self.service.files or file.is_file():
            data = self.service.files.get(inside) or file.read_bytes()
            return self._send(200, data, mimetypes.guess_type(inside)[0] or "text/plain")
        return self._send(404, b"no such file", "text/plain")

    def _json(self, status: int, answer: Any) -> None:
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self._send(status, body, "application/json")

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.send_header("access-control-allow-origin", "*")
        self.send_header("access-control-allow-headers", "x-api-key, content-type")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the tests look at `posts`."""


def _post(headers: dict[str, str], body: bytes) -> Post:
    lower = {name.lower(): value for name, value in headers.items()}
    whole = message_from_bytes(
        f"content-type: {lower['content-type']}\r\n\r\n".encode() + body, policy=HTTP
    )
    fields: dict[str, str] = {}
    name, data = "", b""
    for part in whole.iter_parts():
        field_name = str(part.get_param("name", header="content-disposition"))
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        if field_name == "image":
            name, data = part.get_filename() or "", content
        else:
            fields[field_name] = content.decode()
    return Post(fields, name, data, lower)
