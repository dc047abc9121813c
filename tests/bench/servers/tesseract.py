"""A server around the command tesseract: `python -m tests.bench.servers.tesseract PORT AT_ONCE`.

One process a picture, as many at a time as there are CPUs to be used, one thread each: more
processes or threads than CPUs make tesseract slower.
"""

import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

COMMAND = ("tesseract", "stdin", "stdout", "-l", "chi_sim+eng")


class Handler(BaseHTTPRequestHandler):
    """GET says that it is up; POST takes a picture as the body and answers with its text."""

    protocol_version = "HTTP/1.1"
    places = threading.Semaphore(1)

    def do_GET(self) -> None:
        self._answer(200, b"up")

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["content-length"]))
        env = os.environ | {"OMP_THREAD_LIMIT": "1"}
        with self.places:
            done = subprocess.run(COMMAND, input=data, env=env, capture_output=True, check=False)
        self._answer(500 if done.returncode else 200, done.stdout)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main(port: int, at_once: int) -> None:
    """Serve until ended."""
    Handler.places = threading.Semaphore(at_once)
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
