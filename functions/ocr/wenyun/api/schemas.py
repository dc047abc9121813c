"""JSON Schemas of what goes in and comes out, for the OpenAPI document."""

from typing import Any

from wenyun.errors import KINDS
from wenyun.options import SPECS, Options, describe_options
from wenyun.values_words import MAX_WORD_CHARS, MAX_WORDS

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
WORD: Schema = {"type": "string", "maxLength": MAX_WORD_CHARS}
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
        "list": {"type": "array", "items": WORD, "maxItems": MAX_WORDS},
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
            "Health": object_of(
                {"status": {"const": "ok"}, "version": TEXT, "models": map_of(TEXT, "Role to name")}
            ),
            "Ready": object_of({"ready": {"const": True}}),
        }
    }


def _answer(defaults: Options) -> Schema:
    return object_of(
        {
            "success": {"const": True},
            "text": list_of(ref("Line"), "Every line, in reading order"),
            "total_time": NUMBER | {"description": "Seconds from the request's arrival"},
            "pages": list_of(ref("Page"), "The same lines by page and block"),
            "profile": option_schema("profile", defaults),
            "lang": option_schema("lang", defaults),
            "request_id": TEXT,
            "warnings": TEXTS,
            "timings": map_of(NUMBER, "Seconds in each stage; with the option timings"),
        },
        optional=("timings",),
    )


def _line() -> Schema:
    return object_of(
        {
            "text": TEXT,
            "confidence": CONFIDENCE,
            "box": ref("Box"),
            "page": WHOLE,
            "model": {"enum": list(MODELS), "description": "Which reader read the line"},
        }
    )


def _page() -> Schema:
    return object_of(
        {
            "page": WHOLE | {"minimum": 1},
            "width": NUMBER,
            "height": NUMBER,
            "angle": NUMBER | {"description": "How far we turned it clockwise, in degrees"},
            "blocks": list_of(ref("Block"), "In reading order"),
        }
    )


def _block() -> Schema:
    piece = {"text": TEXT, "confidence": CONFIDENCE, "box": ref("Box")}
    words = list_of(object_of(piece), "With the option detail: the line's words, or its characters")
    line = object_of({**piece, "words": words}, optional=("words",))
    return object_of(
        {
            "type": {"enum": list(BLOCK_TYPES)},
            "box": ref("Box"),
            "lines": list_of(line, "In reading order"),
            "cells": list_of(_cell(), "Of a table"),
        },
        optional=("cells",),
    )


def _cell() -> Schema:
    places = {name: WHOLE | {"minimum": 0} for name in ("row", "col")}
    spans = {name: WHOLE | {"minimum": 1} for name in ("row_span", "col_span")}
    return object_of({**places, **spans, "text": TEXT, "box": ref("Box")})


def _box() -> Schema:
    point = {"type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2}
    words = "Corners clockwise from the top left in reading direction, in pixels as displayed"
    return list_of(point, words) | {"minItems": 4, "maxItems": 4}


def _failure() -> Schema:
    error = object_of(
        {"code": {"enum": list(KINDS)}, "message": TEXT, "message_zh": TEXT, "field": TEXT},
        optional=("field",),
    )
    return object_of({"success": {"const": False}, "error": error, "request_id": TEXT})


def _capabilities() -> Schema:
    option = object_of(
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
    return object_of(
        {
            "version": TEXT,
            "options": list_of(option, "Every option"),
            "limits": object_of(
                {"bytes": WHOLE, "pixels": WHOLE, "sync_pages": WHOLE, "job_bytes": WHOLE},
                optional=("job_bytes",),
            ),
            "inputs": TEXTS,
            "formats": TEXTS,
            "jobs": FLAG,
        }
    )


def object_of(properties: dict[str, Schema], optional: tuple[str, ...] = ()) -> Schema:
    """An object; all properties but the optional ones are required."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "required": required, "properties": properties}


def list_of(items: Schema, description: str) -> Schema:
    """A list of one kind."""
    return {"type": "array", "items": items, "description": description}


def map_of(values: Schema, description: str) -> Schema:
    """An object with names that are not known beforehand."""
    return {"type": "object", "additionalProperties": values, "description": description}


def ref(name: str) -> Schema:
    """One of the named schemas."""
    return {"$ref": f"#/components/schemas/{name}"}
