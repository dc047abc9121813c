"""Who may ask for what: with a key set, everything that costs something needs it."""

import hmac
import re

from starlette.datastructures import Headers

from wenyun.errors import WenyunError

OPEN = frozenset(
    {
        "/api/options",
        "/api/health",
        "/api/ready",
        "/api/openapi.json",
        "/api/docs",
        "/api/docs/docs.js",
        "/api/docs/docs.css",
    }
)
"""API addresses that answer without a key."""

SIGNED = re.compile(r"/api/jobs/[^/]+/(file|results/[^/]+)")
"""Addresses that carry a signature of their own."""


def check_key(method: str, path: str, headers: Headers, api_key: str) -> None:
    """Refuse a request that needs the key and does not carry it.

    Args:
        method: The request's method; an OPTIONS request never needs a key.
        path: Its path without the base path.
        headers: Its headers; the key comes in `x-api-key`.
        api_key: The deployment's key; empty means that everything is open.

    Raises:
        WenyunError: `unauthorized`.

    """
    if not api_key or not _needs_key(method, path):
        return
    given = headers.get("x-api-key", "")
    if not hmac.compare_digest(given.encode("latin-1"), api_key.encode()):
        raise WenyunError("unauthorized")


def _needs_key(method: str, path: str) -> bool:
    if method == "OPTIONS":
        return False
    if SIGNED.fullmatch(path):
        return False
    if method not in ("GET", "HEAD"):
        return True
    return path == "/metrics" or (path.startswith("/api") and path not in OPEN)
