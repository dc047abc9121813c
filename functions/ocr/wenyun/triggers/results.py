"""The files that a picture leaves: what they are called and what stands in them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wenyun.errors import WenyunError
from wenyun.exports.render import Rendered

INBOX = "inbox/"
"""Objects whose key begins so are read."""


@dataclass(frozen=True, slots=True)
class ResultFile:
    """A file to write: its key, its bytes and its media type."""

    key: str
    data: bytes
    content_type: str


def result_key(key: str, form: str) -> str:
    """`inbox/a/b.jpg` and `json` give `a/b.jpg.json`."""
    return f"{key.removeprefix(INBOX)}.{form}"


def success_file(key: str, result: Rendered) -> ResultFile:
    """One form of the result."""
    form = result.extension.removeprefix(".")
    return ResultFile(result_key(key, form), result.data, result.media_type)


def error_file(key: str, error: WenyunError, request_id: str) -> ResultFile:
    """The failure in the shape of the contract."""
    said = {"code": error.code, "message": error.message, "message_zh": error.message_zh}
    if error.field:
        said["field"] = error.field
    answer = {"success": False, "error": said, "request_id": request_id}
    return _json_file(result_key(key, "error.json"), answer)


def _json_file(key: str, answer: Mapping[str, Any]) -> ResultFile:
    data = json.dumps(answer, ensure_ascii=False).encode()
    return ResultFile(key, data, "application/json")
