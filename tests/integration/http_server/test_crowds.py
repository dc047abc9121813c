"""More connections than places, and clients that hold what others need: the others are heard."""

import contextlib
import fcntl
import resource
import socket
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

Start = Callable[..., Any]
Wait = Callable[[Callable[[], bool]], None]
LIMIT = 1_000_000
FILES = 300
"""So few may the server open; a crowd is more than that."""
CROWD = 400

HEAD = b"POST /api/ocr HTTP/1.1\r\nHost: x\r\nContent-Type: image/png\r\nContent-Length: %d\r\n\r\n"
READ = b"GET /samples/contract.pdf HTTP/1.1\r\nHost: x\r\n\r\n"
"""A file of some size; forty of it are more than the system holds for a client."""


@contextlib.contextmanager
def crowd(served: Any, begun: bytes, count: int = CROWD) -> Iterator[list[socket.socket]]:
    """So many clients who begin and do not go on; they read nothing either."""
    with contextlib.ExitStack() as stack:
        found = []
        for _ in range(count):
            client = stack.enter_context(socket.socket())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.connect(("127.0.0.1", served.port))
            client.settimeout(5)
            with contextlib.suppress(OSError):
                client.sendall(begun)
            found.append(client)
        yield found


def sockets(served: Any) -> int:
    """How many the server has open."""
    links = Path(f"/proc/{served.process.pid}/fd").iterdir()
    found = 0
    for link in links:
        with contextlib.suppress(OSError):
            found += str(link.readlink()).startswith("socket:")
    return found


def post(served: Any, body: bytes = b"picture") -> httpx.Response:
    return httpx.post(f"{served.url}/api/ocr", content=body, timeout=30)


def heard(served: Any) -> bool:
    """Whether a client who comes now has an answer."""
    with contextlib.suppress(httpx.TransportError):
        return bool(post(served).json()["success"])
    return False


def arrived(client: socket.socket) -> bool:
    """Whether the other side's system has all that was sent."""
    return fcntl.ioctl(client, termios.TIOCOUTQ, bytes(4)) == bytes(4)


@pytest.mark.parametrize(
    "begun",
    [b"", b"GET / HTTP/1.1\r\nHost: x\r\nA: ", HEAD % LIMIT + b"a" * 9000, READ * 40],
    ids=["silent", "half a head", "half a body", "answers unread"],
)
def test_a_crowd_does_not_lock_out_who_comes_last(
    start_server: Start, wait_until: Wait, begun: bytes
) -> None:
    served = start_server(max_bytes=LIMIT, workers=1)
    resource.prlimit(served.process.pid, resource.RLIMIT_NOFILE, (FILES, FILES))
    with crowd(served, begun):
        # While all of a crowd are being answered nobody owes anything, and who comes is sent away.
        wait_until(lambda: heard(served))
        for _ in range(3):
            assert post(served).json()["success"] is True
        assert sockets(served) < FILES
    assert "system resource" not in served.log.read_text("utf-8")


def test_who_is_at_work_is_not_sent_away_for_a_crowd(start_server: Start) -> None:
    served = start_server(workers=1)
    resource.prlimit(served.process.pid, resource.RLIMIT_NOFILE, (FILES, FILES))
    with served.connect() as waiting:
        waiting.sendall(HEAD % 7 + b"sleep:3")
        served.until_begun(1)
        with crowd(served, b""):
            waiting.settimeout(30)
            assert waiting.recv(15) == b"HTTP/1.1 200 OK"


def test_answers_that_nobody_reads_are_given_up(start_server: Start, wait_until: Wait) -> None:
    served = start_server(idle=1)
    assert post(served).status_code == 200
    before = sockets(served)
    with crowd(served, READ * 40, 4):
        wait_until(lambda: sockets(served) > before)
        wait_until(lambda: sockets(served) <= before)
    assert post(served).status_code == 200


def test_uploads_that_stall_make_room(start_server: Start, wait_until: Wait) -> None:
    """Nine places, nine clients who send all but the last byte of the largest file."""
    served = start_server(idle=1, max_bytes=LIMIT, workers=1)
    body = b"picture" * 1000
    with crowd(served, HEAD % LIMIT + bytes(LIMIT - 1), 9) as stalled:
        # Whoever came before all have sent would take the place of the last of them.
        wait_until(lambda: all(map(arrived, stalled)))
        time.sleep(0.5)
        assert post(served, body).status_code == 503
        wait_until(lambda: post(served, body).status_code == 200)
        said = b"".join(client.recv(4096) for client in stalled[:1])
    assert b'"time_limit"' in said
