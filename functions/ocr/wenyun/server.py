"""The embedded server: `python -m wenyun.server` serves the page and the API on one machine."""

import contextlib
import signal
import socket
import sys
from typing import TYPE_CHECKING, Any

import uvicorn

from wenyun.api.app import create_app
from wenyun.connections import BURST, QUEUE, Protocol, Server
from wenyun.documents.reader import Reader
from wenyun.errors import WenyunError
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


def main() -> int:
    """Serve until told to stop; the exit status is 0 after an orderly stop."""
    try:
        settings = Settings.from_env()
        _require_models(settings)
        listener = listen(settings)
        # After the checks, so that their one line comes at once.
        from wenyun.wiring import make_jobs, make_reader

        reader = make_reader(settings)
        jobs = make_jobs(settings) if settings.store == "embedded" else None
    except (ValueError, OSError, WenyunError) as error:
        sys.stderr.write(f"wenyun: {error}\n")
        return 1
    return serve(settings, reader, listener, jobs)


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
    with contextlib.closing(listener):
        server.run(sockets=[listener])
    if jobs:
        jobs.stop()
    return 0


def listen(settings: Settings) -> socket.socket:
    """A socket that listens where the settings say; an OSError says what to do if it cannot."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=QUEUE)
    except OSError as error:
        raise OSError(
            f"cannot listen on {settings.host} port {settings.port} ({error.strerror}). "
            "Stop the program that has it, or choose another port: PORT=5001 make run"
        ) from None


def url(settings: Settings) -> str:
    """What to type into a browser on this machine."""
    host = settings.host
    if host in ("127.0.0.1", "0.0.0.0", "::", "::1"):  # noqa: S104 - compared, not bound
        host = "localhost"
    elif ":" in host:
        host = f"[{host}]"
    base = settings.base_path
    return f"http://{host}:{settings.port}{base + '/' if base else ''}"


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


def _require_models(settings: Settings) -> None:
    if not (settings.model_dir / "manifest.json").is_file():
        raise OSError(
            f"there are no models in {settings.model_dir}: run `make layer`, or point "
            "OCR_MODEL_DIR at a built layer"
        )


if __name__ == "__main__":
    sys.exit(main())
