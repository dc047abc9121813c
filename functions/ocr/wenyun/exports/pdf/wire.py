"""What the two processes say to each other: a JSON object with its length, and then bytes."""

import json
import struct
from typing import Any

HEAD = struct.Struct(">I")


def packed(message: dict[str, Any]) -> bytes:
    """An object behind its length."""
    body = json.dumps(message, separators=(",", ":")).encode("ascii")
    return HEAD.pack(len(body)) + body


def unpacked(data: bytes) -> tuple[dict[str, Any], bytes]:
    """The object, and the bytes behind it.

    Raises:
        ValueError: It is none.

    """
    if len(data) < HEAD.size:
        raise ValueError("nothing was said")
    end = HEAD.size + HEAD.unpack_from(data)[0]
    message = json.loads(data[HEAD.size : end])
    if not isinstance(message, dict):
        raise ValueError("a message is an object")
    return message, data[end:]
