"""Whether an answer is one of the contract's, by the API's own description."""

import re
from typing import Any

import jsonschema

from tests.fuzz.asgi import Answer
from wenyun.api.openapi import build_openapi
from wenyun.errors import KINDS
from wenyun.settings import Settings

_DOCUMENT = build_openapi(Settings(), jobs=True)
SAFE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}
"""Headers of every answer, beside its id and its CSP."""


def validator(schema: str) -> Any:
    """Checks values against a schema of the description."""
    return jsonschema.Draft202012Validator({**_DOCUMENT, "$ref": f"#/components/schemas/{schema}"})


_ANSWER, _FAILURE = validator("Answer"), validator("Failure")


def fault(answer: Answer, method: str = "POST") -> str:
    """What is wrong with the answer to a method; empty where nothing is."""
    if not re.fullmatch(r"[0-9a-f]{32}", answer.headers.get("x-request-id", "")):
        return "no request id"
    if any(answer.headers.get(name) != value for name, value in SAFE.items()):
        return "an unsafe header"
    if "frame-ancestors 'none'" not in answer.headers.get("content-security-policy", ""):
        return "no CSP"
    if method == "HEAD":
        return "a body after HEAD" if answer.body else ""
    return _failure(answer) if answer.status >= 400 else _success(answer)


def _failure(answer: Answer) -> str:
    try:
        said = answer.json
        _FAILURE.validate(said)
    except (ValueError, jsonschema.ValidationError) as error:
        return f"not a failure of the contract: {str(error)[:200]}"
    kind = KINDS[said["error"]["code"]]
    if kind.status != answer.status:
        return f"{said['error']['code']} with status {answer.status}"
    if said["request_id"] != answer.headers["x-request-id"]:
        return "two request ids"
    return ""


def _success(answer: Answer) -> str:
    if not answer.headers.get("content-type", "").startswith("application/json"):
        return ""
    if "content-disposition" in answer.headers:
        return ""
    try:
        _ANSWER.validate(answer.json)
    except (ValueError, jsonschema.ValidationError) as error:
        return f"not an answer of the contract: {str(error)[:200]}"
    return ""
