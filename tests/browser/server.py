"""The fake service's HTTP: the page's files, pictures, jobs and the bucket of their files."""

import json
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from tests.browser.desk import Desk
from tests.browser.forms import Post, read_form
from tests.browser.forms_out import render
from tests.browser.service import Service, known_failure


@contextmanager
def serve(service: Service) -> Iterator[Service]:
    """Run the server on a free port of this machine until the block ends."""

    class Handler(_Handler):
        pass

    Handler.service = service
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    # A watcher of a job's progress must not keep a test from ending.
    server.block_on_close = False
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
        inside = self._inside()
        if inside is None:
            return self._send(404, b"outside the prefix", "text/plain")
        if inside == "api/options":
            return self._offer()
        if inside.startswith("bucket/") and self.service.desk:
            return self._result(*inside.split("/")[1:])
        if inside.startswith("api/jobs/") and self.service.desk:
            return self._progress(self.service.desk, inside.removeprefix("api/jobs/"))
        return self._file(inside or "index.html")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        inside = self._inside() or ""
        if inside.startswith("bucket/") and self.service.desk:
            post = read_form(dict(self.headers), body, "file")
            kept = self.service.desk.upload(inside.removeprefix("bucket/"), post)
            return self._send(204 if kept else 403, b"", "text/plain")
        if not self._allowed():
            return self._json(*known_failure("unauthorized"))
        if inside == "api/jobs" and self.service.desk:
            return self._job(self.service.desk, body)
        if inside == "api/ocr":
            return self._read(read_form(dict(self.headers), body, "image"))
        return self._send(404, b"{}", "application/json")

    def do_DELETE(self) -> None:
        if self.service.desk:
            self.service.desk.withdraw((self._inside() or "").removeprefix("api/jobs/"))
        self._send(204, b"", "text/plain")

    def do_OPTIONS(self) -> None:
        self._send(204, b"", "text/plain")

    def _inside(self) -> str | None:
        """The path below the prefix; a bucket's paths have none."""
        path = urlsplit(self.path).path
        if path.startswith("/bucket/") and self.service.desk:
            return path[1:]
        prefix = self.service.prefix
        return path.removeprefix(prefix) if path.startswith(prefix) else None

    def _allowed(self) -> bool:
        return not self.service.key or self.headers.get("x-api-key") == self.service.key

    def _offer(self) -> None:
        offer = self.service.options() if self.service.offer is None else self.service.offer
        self._json(200 if offer else 500, offer)

    def _read(self, post: Post) -> None:
        service = self.service
        service.posts.append(post)
        service.gate.wait(20)
        status, answer = service.by_name.get(post.name, (service.status, service.answer))
        name = post.fields.get("format", "json")
        if status != 200 or name == "json":
            return self._json(status, answer)
        kind, data = render(answer, name)
        return self._send(200, data, kind)

    def _job(self, desk: Desk, body: bytes) -> None:
        if self.headers["content-type"].startswith("multipart/"):
            told = desk.submit(read_form(dict(self.headers), body, "image"))
        else:
            told = desk.announce(json.loads(body), self.service.origin)
        self._json(202, told)

    def _progress(self, desk: Desk, job_id: str) -> None:
        if not self._allowed():
            return self._json(*known_failure("unauthorized"))
        if desk.streams and "text/event-stream" in self.headers.get("accept", ""):
            return self._stream(desk.watch(job_id, self.service.origin))
        shown = desk.show(job_id, self.service.origin)
        return self._json(200, shown) if shown else self._json(*known_failure("job_not_found"))

    def _result(self, job_id: str, name: str) -> None:
        job = self.service.desk.jobs.get(job_id) if self.service.desk else None
        if job is None or job.state != "succeeded":
            return self._send(404, b"", "text/plain")
        file_name = job.post.name if job.post else ""
        _, answer = self.service.by_name.get(file_name, (200, self.service.answer))
        kind, data = render(answer, name)
        return self._send(200, data, kind)

    def _file(self, inside: str) -> None:
        file = self.service.root / inside
        if inside in self.service.files or file.is_file():
            data = self.service.files.get(inside) or file.read_bytes()
            return self._send(200, data, mimetypes.guess_type(inside)[0] or "text/plain")
        return self._send(404, b"no such file", "text/plain")

    def _json(self, status: int, answer: Any) -> None:
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self._send(status, body, "application/json")

    def _stream(self, events: Iterator[bytes]) -> None:
        self._head(200, "text/event-stream", None)
        for event in events:
            self.wfile.write(event)
            self.wfile.flush()
        self.close_connection = True

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self._head(status, kind, len(body))
        self.wfile.write(body)

    def _head(self, status: int, kind: str, size: int | None) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        if size is not None:
            self.send_header("content-length", str(size))
        self.send_header("access-control-allow-origin", "*")
        self.send_header("access-control-allow-headers", "x-api-key, content-type")
        self.send_header("access-control-allow-methods", "GET, HEAD, POST, DELETE, OPTIONS")
        self.send_header("access-control-expose-headers", "x-request-id, content-disposition")
        for name, value in self.service.headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the tests look at `posts`."""
