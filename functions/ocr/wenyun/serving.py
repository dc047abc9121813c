"""The embedded server at work: the app on a listening socket, until it is told to stop."""

import contextlib
import signal
import socket
import sys
from typing import TYPE_CHECKING, Any

import uvicorn

from wenyun import collector
from wenyun.api.app import create_app
from wenyun.connections import BURST, Protocol, Server
from wenyun.documents.reader import Reader
from wenyun.listening import url
from wenyun.observe.logs import for_server
from wenyun.settings import Settings

if TYPE_CHECKING:
    from wenyun.jobs.local import LocalJobs

DRAIN_SECONDS = 30
"""After SIGTERM, time for the requests that are under way: they have 28 s at most."""

IDLE_SECONDS = 75
"""A connection without a complete request for so long is closed. Longer than the 60 s after
which load balancers stop using an idle connection, so that they close it first."""

HEAD_BYTES = 32 * 1024
"""A request line and its headers; ordinary ones have one or two kilobytes."""


def serve(
    settings: Settings, reader: Reader, listener: socket.socket, jobs: "LocalJobs | None" = None
) -> int:
    """Serve this reader on a listening socket; the port answers before the models are open."""
    for_server()
    app = create_app(settings, reader, jobs=jobs, metrics=True)
    app.state.warmup.start()
    server = Server(_config(app))

    # Uvicorn raises the signal once more when it has drained; that must end in a plain exit.
    def stop(*_: object) -> None:
        server.should_exit = True
        if jobs:
            jobs.close()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    sys.stdout.write(f"Wenyun is at {url(settings)} (Ctrl+C stops it)\n")
    sys.stdout.flush()
    if jobs:
        jobs.resume()
    collector.release()
    with contextlib.closing(listener):
        server.run(sockets=[listener])
    if jobs:
        jobs.stop()
    return 0


def _config(app: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=Protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        backlog=BURST,
        h11_max_incomplete_event_size=HEAD_BYTES,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )
