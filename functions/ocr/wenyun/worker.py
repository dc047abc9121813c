"""A worker process: `python -m wenyun.worker NAME` reads pages until nothing is left to do.

The server starts it. A line on standard input says that there is work; the end of standard input
says that the server is gone, and then so is the worker: what it had at hand is read again.
"""

import contextlib
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence

from wenyun.documents.reader import Reader
from wenyun.jobs.runner import Runner
from wenyun.jobs.steps import Steps
from wenyun.observe.logs import for_server
from wenyun.settings import Settings
from wenyun.stores.objects import StoreFaultError

IDLE_SECONDS = 300.0
"""A worker without work for so long ends, so that its models take no memory."""

POLL_SECONDS = 1.0
"""A task that waits for its next attempt comes without a word."""

NICENESS = 5
"""Who waits for an answer goes before who comes back for it."""

log = logging.getLogger("wenyun.worker")


def main(argv: Sequence[str], make_reader: Callable[[Settings], Reader] | None = None) -> int:
    """Work until idle or told to stop; the status is 0 then, and 1 where the stores fail."""
    for_server()
    stopping, woken = threading.Event(), threading.Event()

    def stop(*_: object) -> None:
        stopping.set()
        woken.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_listen, args=(woken,), name="wenyun-parent", daemon=True).start()
    with contextlib.suppress(OSError):
        os.nice(NICENESS)
    try:
        work(_runner(argv[0], make_reader), stopping, woken)
    except StoreFaultError as error:
        log.error("%s", error)
        return 1
    return 0


def work(
    runner: Runner, stopping: threading.Event, woken: threading.Event, idle: float = IDLE_SECONDS
) -> None:
    """See tasks through until there was none for `idle` seconds."""
    end = time.monotonic() + idle
    while not stopping.is_set() and time.monotonic() < end:
        if runner.work():
            end = time.monotonic() + idle
        else:
            woken.wait(POLL_SECONDS)
            woken.clear()


def _runner(name: str, make_reader: Callable[[Settings], Reader] | None) -> Runner:
    from wenyun import wiring

    settings = Settings.from_env()
    ports = wiring.open_ports(settings, name).ports
    return Runner(Steps(ports, (make_reader or wiring.make_lasting_reader)(settings)))


def _listen(woken: threading.Event) -> None:
    """Hear the server until it is gone."""
    while os.read(0, 4096):
        woken.set()
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
