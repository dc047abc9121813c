"""A JSON body: the picture in base64 or a data URI under `image`, the options beside it."""

import base64
import binascii
import json
from typing import Any

from wenyun.api.limits import too_large
from wenyun.errors import WenyunError

MAX_VALUES = 20_000
"""Values in a body, more or less: ten times the longest list of words. 20 MB of `[],[],…` would
otherwise be half a gigabyte of lists, and a million keys some seconds of work."""


def parse_json(body: bytes, max_bytes: int) -> tuple[bytes, dict[str, Any]]:
    """The file and the options as JSON values.

    Raises:
        WenyunError: `missing_image` without a readable object or an `image` in it,
            `corrupt_image` for what is not base64, `file_too_large`.

    """
    options = _object(body)
    image = options.pop("image", None)
    if image is None:
        raise WenyunError(
            "missing_image",
            'The JSON object has no "image" (base64 or a data URI).',
            "JSON 中没有 image（base64 或 data URI）。",
            field="image",
        )
    if not isinstance(image, str):
        raise _no_base64()
    return decode_image(image, max_bytes), options


def decode_image(text: str, max_bytes: int) -> bytes:
    """Bytes of base64 or a data URI; line breaks, the URL alphabet and lost padding are fine."""
    text = text.strip()
    if text[:5].lower() == "data:":
        head, _, text = text.partition(",")
        if not head.lower().endswith(";base64"):
            raise _no_base64()
    plain = "".join(text.split()).rstrip("=").replace("-", "+").replace("_", "/")
    if len(plain) * 3 // 4 > max_bytes:
        raise too_large(max_bytes)
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise _no_base64() from None


def _object(body: bytes) -> dict[str, Any]:
    if sum(map(body.count, (b",", b"[", b"{"))) > MAX_VALUES:
        # Base64 has none of these.
        raise _malformed(f"it has more than {MAX_VALUES:,} values")
    try:
        # Not strict: base64 tools break lines, and people paste that between the quotes.
        found = json.loads(body, strict=False)
    except (ValueError, RecursionError) as error:
        raise _malformed(f"it cannot be parsed ({error})") from None
    if not isinstance(found, dict):
        raise _malformed("it is not an object")
    return found


def _malformed(why: str) -> WenyunError:
    return WenyunError(
        "missing_image",
        f'The body is not the JSON that is read here: {why[:120]}. Send {{"image": "…base64…"}}.',
        '请求体不是有效的 JSON 对象，请发送 {"image": "…base64…"}。',
    )


def _no_base64() -> WenyunError:
    return WenyunError(
        "corrupt_image",
        '"image" is not base64. Send the file\'s bytes in base64, alone or as a data URI; '
        "an address is not fetched.",
        "image 不是有效的 base64。请发送文件内容的 base64 或 data URI；不支持图片网址。",
        field="image",
    )
