"""The load bench against a server that does what it is told."""

import sys
import threading
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.bench import load
from tests.bench.load import Level, Server, at_level, report, row, servers

PICTURES = (b"one", b"two", b"three")


class Obedient(BaseHTTPRequestHandler):
    """`busy` puts the first asker off, `bad` fails; everything is noted."""

    seen: list[bytes] = []  # noqa: RUF012 - emptied by the fixture
    at_once = most = 0
    lock = threading.Lock()

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["content-length"]))
        with self.lock:
            self.seen.append(data)
            type(self).at_once += 1
            type(self).most = max(self.most, self.at_once)
            first = self.seen.count(data) == 1
        status = 503 if data == b"busy" and first else 422 if data == b"bad" else 200
        self.send_response(status)
        if status == 503:
            self.send_header("retry-after", "0.01")
        self.send_header("content-length", "0")
        self.end_headers()
        with self.lock:
            type(self).at_once -= 1

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def url() -> Iterator[str]:
    Obedient.seen = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Obedient)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def asked(url: str, pictures: Sequence[bytes], clients: int, requests: int) -> Level:
    server = Server("x", lambda _: (), "/", "/", lambda data: {"content": data})
    return at_level(server, url, pictures, clients, requests)


def test_every_request_is_sent_once_whoever_sends_it(url: str) -> None:
    level = asked(url, PICTURES, 4, 30)
    assert sorted(Obedient.seen) == sorted(PICTURES * 10)
    assert (len(level.times), level.put_off, level.failures) == (30, 0, 0)
    assert level.seconds > 0


def test_who_is_put_off_comes_back_and_its_time_goes_on(url: str) -> None:
    level = asked(url, [b"busy"], 1, 1)
    assert (len(level.times), level.put_off, level.failures) == (1, 1, 0)
    assert level.times[0] >= 0.01


def test_a_failure_is_no_answer(url: str) -> None:
    level = asked(url, [b"bad", b"good"], 1, 4)
    assert (len(level.times), level.failures) == (2, 2)


def test_percentiles() -> None:
    level = Level(1, 10.0, [float(n) for n in range(1, 102)])
    assert [level.percentile(part) for part in (50, 90, 99)] == [51.0, 91.0, 100.0]
    assert Level(1, 1.0, [2.5]).percentile(90) == 2.5
    assert row("x", level)[2:6] == ["51000", "91000", "100000", "10.10"]


def test_the_table_names_everyone() -> None:
    names = [server.name for server in servers(2)]
    assert names == ["wenyun balanced", "wenyun fast", "rapidocr-api", "tesseract"]
    text = report([row(name, Level(1, 1.0, [1.0, 2.0])) for name in names])
    assert all(name in text for name in names)


def test_our_own_server_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From its start to its end, with a server of the standard library in its place."""
    script = tmp_path / "serve.py"
    script.write_text(
        "import sys\n"
        "from http.server import HTTPServer\n"
        "from tests.bench.servers.tesseract import Handler\n"
        "HTTPServer(('127.0.0.1', int(sys.argv[1])), Handler).serve_forever()\n"
    )
    server = Server(
        "x",
        lambda port: (sys.executable, str(script), str(port)),
        "/",
        "/",
        lambda data: {"content": data},
    )
    (level,) = load.measure(server, [b"no picture"], [2], 4, tmp_path)
    assert level.clients == 2
    assert len(level.times) + level.failures == 4
