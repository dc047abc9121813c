"""The child process as this one sees it: started, spoken to with a time limit, ended."""

import importlib.util
import os
import select
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

import wenyun
from wenyun.documents.pdf.wire import HEAD, MAX_OBJECT, Message, packed, unpacked

MODULE = "wenyun.documents.pdf.child"

PIPE_BYTES = 1 << 20
"""What a pipe holds, where that can be set: a page goes through in fewer turns."""

KEPT = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME", "LANG", "LC_ALL")
"""Variables without which an interpreter may not start: on Lambda its own library is found so."""

STEP = 1 << 20
"""Bytes read or written in one go."""


class ChildDiedError(Exception):
    """The child ended, or what it says makes no sense."""


class ChildSlowError(Exception):
    """The child did not answer in time."""


class Child:
    """A process that speaks the language of `wire`. Always ended by `close`."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
            [sys.executable, "-s", "-S", "-P", "-m", MODULE, str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environment(),
            cwd="/",
            bufsize=0,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._in, self._out = self._process.stdin.fileno(), self._process.stdout.fileno()
        for end in (self._in, self._out):
            os.set_blocking(end, False)
            _widen(end)

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def send(self, message: Message, payload: bytes, until: float) -> None:
        """Say something.

        Args:
            message: What.
            payload: Bytes that go with it.
            until: When patience ends, on the monotonic clock.

        Raises:
            ChildDiedError: There is nobody to hear it.
            ChildSlowError: It was not heard in time.

        """
        for part in (packed(message, len(payload)), payload):
            left = memoryview(part)
            while left.nbytes:
                self._wait(self._in, select.POLLOUT, until)
                try:
                    left = left[os.write(self._in, left[:STEP]) :]
                except BlockingIOError:
                    continue
                except OSError as error:
                    raise ChildDiedError(str(error)) from error

    def hear(self, until: float) -> tuple[Message, int]:
        """What it says next, and how many bytes follow (see `into`).

        Raises:
            ChildDiedError: It says nothing any more, or no sense.
            ChildSlowError: It did not say it in time.

        """
        head = bytearray(HEAD.size)
        self.into(memoryview(head), until)
        size, payload = HEAD.unpack(head)
        if size > MAX_OBJECT:
            raise ChildDiedError("too long a message")
        body = bytearray(size)
        self.into(memoryview(body), until)
        try:
            return unpacked(body), payload
        except ValueError as error:
            raise ChildDiedError(str(error)) from error

    def into(self, buffer: memoryview, until: float) -> None:
        """Fill a buffer of bytes; see `hear` for errors."""
        while buffer.nbytes:
            self._wait(self._out, select.POLLIN, until)
            try:
                got = os.readv(self._out, [buffer[:STEP]])
            except BlockingIOError:
                continue
            if not got:
                raise ChildDiedError("it ended")
            buffer = buffer[got:]

    def kill(self) -> None:
        """End the process at once, from any thread."""
        self._process.kill()

    def close(self) -> None:
        """End the process at once and take leave of it; repeatable."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()

    def __enter__(self) -> "Child":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _wait(self, end: int, event: int, until: float) -> None:
        """Until the pipe can be used; a hung-up pipe counts, for using it tells."""
        left = until - time.monotonic()
        if left <= 0:
            raise ChildSlowError
        poll = select.poll()
        poll.register(end, event)
        if not poll.poll(min(left, 3600) * 1000):
            raise ChildSlowError


def _environment() -> dict[str, str]:
    """Where the child finds its modules, and nothing of this process's secrets."""
    found = importlib.util.find_spec("pypdfium2_raw")
    places = [Path(wenyun.__file__).parents[1]]
    if found and found.origin:
        places.append(Path(found.origin).parents[1])
    known = {name: os.environ[name] for name in KEPT if name in os.environ}
    return known | {"PYTHONPATH": os.pathsep.join(dict.fromkeys(map(str, places)))}


def _widen(pipe: int) -> None:
    """Linux alone, and there only up to the user's share."""
    try:
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    except (ImportError, AttributeError, OSError):
        return
