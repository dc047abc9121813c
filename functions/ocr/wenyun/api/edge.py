"""The outermost layer: what holds for every request and every answer, errors included."""

import logging
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wenyun.api.auth import check_key
from wenyun.api.failures import failure, note_failure
from wenyun.api.headers import add_common, add_cors, add_preflight
from wenyun.errors import WenyunError
from wenyun.observe.facts import Facts, milliseconds, tell
from wenyun.settings import Settings

log = logging.getLogger("wenyun.api")

Told = Callable[[Mapping[str, Any]], None]
"""Gets the facts of every request that has ended."""

METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))

EXPECTED = ("busy",)
"""A 503 that is an answer of health: no fault."""

CLIENT_LEFT = "client_left"
"""Stands where an error's code would, in logs and metrics alone."""


class Edge:
    """Gives requests an id, checks the key, and gives every answer its headers and shape."""

    def __init__(self, app: ASGIApp, settings: Settings, told: Told | None = None) -> None:
        self._app = app
        self._settings = settings
        self._told = told
        self._numbers = count()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One HTTP request; anything else goes through untouched."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(scope, send, self._settings, request_id_of(scope))
        state = scope.setdefault("state", {})
        state["request_id"] = exchange.request_id
        state["arrived"] = exchange.arrived
        state["facts"] = exchange.facts
        exchange.facts["cold"] = int(next(self._numbers) == 0)
        try:
            await self._answer(scope, receive, exchange)
        except ClientDisconnect:
            exchange.facts["code"] = CLIENT_LEFT
        finally:
            exchange.tell(self._told)

    async def _answer(self, scope: Scope, receive: Receive, exchange: "_Exchange") -> None:
        try:
            answer = self._at_the_door(scope)
            exchange.inner = self._inner(scope)
            await (answer or self._app)(exchange.inner, receive, exchange.send)
        except WenyunError as error:
            note_failure(scope, error.code)
            await failure(error, exchange.request_id)(scope, receive, exchange.send)
        except ClientDisconnect:
            raise
        except Exception:
            note_failure(scope, "internal")
            log.exception("%s failed %s", exchange.shown, exchange.request_id)
            if exchange.status:
                raise
            unexpected = failure(WenyunError("internal"), exchange.request_id)
            await unexpected(scope, receive, exchange.send)

    def _inner(self, scope: Scope) -> Scope:
        """The request as the routes see it: below the base path, and never a HEAD.

        A HEAD is a GET whose body stays here, so that no route has to know of it.
        """
        base = self._settings.base_path
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        path = base + local_path(scope, base)
        return {**scope, "method": method, "path": path, "root_path": base}

    def _at_the_door(self, scope: Scope) -> Response | None:
        """The answer that needs no route: preflights, and the page without its last slash."""
        method, path = scope["method"], local_path(scope, self._settings.base_path)
        check_key(method, path, Headers(scope=scope), self._settings.api_key)
        if method == "OPTIONS":
            answer = Response(status_code=204)
            add_preflight(answer.headers)
            return answer
        if not path:
            # Relative addresses in the page resolve only below the base path's slash.
            return RedirectResponse(self._settings.base_path + "/", 308)
        return None


@dataclass(slots=True)
class _Exchange:
    """A request's answer on its way out."""

    scope: Scope
    out: Send
    settings: Settings
    request_id: str
    arrived: float = 0.0
    status: int = 0
    inner: Scope = field(default_factory=dict)
    facts: Facts = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.arrived = time.monotonic()

    @property
    def route(self) -> str:
        """The route's pattern: what a client writes into an address stays out of logs."""
        if self.scope["method"] == "OPTIONS":
            return "preflight"
        path = str(getattr(self.inner.get("route"), "path", "unmatched"))
        return path if path.startswith(("/api", "/metrics", "unmatched")) else "page"

    @property
    def shown(self) -> str:
        """Method and route for the log."""
        return f"{_method(self.scope)} {self.route}"

    def tell(self, told: Told | None) -> None:
        """One line of the log, and the same facts to whoever counts."""
        seconds = time.monotonic() - self.arrived
        code = self.facts.setdefault("code", "ok")
        status = self.status
        facts = {
            "request_id": self.request_id,
            "method": _method(self.scope),
            "route": self.route,
            "status": status,
            **self.facts,
            "request_ms": milliseconds(seconds),
            "request_faults": int(status >= 500 and code not in EXPECTED),
        }
        outcome = status if code == "ok" else f"{status} {code}"
        message = f"{self.shown} {outcome} {seconds:.3f} s {self.request_id}"
        tell(log, "request", message, facts)
        if told:
            told(facts)

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start(message)
        elif self.scope["method"] == "HEAD":
            message = {**message, "body": b""}
        await self.out(message)

    def _start(self, message: Message) -> None:
        self.status = message["status"]
        message.setdefault("headers", [])
        headers = MutableHeaders(scope=message)
        add_common(headers, self.request_id, self.scope.get("scheme", "http"))
        add_cors(headers, Headers(scope=self.scope).get("origin"), self.settings.cors_origins)


def _method(scope: Scope) -> str:
    """As HTTP has it; a word of the client's own becomes `OTHER`."""
    return str(scope["method"]) if scope["method"] in METHODS else "OTHER"


def request_id_of(scope: Scope) -> str:
    """Lambda's own id of the invocation, elsewhere 128 random bits in hex."""
    given = getattr(scope.get("aws.context"), "aws_request_id", None)
    return str(given) if given else secrets.token_hex(16)


def local_path(scope: Scope, base_path: str) -> str:
    """The path below the base path, whether or not whatever is before us cut it off already."""
    path = str(scope["path"])
    if base_path and (path == base_path or path.startswith(base_path + "/")):
        return path[len(base_path) :]
    return path
