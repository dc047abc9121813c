"""Bears cases in a process of its own: `python -m tests.fuzz.child [--fake]`.

Each line of standard input is a case's number; each line of standard output is its outcome in
JSON. The real app over the real reader, in a bounded address space.
"""

import asyncio
import ctypes
import json
import logging
import os
import resource
import sys
import time
from contextlib import suppress
from pathlib import Path

from starlette.types import ASGIApp

from tests.api_fakes import FakeReader
from tests.fuzz.asgi import Answer, send
from tests.fuzz.cases import case
from tests.fuzz.requests import Request
from tests.fuzz.shape import fault
from wenyun.api.app import create_app
from wenyun.settings import Settings

ADDRESS_SPACE = 6 << 30
"""Bytes; threads' stacks and onnxruntime's maps are most of what is reserved."""


def main(fake: bool) -> int:
    """Bear what is asked for until there is nothing more."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    logging.disable(logging.INFO)
    app = _app(fake)
    with asyncio.Runner() as runner:
        runner.run(send(app, Request(b"", ())))
        for line in sys.stdin:
            outcome = runner.run(_bear(app, int(line)))
            sys.stdout.write(json.dumps(outcome) + "\n")
            sys.stdout.flush()
    return 0


def _app(fake: bool) -> ASGIApp:
    settings = Settings.from_env()
    if fake:
        return create_app(settings, FakeReader())
    from wenyun.wiring import make_reader

    return create_app(settings, make_reader(settings))


async def _bear(app: ASGIApp, number: int) -> dict[str, object]:
    found = case(number)
    begun, spent, stood = time.monotonic(), _spent(), _stood()
    answer = await send(app, found.request)
    return {
        "number": number,
        "kind": found.kind,
        "status": answer.status,
        "code": _code(answer),
        "fault": fault(answer, found.request.method),
        "seconds": round(time.monotonic() - begun, 3),
        "cpu": round(_spent() - spent, 3),
        "stood": round(_stood() - stood, 3),
        "megabytes": _memory("VmRSS"),
        "peak": _memory("VmHWM"),
        "used": _allocated(),
        "open": len(list(Path("/proc/self/fd").iterdir())),
    }


def _code(answer: Answer) -> str:
    if answer.status < 400:
        return ""
    try:
        return str(answer.json["error"]["code"])
    except (ValueError, LookupError, TypeError):
        return "?"


def _spent() -> float:
    """Processor seconds of this process and of those of its own that have ended."""
    return sum(os.times()[:4])


def _stood() -> float:
    """Seconds that threads could have run and had no processor (Linux, Documentation/scheduler)."""
    total = 0
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):
            total += int((task / "schedstat").read_text().split()[1])
    return total / 1e9


def _memory(field: str) -> int:
    """A size in /proc/self/status, in megabytes."""
    status = Path("/proc/self/status").read_text()
    (row,) = (row for row in status.splitlines() if row.startswith(field + ":"))
    return int(row.split()[1]) // 1024


class _Heap(ctypes.Structure):
    """`struct mallinfo2` of glibc 2.33 (mallinfo(3))."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
            *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
        )
    ]


def _allocated() -> int:
    """Megabytes that are allocated, unlike those that the allocator keeps for the next request.

    0 where the C library does not tell.
    """
    ask = getattr(ctypes.CDLL(None), "mallinfo2", None)
    if ask is None:
        return 0
    ask.restype = _Heap
    heap = ask()
    return int(heap.uordblks + heap.hblkhd) >> 20


if __name__ == "__main__":
    os.nice(5)
    sys.exit(main("--fake" in sys.argv))
