"""Standard streams as the command wants them."""

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NoReturn, TextIO


@dataclass(frozen=True, slots=True)
class Streams:
    """Where the command reads and writes."""

    stdin: BinaryIO
    out: TextIO
    err: TextIO


@contextlib.contextmanager
def standard_streams() -> Iterator[Streams]:
    """The process's own streams, with text in UTF-8 whatever the locale."""
    with _libraries_silenced() as err:
        yield Streams(sys.stdin.buffer, _utf8(sys.stdout), err)


def forget_stdout() -> None:
    """Point standard output nowhere, so that closing it at exit fails on nothing."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def is_own_process(script: str, module: str) -> bool:
    """Whether this process was started as a script of that name, or as that module by `-m`."""
    started = sys.modules["__main__"]
    by_module = getattr(getattr(started, "__spec__", None), "name", "")
    by_script = Path(getattr(started, "__file__", None) or "").stem
    return by_module == module or (not by_module and by_script == script)


def leave(status: int) -> NoReturn:
    """End the process at once, when all that was printed is out.

    To take an interpreter down that has loaded so much takes as long as to read some lines, and
    a thread that still opens a model would be waited for. Where something cannot be written, the
    interpreter ends as it always does, and says so.
    """
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream:
                stream.flush()
    except (OSError, ValueError):
        sys.exit(status)
    os._exit(status)


@contextlib.contextmanager
def _libraries_silenced() -> Iterator[TextIO]:
    """A stream to the true standard error, while file descriptor 2 leads nowhere.

    libtiff and onnxruntime write there on their own; who reads this command's errors wants
    one line a file.
    """
    nothing = os.open(os.devnull, os.O_WRONLY)
    saved = os.dup(2 if sys.stderr else nothing)
    err = os.fdopen(saved, "w", encoding="utf-8", errors="replace", buffering=1)
    previous, sys.stderr = sys.stderr, err
    os.dup2(nothing, 2)
    try:
        yield err
    finally:
        sys.stderr = previous
        os.dup2(saved, 2)
        os.close(nothing)
        err.close()


def _utf8(stream: TextIO) -> TextIO:
    """Names of files keep their odd bytes."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="surrogateescape")
    return stream
