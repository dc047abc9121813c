"""The address of the embedded server: a socket that listens, and its URL for people."""

import socket

from wenyun.settings import Settings

QUEUE = 512
"""Connections that the system may hold until they are let in."""


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
