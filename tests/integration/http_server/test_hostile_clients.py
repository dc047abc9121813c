"""Clients that flood, stall or lie, over real sockets: refused in bounded memory, others served."""

import contextlib
import json
import socket
import struct
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

Start = Callable[..., Any]
LIMIT = 1_000_000
PATIENCE = 60.0


@pytest.fixture(scope="module")
def served(start_server: Start) -> Any:
    return start_server(max_bytes=LIMIT, workers=1)


def head(*lines: str, target: str = "/api/ocr", method: str = "POST") -> bytes:
    return "\r\n".join([f"{method} {target} HTTP/1.1", "Host: x", *lines, "", ""]).encode()


@contextlib.contextmanager
def connections(served: Any, count: int) -> Iterator[list[socket.socket]]:
    """So many, all closed in the end."""
    with contextlib.ExitStack() as stack:
        found = [stack.enter_context(served.connect()) for _ in range(count)]
        for connection in found:
            connection.settimeout(PATIENCE)
        yield found


def answer_to(served: Any, *pieces: bytes) -> bytes:
    """What the server says to some bytes until it closes or has said a whole answer."""
    with served.connect() as connection:
        connection.settimeout(PATIENCE)
        with contextlib.suppress(ConnectionError):
            for piece in pieces:
                connection.sendall(piece)
        return one_answer(connection)


def one_answer(connection: socket.socket) -> bytes:
    """An answer's head and body by its Content-Length, or all until the connection ends."""
    got = b""
    with contextlib.suppress(ConnectionResetError):
        while piece := connection.recv(65_536):
            got += piece
            found, _, body = got.partition(b"\r\n\r\n")
            lengths = [line for line in found.lower().split(b"\r\n") if b"content-length" in line]
            if lengths and len(body) >= int(lengths[0].partition(b":")[2]):
                break
    return got


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def code_of(answer: bytes) -> str:
    return str(json.loads(answer.partition(b"\r\n\r\n")[2])["error"]["code"])


def megabytes(served: Any) -> int:
    """The most memory that the server ever had."""
    status = Path(f"/proc/{served.process.pid}/status").read_text()
    (row,) = (row for row in status.splitlines() if row.startswith("VmHWM:"))
    return int(row.split()[1]) // 1024


def assert_well(served: Any) -> None:
    answer = httpx.post(f"{served.url}/api/ocr", content=b"picture", timeout=PATIENCE)
    assert answer.json()["success"] is True


@pytest.mark.parametrize("count", [100, 3000])
def test_many_headers_within_the_limit_are_borne(served: Any, count: int) -> None:
    lines = [f"h{n}: v" for n in range(count)]
    answer = answer_to(served, head("Connection: close", *lines, "Content-Length: 7") + b"picture")
    assert status_of(answer) == 200
    assert_well(served)


def test_a_flood_of_headers_ends_at_the_limit(served: Any) -> None:
    before = megabytes(served)
    flood = b"".join(b"X-%d: %s\r\n" % (n, b"a" * 900) for n in range(1000))
    answer = answer_to(served, b"POST /api/ocr HTTP/1.1\r\nHost: x\r\n", *[flood] * 20)
    assert status_of(answer) == 400
    assert megabytes(served) < before + 20
    assert_well(served)


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("lang=zh&" * 2000, 422, "unknown_option"),
        ("a" * 20_000 + "=1", 422, "unknown_option"),
        ("region=" + "1" * 20_000, 422, "invalid_option"),
        ("ignore=" + "1,1,1,1;" * 3000, 422, "invalid_option"),
        ("pages=" + "1," * 9000, 422, "invalid_option"),
        ("%ff%fe=%00", 422, "unknown_option"),
    ],
)
def test_a_giant_query(served: Any, query: str, status: int, code: str) -> None:
    lines = ("Content-Type: image/png", "Content-Length: 7", "Connection: close")
    answer = answer_to(served, head(*lines, target=f"/api/ocr?{query}") + b"picture")
    assert (status_of(answer), code_of(answer)) == (status, code)


def test_a_query_beyond_the_limit_of_the_head(served: Any) -> None:
    answer = answer_to(served, head(target="/api/ocr?" + "a" * 200_000))
    assert status_of(answer) == 400
    assert_well(served)


@pytest.mark.parametrize(
    "body",
    [
        b'{"image": ' + b"[" * 400_000,
        b"[" * 400_000,
        b'{"a":' * 100_000,
        b'{"image": "", "region": ' + b"[" * 5000 + b"]" * 5000 + b"}",
        b'{"image": "", "pages": ' + b"9" * 100_000 + b"}",
        b'{"image": 1e99999}',
        b"{" + b",".join(b'"k%d": 0' % n for n in range(40_000)) + b', "image": "aGk="}',
        b'{"image": "' + b"\\ud800" * 1000 + b'"}',
        b"\xff\xfe{\0",
    ],
)
def test_deep_and_odd_json(served: Any, body: bytes) -> None:
    lines = ("Content-Type: application/json", f"Content-Length: {len(body)}")
    answer = answer_to(served, head(*lines), body)
    assert status_of(answer) == 422
    assert code_of(answer) in (
        *("missing_image", "corrupt_image", "empty_file"),
        *("invalid_option", "unknown_option"),
    )
    assert_well(served)


@pytest.mark.parametrize(
    "lines",
    [
        ("Content-Length: 7", "Content-Length: 7", "Content-Length: 8"),
        ("Content-Length: 7, 8",),
        ("Content-Length: +7",),
        ("Content-Length: 0x7",),
        ("Content-Length: 7\r\n Content-Length: 0",),
        ("Transfer-Encoding: gzip",),
        ("Transfer-Encoding: chunked, chunked",),
        ("Transfer-Encoding : chunked",),
        ("Bad Header: x",),
        ("X: a\0b",),
    ],
)
def test_lengths_and_headers_that_two_servers_might_read_in_two_ways(
    served: Any, lines: tuple[str, ...]
) -> None:
    answer = answer_to(served, head(*lines) + b"picture" + b"0\r\n\r\n")
    assert status_of(answer) in (400, 501)
    assert_well(served)


def test_chunks_win_over_a_length_and_end_the_connection(served: Any) -> None:
    """RFC 9112, 6.3: where both are sent, the chunks count. What follows is not smuggled in."""
    lines = ("Content-Type: image/png", "Content-Length: 4", "Transfer-Encoding: chunked")
    smuggled = b"GET /api/health HTTP/1.1\r\nHost: x\r\n\r\n"
    answer = answer_to(served, head(*lines) + b"7\r\npicture\r\n0\r\n\r\n", smuggled)
    assert status_of(answer) in (200, 400)
    assert_well(served)


def test_a_chunked_body_over_the_limit_in_tiny_chunks(served: Any) -> None:
    chunks = b"a\r\n0123456789\r\n" * 5000
    before = megabytes(served)
    answer = answer_to(
        served,
        head("Content-Type: image/png", "Transfer-Encoding: chunked"),
        *[chunks] * (LIMIT // 50_000 + 2),
    )
    assert status_of(answer) == 413
    assert megabytes(served) < before + 50
    assert_well(served)


def test_half_open_uploads_hold_what_they_sent_and_no_more(served: Any) -> None:
    """Two hundred clients announce the largest file, send a little, and stall."""
    before = megabytes(served)
    with connections(served, 200) as stalled:
        for connection in stalled:
            lines = ("Content-Type: image/png", f"Content-Length: {LIMIT}")
            connection.sendall(head(*lines) + bytes(20_000))
        assert_well(served)
        assert megabytes(served) < before + 60
        for connection in stalled[::2]:
            # An abrupt end as of a phone that lost its network: a reset and no farewell.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert_well(served)


def test_uploads_that_together_fill_the_memory_are_refused(served: Any) -> None:
    """Nine may wait and be read; what they may hold together is bounded."""
    lines = ("Content-Type: image/png", f"Content-Length: {LIMIT}")
    with connections(served, 40) as full:
        for connection in full:
            with contextlib.suppress(ConnectionError):
                connection.sendall(head(*lines) + bytes(LIMIT - 1))
        refused = 0
        for connection in full[12:]:
            with contextlib.suppress(TimeoutError):
                answer = one_answer(connection)
                refused += status_of(answer) == 503 and code_of(answer) == "busy"
        # On a busy machine some of the nine stall for so long that others take their places.
        assert refused > 12
    end = time.monotonic() + PATIENCE
    while httpx.post(f"{served.url}/api/ocr", content=b"x").status_code == 503:
        assert time.monotonic() < end
    assert_well(served)


def test_who_never_reads_the_answers_stops_himself(served: Any) -> None:
    before = megabytes(served)
    one = head(target="/api/docs/docs.js", method="GET")
    with served.connect() as connection:
        connection.settimeout(2)
        with contextlib.suppress(TimeoutError, ConnectionError):
            for _ in range(300):
                connection.sendall(one * 100)
        assert megabytes(served) < before + 60
        assert_well(served)


def test_ten_thousand_parts_and_a_part_without_end(served: Any) -> None:
    begin = b'--x\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n'
    kind = ("Content-Type: multipart/form-data; boundary=x", "Transfer-Encoding: chunked")
    flood = begin + b"X: " + b"y" * 400_000
    answer = answer_to(served, head(*kind), b"%x\r\n" % len(flood), flood + b"\r\n0\r\n\r\n")
    assert (status_of(answer), code_of(answer)) == (422, "missing_image")
    tiny = b"--x\r\n\r\n\r\n" * 10_000
    answer = answer_to(served, head(*kind), b"%x\r\n" % len(tiny), tiny + b"\r\n0\r\n\r\n")
    assert status_of(answer) == 422
    assert_well(served)
