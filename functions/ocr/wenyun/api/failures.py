"""Errors as the contract's JSON object, whoever raised them."""

import json
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Scope

from wenyun.errors import WenyunError

_CODES = {
    401: "unauthorized",
    404: "not_found",
    405: "method_not_allowed",
    413: "file_too_large",
    429: "throttled",
    503: "busy",
}
"""What the framework's own statuses are called; any other is `internal`."""


def render(content: dict[str, Any]) -> bytes:
    """An object as UTF-8 JSON; half characters that a client slipped in become `?`."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")


def json_response(content: dict[str, Any], status: int = 200) -> Response:
    """An answer with an object as its JSON body."""
    return Response(render(content), status, media_type="application/json")


def failure(error: WenyunError, request_id: str) -> Response:
    """The answer for an error: its status, the contract's shape, Retry-After where it helps."""
    detail = {"code": error.code, "message": error.message, "message_zh": error.message_zh}
    if error.field is not None:
        detail["field"] = error.field
    answer = json_response(
        {"success": False, "error": detail, "request_id": request_id}, error.status
    )
    if error.retry_after is not None:
        answer.headers["retry-after"] = str(error.retry_after)
    return answer


def note_failure(scope: Scope, code: str) -> None:
    """Tell whoever writes the request's log line what went wrong."""
    facts = scope.get("state", {}).get("facts")
    if facts is not None:
        facts["code"] = code


def install(app: FastAPI) -> None:
    """Give our errors, the framework's and its validation's the contract's shape."""
    app.add_exception_handler(WenyunError, _ours)
    app.add_exception_handler(HTTPException, _framework)
    app.add_exception_handler(RequestValidationError, _validation)


async def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, WenyunError)
    note_failure(request.scope, error.code)
    return failure(error, request.state.request_id)


async def _framework(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _CODES.get(error.status_code, "internal")
    note_failure(request.scope, code)
    answer = failure(WenyunError(code), request.state.request_id)
    answer.headers.update(error.headers or {})
    return answer


async def _validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    fault = error.errors()[0]
    note_failure(request.scope, "invalid_option")
    ours = WenyunError("invalid_option", f"{fault['msg']}.", field=str(fault["loc"][-1]))
    return failure(ours, request.state.request_id)
