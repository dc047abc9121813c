"""The real server process: start, ready, drain, and clients that misbehave."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

Start = Callable[..., Any]
LIMIT = 1_000_000


@pytest.fixture(scope="module")
def served(start_server: Start) -> Any:
    return start_server(max_bytes=LIMIT, workers=1)


def post(served: Any, content: bytes) -> httpx.Response:
    return httpx.post(f"{served.url}/api/ocr", content=content, timeout=60)


def exchange(served: Any, request: bytes) -> bytes:
    """Everything that the server answers to some bytes, until it or its silence ends."""
    with served.connect() as connection:
        connection.settimeout(2)
        # A server that has heard enough need not listen to the rest.
        with contextlib.suppress(ConnectionError):
            connection.sendall(request)
        return read_all(connection)


def read_all(connection: socket.socket) -> bytes:
    answer = b""
    try:
        while piece := connection.recv(65_536):
            answer += piece
    except (TimeoutError, ConnectionResetError):
        pass
    return answer


def head(*lines: str, target: str = "/api/ocr", method: str = "POST") -> bytes:
    return "\r\n".join([f"{method} {target} HTTP/1.1", "Host: x", *lines, "", ""]).encode()


def assert_well(served: Any) -> None:
    assert httpx.get(f"{served.url}/api/ready").json() == {"ready": True}
    assert post(served, b"picture").json()["text"][0]["text"] == "发票 No. 1"


def test_it_says_where_it_is_and_becomes_ready(
    start_server: Start, wait_until: Callable[[Callable[[], bool]], None]
) -> None:
    served = start_server()
    line = f"Wenyun is at http://localhost:{served.port} (Ctrl+C stops it)\n"
    wait_until(lambda: line in served.log.read_text("utf-8"))
    assert_well(served)
    answer = httpx.get(f"{served.url}/api/docs")
    assert "text/html" in answer.headers["content-type"]
    assert "server" not in answer.headers


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_finishes_what_it_has_and_then_ends(start_server: Start, number: int) -> None:
    served = start_server(workers=1)
    request = head("Content-Type: image/png", "Content-Length: 9")
    with contextlib.ExitStack() as stack:
        clients = [stack.enter_context(served.connect()) for _ in range(4)]
        for client, body in zip(clients, (b"sleep:1.5", b"picture 2", b"picture 3"), strict=False):
            client.sendall(request + body)
            # Connections are taken in turn: once this one is answered, the earlier are in.
            served.until_begun(1)
        served.process.send_signal(number)
        answers = [read_all(client) for client in clients]
    assert [answer[:15] for answer in answers] == [b"HTTP/1.1 200 OK"] * 3 + [b""]
    assert served.process.wait(30) == 0
    with pytest.raises(OSError, match="refused"):
        served.connect()
    assert "Traceback" not in served.log.read_text("utf-8")


def is_refused(served: Any) -> bool:
    try:
        served.connect().close()
    except ConnectionRefusedError:
        return True
    except ConnectionResetError:
        # It was in the queue of the socket that is just being closed.
        return False
    return False


def test_new_connections_are_refused_while_it_drains(start_server: Start) -> None:
    served = start_server(workers=1)
    with ThreadPoolExecutor(1) as clients:
        running = clients.submit(post, served, b"sleep:2")
        served.until_begun(1)
        served.process.send_signal(signal.SIGTERM)
        while not (refused := is_refused(served)) and not running.done():
            pass
        assert refused
        assert running.result(30).status_code == 200
    assert served.process.wait(30) == 0


def run_main(**env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "wenyun.server"],
        env=os.environ | env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_missing_layer_is_one_line(tmp_path: Path) -> None:
    ended = run_main(OCR_MODEL_DIR=str(tmp_path))
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert f"no models in {tmp_path}" in ended.stderr
    assert "make layer" in ended.stderr


def test_a_broken_layer_is_one_line(open_port: int, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{", "utf-8")
    ended = run_main(OCR_MODEL_DIR=str(tmp_path), PORT=str(open_port))
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert f"{tmp_path / 'manifest.json'} cannot be used" in ended.stderr


def test_a_bad_setting_is_one_line(tmp_path: Path) -> None:
    ended = run_main(PORT="five thousand", OCR_MODEL_DIR=str(tmp_path))
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "PORT" in ended.stderr


def test_a_taken_port_is_one_line(start_server: Start, tmp_path: Path) -> None:
    taken = start_server()
    (tmp_path / "fake.py").write_text(
        "import sys, types\n"
        "from tests.api_fakes import FakeReader\n"
        "wiring = types.ModuleType('wenyun.wiring')\n"
        "wiring.make_lasting_reader = lambda settings: FakeReader()\n"
        "sys.modules['wenyun.wiring'] = wiring\n"
        "from wenyun.server import main\n"
        "sys.exit(main())\n"
    )
    (tmp_path / "manifest.json").touch()
    root = Path(__file__).resolve().parents[3]
    env = {"PORT": str(taken.port), "OCR_MODEL_DIR": str(tmp_path), "PYTHONPATH": str(root)}
    ended = subprocess.run(
        [sys.executable, str(tmp_path / "fake.py")],
        env=os.environ | env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert f"port {taken.port}" in ended.stderr
    assert "PORT=5001" in ended.stderr


def test_health_answers_while_the_worker_is_busy(served: Any) -> None:
    before = served.begun()
    with ThreadPoolExecutor(1) as clients:
        running = clients.submit(post, served, b"sleep:1")
        served.until_begun(before + 1)
        assert not running.done()
        assert running.result(30).status_code == 200


def test_the_work_of_a_client_that_hung_up_is_dropped(served: Any) -> None:
    before = served.begun()
    with ThreadPoolExecutor(1) as clients:
        running = clients.submit(post, served, b"sleep:1")
        served.until_begun(before + 1)
        with served.connect() as leaving:
            leaving.sendall(head("Content-Type: application/pdf", "Content-Length: 7") + b"%PDF-1.")
        assert running.result(30).status_code == 200
    assert_well(served)
    assert served.begun() == before + 2


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200,
        b"hello\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nA" + b"a" * 1_000_000 + b": b\r\n\r\n",
        head("Content-Length: -1"),
        head("Content-Length: five"),
        head("Content-Length: 5", "Content-Length: 6"),
        head("Transfer-Encoding: chunked") + b"zz\r\nabc\r\n",
    ],
)
def test_garbage_is_a_400(served: Any, garbage: bytes) -> None:
    assert exchange(served, garbage).startswith(b"HTTP/1.1 400 ")
    assert_well(served)


@pytest.mark.parametrize(
    "target", ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "http://x/etc"]
)
def test_odd_addresses_are_not_found(served: Any, target: str) -> None:
    answer = exchange(served, head("Connection: close", target=target, method="GET"))
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert b'"not_found"' in answer


def test_a_body_shorter_than_announced_is_nobody_s_request(served: Any) -> None:
    before = served.begun()
    with served.connect() as connection:
        connection.sendall(head("Content-Type: image/png", "Content-Length: 100") + b"short")
    assert_well(served)
    assert served.begun() == before + 1


def test_bytes_after_the_body_are_the_next_request(served: Any) -> None:
    first = head("Content-Type: image/png", "Content-Length: 7") + b"picture"
    answer = exchange(served, first + b"and more that is no request\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"HTTP/1.1 400 " in answer
    assert_well(served)


def test_pipelined_requests_are_answered_in_turn(served: Any) -> None:
    one = head(target="/api/health", method="GET")
    answer = exchange(served, one * 3 + head("Connection: close", target="/none", method="GET"))
    assert answer.count(b"HTTP/1.1 200 ") == 3
    assert answer.count(b"HTTP/1.1 404 ") == 1


def test_too_large_is_said_before_the_body_is_sent(served: Any) -> None:
    request = head(
        "Content-Type: image/png", f"Content-Length: {LIMIT + 1}", "Expect: 100-continue"
    )
    answer = exchange(served, request)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"file_too_large" in answer


def test_an_endless_chunked_body_is_answered_in_its_middle(served: Any) -> None:
    chunk = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
    with served.connect() as connection:
        connection.sendall(head("Content-Type: image/png", "Transfer-Encoding: chunked"))
        for _ in range(LIMIT // 0x10000 + 2):
            connection.sendall(chunk)
        answer = connection.recv(65_536)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert_well(served)


def test_thousands_of_tiny_parts_are_refused(served: Any) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="ignore"\r\n\r\n1,1,1,1\r\n'
    body = part * 10_000 + b"--x--\r\n"
    answer = httpx.post(
        f"{served.url}/api/ocr",
        content=body,
        headers={"content-type": "multipart/form-data; boundary=x"},
    )
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "missing_image"
    assert "256 parts" in answer.json()["error"]["message"]


def test_slow_and_silent_clients_hold_up_nobody(served: Any) -> None:
    slow = [served.connect() for _ in range(100)]
    for number, connection in enumerate(slow):
        parts = (b"", b"POST /api/ocr HT", head("Content-Length: 1000")[:-2])
        connection.sendall(parts[number % 3])
        connection.sendall(head("Content-Length: 1000") + b"a" if number % 4 == 0 else b"")
    assert_well(served)
    for connection in slow:
        connection.close()
    assert_well(served)


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: x\r\nA: "])
def test_a_request_that_never_gets_complete_is_given_up(start_server: Start, begun: bytes) -> None:
    served = start_server(idle=1)
    with served.connect() as connection:
        connection.sendall(begun)
        assert read_all(connection) == b""
    with served.connect() as connection:
        connection.sendall(head(target="/api/health", method="GET"))
        answer = b""
        while b"}}" not in answer:
            answer += connection.recv(65_536)
        assert answer.startswith(b"HTTP/1.1 200 ")
        connection.sendall(begun)
        assert read_all(connection) == b""
    assert_well(served)


def test_an_idle_limit_does_not_touch_a_request_at_work(start_server: Start) -> None:
    served = start_server(idle=1)
    assert post(served, b"sleep:2.5").status_code == 200
