"""What comes in for a job: its description in JSON, or its file, straight to the disk."""

import json
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, BinaryIO

from starlette.requests import Request

from wenyun.api.limits import FORM_OVERHEAD, Share, declared_length, pump
from wenyun.api.multipart import Form
from wenyun.documents.sniff import READABLE, refusal, sniff
from wenyun.errors import WenyunError
from wenyun.jobs.desk import UPLOAD_SECONDS, too_large

JSON_BYTES = 256 * 1024
"""A description with the longest options has less."""

HEAD_BYTES = 1 << 20
"""What is looked at to tell what a file is."""

TYPES = ("image/", "application/pdf", "application/octet-stream", "binary/octet-stream")
"""How types begin that are worth an upload; none at all will do as well."""


class DiskSink:
    """Sends a file's bytes to the disk."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def extend(self, data: bytes, /) -> None:
        """Take the next bytes."""
        self._file.write(data)


async def read_description(request: Request, share: Share) -> tuple[str, str, int, dict[str, Any]]:
    """Name, type, size and options of a job that is announced in JSON.

    Raises:
        WenyunError: `missing_image`, `unknown_option`, `invalid_option` or `unsupported_image`.

    """
    body = bytearray()
    if declared_length(request) > JSON_BYTES:
        raise _bad("", f"is longer than {JSON_BYTES} bytes")
    await pump(request, JSON_BYTES, JSON_BYTES, share, body.extend)
    given = _object(bytes(body))
    for name in given:
        if name not in ("name", "type", "size", "options"):
            raise WenyunError(
                "unknown_option",
                f"A job has no '{name[:64]}': give name, type, size and options.",
                f"任务没有“{name[:64]}”：请提供 name、type、size 和 options。",
                field=name[:64],
            )
    return _text(given, "name"), _type(given), _size(given), _options(given)


async def read_file(
    request: Request,
    limit: int,
    file: BinaryIO,
    share: Share,
    *,
    field: str,
    known: Collection[str],
    opened: Callable[[dict[str, Any]], None] = lambda _: None,
) -> Form:
    """Read a form whose file goes to the disk; the file is flushed and has `form.size` bytes.

    Raises:
        WenyunError: What the form or `opened` refuse, `empty_file`.
        OSError: The disk does.

    """
    if declared_length(request) > limit + FORM_OVERHEAD:
        raise too_large(limit)
    content_type = request.headers.get("content-type", "")
    form = Form(
        content_type, limit, file_field=field, known=known, sink=DiskSink(file), opened=opened
    )
    try:
        await pump(request, limit + FORM_OVERHEAD, limit, share, form.write, UPLOAD_SECONDS)
    except WenyunError as error:
        raise (too_large(limit) if error.code == "file_too_large" else error) from None
    form.end()
    if not form.size:
        raise WenyunError("empty_file", field=field)
    file.flush()
    return form


def check_kind(path: Path) -> None:
    """Refuse a file that is not read by what it begins with; raises `unsupported_image`."""
    with path.open("rb") as file:
        kind = sniff(file.read(HEAD_BYTES))
    if kind not in READABLE:
        raise refusal(kind)


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise WenyunError(
            "missing_image",
            'A job is announced as {"name", "type", "size", "options"} in JSON, or sent whole as '
            "a form (multipart/form-data) with the file in the field 'image'.",
            '请用 JSON {"name", "type", "size", "options"} 创建任务，'
            "或用 multipart/form-data 表单的 image 字段直接上传文件。",
        )
    return found


def _text(given: dict[str, Any], name: str) -> str:
    value = given.get(name, "")
    if not isinstance(value, str):
        raise _bad(name, "must be a text")
    return value


def _type(given: dict[str, Any]) -> str:
    media_type = _text(given, "type").partition(";")[0].strip().lower()
    if media_type and not media_type.startswith(TYPES):
        raise WenyunError("unsupported_image", field="type")
    return media_type


def _size(given: dict[str, Any]) -> int:
    size = given.get("size")
    if isinstance(size, bool) or not isinstance(size, int):
        raise _bad("size", "must be the number of the file's bytes")
    if size < 1:
        raise WenyunError("empty_file", field="size")
    return size


def _options(given: dict[str, Any]) -> dict[str, Any]:
    options = given.get("options")
    if options is None:
        return {}
    if not isinstance(options, dict):
        raise _bad("options", "must be an object")
    return options


def _bad(name: str, why: str) -> WenyunError:
    what = f"'{name}'" if name else "The description of a job"
    return WenyunError(
        "invalid_option", f"{what} {why}.", f"任务的“{name or 'JSON'}”不正确。", field=name or None
    )
