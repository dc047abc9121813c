"""Connections of strangers to the embedded server: how long each may wait, and how many there are.

A connection may owe the server a request, the rest of a body, or the reading of an answer. Each of
these has a time, and when there are too many connections, those that owe the longest make room: a
thousand clients that say nothing must not lock out the one that has something to say.
"""

import resource
import socket
from asyncio import TimerHandle, Transport
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from wenyun.listening import QUEUE

MOST = 1000
"""Connections at a time, where the process may open files enough; one that uploads may hold some
60 KB that nobody has read yet."""

OTHER_FILES = 128
"""Files that models, stores, children and whoever was just let in may have open besides."""

FEWEST = 16

BURST = 16
"""Connections that are let in at once; before the next, those that there are too many of go."""

BODY_SECONDS = 300.0
"""What a whole request with its body is reckoned to take where the server is crowded."""

UNREAD_SECONDS = 60.0
"""An answer of which a client takes nothing for so long is for nobody."""


def most_connections() -> int:
    """How many connections there may be: half of the files that may be open, `MOST` at the most."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return MOST
    return max(FEWEST, min(MOST, (soft - OTHER_FILES) // 2))


class Server(uvicorn.Server):
    """Lets connections in by a few, and has the system hold many more."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen."""
        await super().startup(sockets)
        for listener in sockets or ():
            # asyncio has made the queue as short as what it lets in at once.
            listener.listen(QUEUE)


class Protocol(H11Protocol):
    """HTTP/1.1 with a time limit for the whole request head and for answers that nobody reads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._idle: TimerHandle | None = None
        self._unread: TimerHandle | None = None
        self._since = 0.0

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """A client has connected and owes a request."""
        super().connection_made(transport)
        self._arm()
        if len(self.connections) > most_connections():
            self._make_room()

    def on_response_complete(self) -> None:
        """An answer is out; the next request is due."""
        super().on_response_complete()
        self._arm()

    def pause_writing(self) -> None:
        """The client does not take its answer as fast as it comes."""
        super().pause_writing()
        self._watch()

    def resume_writing(self) -> None:
        """The client has taken what there was."""
        super().resume_writing()
        _cancel(self._unread)

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone, and nothing is due any more."""
        super().connection_lost(exc)
        _cancel(self._idle)
        _cancel(self._unread)

    def debt(self) -> float:
        """The part that is gone of the time in which the client owes us something.

        0 where the server owes the client.
        """
        age = self.loop.time() - self._since
        if self.cycle is None or self.cycle.response_complete:
            return age / self.timeout_keep_alive
        if self.cycle.more_body:
            return age / BODY_SECONDS
        return age / UNREAD_SECONDS if self.flow.write_paused else 0.0

    def _make_room(self) -> None:
        """End who owes the most; this one, which has just begun to, only if nobody else does."""
        others = (one for one in self.connections if isinstance(one, Protocol) and one is not self)
        worst = max(others, key=Protocol.debt, default=self)
        ended = worst if worst.debt() else self
        # It is gone only a moment later, and the next who comes must not find it once more.
        self.connections.discard(ended)
        ended.transport.abort()

    def _arm(self) -> None:
        _cancel(self._idle)
        self._since = self.loop.time()
        self._idle = self.loop.call_later(self.timeout_keep_alive, self._overdue)

    def _overdue(self) -> None:
        if self.cycle is not None and not self.cycle.response_complete:
            return
        if self.transport.get_write_buffer_size():
            # To close is to wait until the last answer was read.
            self.transport.abort()
        else:
            self.transport.close()

    def _watch(self) -> None:
        left = self.transport.get_write_buffer_size()
        self._unread = self.loop.call_later(UNREAD_SECONDS, self._look, left)

    def _look(self, before: int) -> None:
        if self.transport.get_write_buffer_size() < before:
            self._watch()
        else:
            self.transport.abort()


def _cancel(timer: TimerHandle | None) -> None:
    if timer:
        timer.cancel()
