"""JSON Schemas of what goes in and comes out, for the OpenAPI document."""

from typing import Any

from wenyun.errors import KINDS
from wenyun.options import SPECS, Options, describe_options

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
WHOLE: Schema = {"type": "integer"}
FLAG: Schema = {"type": "boolean"}
TEXTS: Schema = {"type": "array", "items": TEXT}
CONFIDENCE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
FILE: Schema = {"type": "string", "format": "binary", "contentMediaType": "image/*"}
JSON_IMAGE: Schema = {
    "type": "string",
    "description": "The file in base64, alone or as a data URI",
    "contentEncoding": "base64",
}
WORDS: Schema = {
    "type": "object",
    "required": ["zh", "en"],
    "properties": {"zh": TEXT, "en": TEXT},
}
AREA_PATTERN = r"^\s*\d+(\.\d+)?(\s*,\s*\d+(\.\d+)?){3}\s*$"
BLOCK_TYPES = ("title", "text", "list", "table", "figure", "header", "footer")
MODELS = ("crnn", "second", "pdf_text")


def option_schema(name: str, defaults: Options) -> Schema:
    """The schema of an option's value as text or JSON, with its words in both languages."""
    spec = SPECS[name]
    described = next(item for item in describe_options(defaults) if item["name"] == name)
    found: Schema = {"description": f"{spec.help['en']} {spec.help['zh']}", **_type(spec.type)}
    if spec.enum:
        found["enum"] = list(spec.enum)
    if described["default"] is not None:
        found["default"] = described["default"]
    return found


def _type(kind: str) -> Schema:
    area = {"type": "string", "pattern": AREA_PATTERN, "examples": ["10,20,300,80"]}
    known: dict[str, Schema] = {
        "boolean": FLAG,
        "area": area,
        "areas": {"type": "array", "items": area},
    }
    return known.get(kind, TEXT)


def components(defaults: Options) -> dict[str, Any]:
    """Every named schema."""
    return {
        "schemas": {
            "Answer": _answer(defaults),
            "Line": _line(),
            "Page": _page(),
            "Block": _block(),
            "Box": _box(),
            "Failure": _failure(),
            "Capabilities": _capabilities(),
            "Health": _object(
                {"status": {"const": "ok"}, "version": TEXT, "models": _map(TEXT, "Role to name")}
            ),
            "Ready": _object({"ready": {"const": True}}),
        }
    }


def _answer(defaults: Options) -> Schema:
    return _object(
        {
            "success": {"const": True},
            "text": _list(_ref("Line"), "Every line, in reading order"),
            "total_time": NUMBER | {"description": "Seconds from the request's arrival"},
            "pages": _list(_ref("Page"), "The same lines by page and block"),
            "profile": option_schema("profile", defaults),
            "lang": option_schema("lang", defaults),
            "request_id": TEXT,
            "warnings": TEXTS,
            "timings": _map(NUMBER, "Seconds in each stage; with the option timings"),
        },
        optional=("timings",),
    )


def _line() -> Schema:
    return _object(
        {
            "text": TEXT,
            "confidence": CONFIDENCE,
            "box": _ref("Box"),
            "page": WHOLE,
            "model": {"enum": list(MODELS), "description": "Which reader read the line"},
        }
    )


def _page() -> Schema:
    return _object(
        {
            "page": WHOLE | {"minimum": 1},
            "width": NUMBER,
            "height": NUMBER,
            "angle": NUMBER | {"description": "How far we turned it clockwise, in degrees"},
            "blocks": _list(_ref("Block"), "In reading order"),
        }
    )


def _block() -> Schema:
    piece = {"text": TEXT, "confidence": CONFIDENCE, "box": _ref("Box")}
    words = _list(_object(piece), "With the option detail: the line's words, or its characters")
    line = _object({**piece, "words": words}, optional=("words",))
    return _object(
        {
            "type": {"enum": list(BLOCK_TYPES)},
            "box": _ref("Box"),
            "lines": _list(line, "In reading order"),
            "cells": _list(_cell(), "Of a table"),
        },
        optional=("cells",),
    )


def _cell() -> Schema:
    places = {name: WHOLE | {"minimum": 0} for name in ("row", "col")}
    spans = {name: WHOLE | {"minimum": 1} for name in ("row_span", "col_span")}
    return _object({**places, **spans, "text": TEXT, "box": _ref("Box")})


def _box() -> Schema:
    point = {"type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2}
    words = "Corners clockwise from the top left in reading direction, in pixels as displayed"
    return _list(point, words) | {"minItems": 4, "maxItems": 4}


def _failure() -> Schema:
    error = _object(
        {"code": {"enum": list(KINDS)}, "message": TEXT, "message_zh": TEXT, "field": TEXT},
        optional=("field",),
    )
    return _object({"success": {"const": False}, "error": error, "request_id": TEXT})


def _capabilities() -> Schema:
    option = _object(
        {
            "name": TEXT,
            "type": TEXT,
            "enum": {"type": ["array", "null"], "items": TEXT},
            "default": {},
            "min": {"type": ["number", "null"]},
            "max": {"type": ["number", "null"]},
            "title": WORDS,
            "help": WORDS,
        }
    )
    return _object(
        {
            "version": TEXT,
            "options": _list(option, "Every option"),
            "limits": _object({"bytes": WHOLE, "pixels": WHOLE, "sync_pages": WHOLE}),
            "inputs": TEXTS,
            "formats": TEXTS,
            "jobs": FLAG,
        }
    )


def _object(properties: dict[str, Schema], optional: tuple[str, ...] = ()) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "required": required, "properties": properties}


def _list(items: Schema, description: str) -> Schema:
    return {"type": "array", "items": items, "description": description}


def _map(values: Schema, description: str) -> Schema:
    return {"type": "object", "additionalProperties": values, "description": description}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
