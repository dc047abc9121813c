"""What the two processes say to each other: a JSON object and some bytes, each with its length.

Imported by the child, so nothing heavy stands here.
"""

import json
import struct
from typing import Any

HEAD = struct.Struct(">IQ")
"""Length of the object and of the bytes that follow it."""

MAX_OBJECT = 1 << 28
"""Bytes: a page with a million characters is under this, and more is no page."""

Message = dict[str, Any]


def packed(message: Message, payload: int) -> bytes:
    """The head and the object of a message with so many bytes to follow."""
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return HEAD.pack(len(body), payload) + body


def unpacked(body: bytes | bytearray) -> Message:
    """The object of a message.

    Raises:
        ValueError: It is none.

    """
    message = json.loads(body.decode("utf-8"))
    if not isinstance(message, dict):
        raise ValueError("a message is an object")
    return message
