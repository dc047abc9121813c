"""An endpoint that answers as a test has written it, whichever service is asked."""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass(frozen=True)
class Said:
    """One answer; a status of 0 stands for none at all."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)


NOTHING = Said(0)


def json_error(status: int, code: str, **more: Any) -> Said:
    """An error as DynamoDB and SQS write it."""
    return Said(
        status, json.dumps({"__type": f"com.amazonaws#{code}", "message": "no"} | more).encode()
    )


def xml_error(status: int, code: str) -> Said:
    """An error as S3 writes it."""
    return Said(status, f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode())


@dataclass
class Scripted:
    """What it answers, the last answer again and again, and what it was asked."""

    answers: list[Said]
    asked: list[bytes] = field(default_factory=list)
    url: str = ""
    ended: Event = field(default_factory=Event)

    def next(self) -> Said:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def said(self, number: int) -> Any:
        """A request's body in JSON."""
        return json.loads(self.asked[number])


@contextlib.contextmanager
def scripted(*answers: Said) -> Iterator[Scripted]:
    """Run it."""
    script = Scripted(list(answers))

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            script.asked.append(self.rfile.read(size))
            answer = script.next()
            if not answer.status:
                script.ended.wait(30)
                return
            self.send_response(answer.status)
            length = {"Content-Length": str(len(answer.body))}
            for name, value in (length | answer.headers).items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body)

        do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = _answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    script.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield script
    finally:
        script.ended.set()
        server.shutdown()
        server.server_close()
