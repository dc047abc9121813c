"""A request's body to the file and the options in it, whichever of the three forms it has."""

import asyncio
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request

from wenyun.api.jsonbody import parse_json
from wenyun.api.limits import BASE64_GROWTH, FORM_OVERHEAD, Share, pump
from wenyun.api.multipart import Form
from wenyun.errors import WenyunError

MAX_QUERY_FIELDS = 1000


@dataclass(frozen=True, slots=True)
class Upload:
    """The file's bytes (never empty), and the options as the client wrote them."""

    data: bytes
    options: dict[str, Any]


async def read_upload(request: Request, max_bytes: int, share: Share) -> Upload:
    """Read the body as what its Content-Type says; options in the body win over the query's.

    Raises:
        WenyunError: `missing_image`, `empty_file`, `unknown_option`, `invalid_option`,
            `corrupt_image`, `unsupported_image`, `file_too_large`, `busy` or `time_limit`.

    """
    query = query_options(request)
    kind = media_type(request)
    if kind == "multipart/form-data":
        upload = await _form(request, max_bytes, share)
    elif kind == "application/json" or kind.endswith("+json"):
        upload = await _json(request, max_bytes, share)
    else:
        upload = await _raw(request, kind, max_bytes, share)
    if not upload.data:
        raise WenyunError("empty_file", field="image")
    return Upload(upload.data, query | upload.options)


def media_type(request: Request) -> str:
    """The Content-Type without its parameters, in small letters; empty where there is none."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def query_options(request: Request) -> dict[str, Any]:
    """The query's fields: text, or a list of texts where a field comes more than once."""
    query = request.scope["query_string"].decode("latin-1")
    try:
        found = parse_qs(query, keep_blank_values=True, max_num_fields=MAX_QUERY_FIELDS)
    except ValueError:
        raise WenyunError("unknown_option", "The query has too many fields.") from None
    return {name: texts if len(texts) > 1 else texts[0] for name, texts in found.items()}


async def _form(request: Request, max_bytes: int, share: Share) -> Upload:
    form = Form(request.headers["content-type"], max_bytes)
    await pump(request, max_bytes + FORM_OVERHEAD, max_bytes, share, form.write)
    return Upload(form.file(), form.options())


async def _json(request: Request, max_bytes: int, share: Share) -> Upload:
    limit = int(max_bytes * BASE64_GROWTH) + FORM_OVERHEAD
    body = await _whole(request, limit, max_bytes, share)
    # Megabytes of base64 take tens of milliseconds: not on the event loop.
    data, options = await asyncio.to_thread(parse_json, body, max_bytes)
    return Upload(data, options)


async def _raw(request: Request, kind: str, max_bytes: int, share: Share) -> Upload:
    if not _is_file(kind):
        await _refuse(request)
    data = await _whole(request, max_bytes, max_bytes, share)
    if not kind and not data:
        raise _nothing()
    return Upload(data, {})


def _is_file(kind: str) -> bool:
    """What is in a file is told by its content, so no type at all will do as well."""
    files = ("", "application/pdf", "application/octet-stream", "binary/octet-stream")
    return kind in files or kind.startswith("image/")


async def _refuse(request: Request) -> None:
    """Raise what fits a body of another type, or none at all."""
    async for chunk in request.stream():
        if chunk:
            raise WenyunError(
                "unsupported_image",
                "The body's Content-Type is not read here. Send a form (multipart/form-data) "
                "with the file in the field 'image', the file itself with its own type "
                "(image/jpeg …), or JSON.",
                "不支持这种 Content-Type。请用 multipart/form-data 表单的 image 字段上传文件，"
                "或直接发送文件内容（image/jpeg 等），或使用 JSON。",
            )
    raise _nothing()


async def _whole(request: Request, limit: int, max_bytes: int, share: Share) -> bytes:
    body = bytearray()
    await pump(request, limit, max_bytes, share, body.extend)
    return bytes(body)


def _nothing() -> WenyunError:
    return WenyunError(
        "missing_image",
        "No picture was sent. Send it in the form field 'image', as the body, or in JSON.",
        "没有收到图片。请放在表单的 image 字段、请求体或 JSON 中发送。",
        field="image",
    )
