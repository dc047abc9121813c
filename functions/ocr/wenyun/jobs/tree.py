"""The result tree as JSON and back, without loss: what stands in the blob of a page."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from wenyun.errors import KINDS, WenyunError
from wenyun.result import Document


def pack(part: Document | WenyunError) -> bytes:
    """What was read of a page, or why it could not be."""
    if isinstance(part, WenyunError):
        content: dict[str, Any] = {
            "error": {"code": part.code, "message": part.message, "message_zh": part.message_zh}
        }
    else:
        content = {"document": asdict(part)}
    return json.dumps(content, ensure_ascii=False, default=_plain).encode("utf-8", "surrogatepass")


def unpack(data: bytes) -> Document | WenyunError:
    """The inverse of `pack`."""
    content = json.loads(data.decode("utf-8", "surrogatepass"))
    if error := content.get("error"):
        code = error["code"] if error["code"] in KINDS else "internal"
        return WenyunError(code, error["message"], error["message_zh"])
    document = _build(Document, content["document"])
    assert isinstance(document, Document)
    return document


def _plain(value: Any) -> Any:
    """Numbers of numpy are numbers."""
    return value.item()


def _build(kind: Any, value: Any) -> Any:
    """A value of some type out of JSON; new fields of the tree need nothing here."""
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        known = {name: inner for name, inner in value.items() if name in hints}
        return kind(**{name: _build(hints[name], inner) for name, inner in known.items()})
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        kinds = inner[:1] * len(value) if inner[1:] == (...,) else inner
        return tuple(_build(one, item) for one, item in zip(kinds, value, strict=True))
    if origin in (dict, Mapping):
        return {name: _build(inner[1], item) for name, item in value.items()}
    if origin in (Union, UnionType):
        some = next(one for one in inner if one is not type(None))
        return None if value is None else _build(some, value)
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}
