"""The outermost layer: what holds for every request and every answer, errors included."""

import logging
import secrets
import time
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wenyun.api.auth import check_key
from wenyun.api.failures import failure
from wenyun.api.headers import add_common, add_cors, add_preflight
from wenyun.errors import WenyunError
from wenyun.settings import Settings

log = logging.getLogger("wenyun.api")


class Edge:
    """Gives requests an id, checks the key, and gives every answer its headers and shape."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One HTTP request; anything else goes through untouched."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(scope, send, self._settings, request_id_of(scope))
        state = scope.setdefault("state", {})
        state["request_id"] = exchange.request_id
        state["arrived"] = exchange.arrived
        try:
            await self._answer(scope, receive, exchange)
        except ClientDisconnect:
            log.info("%s client left %s", exchange.shown, exchange.request_id)

    async def _answer(self, scope: Scope, receive: Receive, exchange: "_Exchange") -> None:
        try:
            answer = self._at_the_door(scope)
            await (answer or self._app)(self._inner(scope), receive, exchange.send)
        except WenyunError as error:
            await failure(error, exchange.request_id)(scope, receive, exchange.send)
        except ClientDisconnect:
            raise
        except Exception:
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

    def __post_init__(self) -> None:
        self.arrived = time.monotonic()

    @property
    def shown(self) -> str:
        """Method and path for the log, on one line whatever the client wrote."""
        text = f"{self.scope['method']} {self.scope['path']}"[:200]
        return "".join(letter if letter.isprintable() else "?" for letter in text)

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
        seconds = time.monotonic() - self.arrived
        log.info("%s %d %.3f s %s", self.shown, self.status, seconds, self.request_id)


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
