"""How many connections there may be, and who goes when there are more."""

import asyncio
import resource
from collections.abc import Callable
from typing import Any

import pytest
import uvicorn

from wenyun import connections
from wenyun.connections import FEWEST, MOST, Protocol, most_connections


@pytest.mark.parametrize(
    ("files", "most"),
    [(resource.RLIM_INFINITY, MOST), (1 << 20, MOST), (1024, 448), (300, 86), (20, FEWEST)],
)
def test_there_are_as_many_as_files_allow(
    monkeypatch: pytest.MonkeyPatch, files: int, most: int
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (files, files))
    assert most_connections() == most


class Wire(asyncio.Transport):
    """A connection's other side, which reads nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.said = b""
        self.unread = 0
        self.ended = ""

    def write(self, data: Any) -> None:
        self.said += bytes(data)

    def get_write_buffer_size(self) -> int:
        return self.unread

    def is_closing(self) -> bool:
        return bool(self.ended)

    def close(self) -> None:
        self.ended = self.ended or "closed"

    def abort(self) -> None:
        self.ended = "aborted"

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass


def how_it_ended(wire: Wire) -> str:
    return wire.ended


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Takes the whole body, and does not answer what is sent to `/work`."""
    while (await receive()).get("more_body"):
        pass
    if scope["path"] == "/work":
        await asyncio.sleep(60)
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


class House:
    """A server without a network."""

    def __init__(self, idle: float = 60.0) -> None:
        settings: dict[str, Any] = {"lifespan": "off", "log_config": None, "access_log": False}
        self.config = uvicorn.Config(app, timeout_keep_alive=idle, **settings)  # type: ignore[arg-type]
        self.config.load()
        self.state = uvicorn.Server(self.config).server_state

    async def client(self, said: bytes = b"") -> tuple[Protocol, Wire]:
        wire = Wire()
        protocol = Protocol(config=self.config, server_state=self.state, app_state={})
        protocol.connection_made(wire)
        if said and not wire.ended:
            protocol.data_received(said)
        # So that none is as old as another.
        await asyncio.sleep(0.01)
        return protocol, wire

    def close(self) -> None:
        for task in self.state.tasks:
            task.cancel()
        for one in list(self.state.connections):
            one.connection_lost(None)


GET = b"GET %b HTTP/1.1\r\nHost: x\r\n\r\n"
HALF = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc"


def ended(monkeypatch: pytest.MonkeyPatch, *said: bytes) -> list[str]:
    """What becomes of clients who come one after the other, of whom there may be three."""
    monkeypatch.setattr(connections, "most_connections", lambda: 3)

    async def run() -> list[str]:
        house = House()
        wires = [(await house.client(each))[1] for each in said]
        assert len(house.state.connections) <= 3
        found = [wire.ended for wire in wires]
        house.close()
        return found

    return asyncio.run(run())


def test_the_oldest_of_the_silent_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ended(monkeypatch, b"", b"", b"", b"") == ["aborted", "", "", ""]
    assert ended(monkeypatch, b"", b"", b"", b"", b"") == ["aborted", "aborted", "", "", ""]


def test_silence_weighs_more_than_half_a_body(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ended(monkeypatch, HALF, b"GET", HALF, b"") == ["", "aborted", "", ""]
    assert ended(monkeypatch, HALF, HALF, HALF, b"") == ["aborted", "", "", ""]


def test_who_waits_for_us_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    work = GET % b"/work"
    assert ended(monkeypatch, work, work, b"", b"") == ["", "", "aborted", ""]
    assert ended(monkeypatch, work, work, work, b"") == ["", "", "", "aborted"]


@pytest.mark.parametrize(("unread", "end"), [(0, "closed"), (1, "aborted")])
def test_to_close_is_not_to_wait_for_who_never_reads(unread: int, end: str) -> None:
    async def run() -> str:
        house = House(idle=0.05)
        _, wire = await house.client(GET % b"/")
        wire.unread = unread
        await asyncio.sleep(0.3)
        assert b" 204 " in wire.said
        return wire.ended

    assert asyncio.run(run()) == end


class Clock:
    """Timers that ring when told to."""

    def __init__(self) -> None:
        self.due: list[Callable[[], object]] = []

    def call_later(self, _: float, callback: Callable[..., object], *given: Any) -> "Clock":
        self.due.append(lambda: callback(*given))
        return self

    def cancel(self) -> None:
        self.due.clear()

    def ring(self) -> None:
        self.due.pop()()


def test_who_takes_nothing_of_an_answer_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> None:
        house, clock = House(), Clock()
        protocol, wire = await house.client(GET % b"/work")
        monkeypatch.setattr(protocol, "loop", clock)
        wire.unread = 100
        protocol.pause_writing()
        for _ in range(3):
            # It reads slowly, but it reads.
            wire.unread -= 1
            clock.ring()
        assert how_it_ended(wire) == ""
        protocol.resume_writing()
        assert not clock.due
        protocol.pause_writing()
        clock.ring()
        assert how_it_ended(wire) == "aborted"
        house.close()
        await asyncio.sleep(0)

    asyncio.run(run())
