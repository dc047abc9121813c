"""The API in OpenAPI 3.1, built from the tables that the code itself goes by.

`python -m wenyun.api.openapi` prints it; `docs/openapi.json` is a copy.
"""

import json
import sys
from typing import Any

from wenyun.api.openapi_jobs import job_paths, job_schemas
from wenyun.api.schemas import FILE, JSON_IMAGE, components, option_schema
from wenyun.errors import KINDS
from wenyun.exports.render import FORMS
from wenyun.options import SPECS, Options
from wenyun.settings import Settings
from wenyun.version import __version__

RAW_TYPES = ("image/*", "application/pdf", "application/octet-stream")

_READ_CODES = tuple(code for code in KINDS if code not in ("job_not_found", "not_found"))


def build_openapi(settings: Settings, *, jobs: bool = False, files: bool = True) -> dict[str, Any]:
    """The whole document, as this deployment answers; with jobs where it takes them.

    Args:
        settings: The deployment's settings.
        jobs: Whether it takes jobs.
        files: Whether their files go through routes of ours.

    """
    defaults = Options(profile=settings.profile)
    document: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {
            "title": "Wenyun 文云",
            "version": __version__,
            "description": "Reads Chinese and English text in pictures. 识别图片中的中英文文字。",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": settings.base_path or "/"}],
        "paths": _paths(defaults),
        "components": components(defaults),
    }
    if jobs:
        document["paths"] |= job_paths(defaults, _answers, files=files)
        document["components"]["schemas"] |= job_schemas()
    if settings.api_key:
        document["components"]["securitySchemes"] = {
            "key": {"type": "apiKey", "in": "header", "name": "x-api-key"}
        }
        for operation in _operations(document):
            operation.setdefault("security", [{"key": []}])
    return document


def _operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for methods in document["paths"].values() for one in methods.values()]


def _paths(defaults: Options) -> dict[str, Any]:
    return {
        "/api/ocr": {"post": _ocr(defaults)},
        "/api/options": {"get": _get("options", "What this deployment can do", "Capabilities")},
        "/api/health": {"get": _get("health", "Versions of the product and its models", "Health")},
        "/api/ready": {"get": _ready()},
    }


def _ocr(defaults: Options) -> dict[str, Any]:
    return {
        "operationId": "ocr",
        "summary": "Read the text of a picture",
        "description": (
            "Send the file as a form, as the body itself, or in JSON. Options go into the form, "
            "the query or the JSON object; those in the body win over those in the query. "
            "A picture without text is no error: `text` is empty."
        ),
        "parameters": [
            {"name": name, "in": "query", "schema": option_schema(name, defaults)} for name in SPECS
        ],
        "requestBody": {"required": True, "content": _bodies(defaults)},
        "responses": {"200": _result(), **_failures(_READ_CODES)},
    }


def _result() -> dict[str, Any]:
    """What was read, in each form of the option `format`."""
    found = _answer("Answer", "What was read, in the form that `format` names")
    for form in FORMS.values():
        binary = {"type": "string", "contentMediaType": form.media_type}
        found["content"].setdefault(form.media_type, {"schema": binary})
    found["headers"] |= {
        "content-disposition": {
            "description": "A name for the file; with every form but JSON",
            "schema": {"type": "string"},
        },
        "x-ocr-warnings": {
            "description": "Codes joined by commas; JSON has them in `warnings`",
            "schema": {"type": "string"},
        },
    }
    return found


def _bodies(defaults: Options) -> dict[str, Any]:
    options = {name: option_schema(name, defaults) for name in SPECS}
    bodies = {
        "multipart/form-data": {"schema": _body({"image": FILE, **options})},
        "application/json": {"schema": _body({"image": JSON_IMAGE, **options})},
    }
    return bodies | {kind: {"schema": FILE} for kind in RAW_TYPES}


def _body(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["image"],
        "properties": properties,
        "additionalProperties": False,
    }


def _get(name: str, summary: str, schema: str) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": summary,
        "security": [],
        "responses": {"200": _answer(schema, summary), **_failures(("internal",))},
    }


def _ready() -> dict[str, Any]:
    found = _get("ready", "Whether the models are open", "Ready")
    return found | {"responses": found["responses"] | _failures(("busy",))}


def _failures(codes: tuple[str, ...]) -> dict[str, Any]:
    """One answer a status, naming its codes."""
    found: dict[str, Any] = {}
    for status in sorted({KINDS[code].status for code in codes}):
        lines = [
            f"- `{code}`: {KINDS[code].message} {KINDS[code].message_zh}"
            for code in codes
            if KINDS[code].status == status
        ]
        found[str(status)] = _answer("Failure", "\n".join(lines))
        if status == 503:
            found[str(status)]["headers"]["retry-after"] = {
                "description": "Seconds after which trying again makes sense",
                "schema": {"type": "integer"},
            }
    return found


def _answer(schema: str, description: str) -> dict[str, Any]:
    return {
        "description": description,
        "headers": {
            "x-request-id": {"description": "The request's id", "schema": {"type": "string"}}
        },
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
    }


def _answers(
    status: str, schema: str | None, description: str, codes: tuple[str, ...]
) -> dict[str, Any]:
    """The responses of a route: its success, with a JSON body or none, and its failures."""
    success = _answer(schema or "", description)
    if schema is None:
        del success["content"]
    return {status: success, **_failures(codes)}


def main() -> int:
    """Print the document of a server without any settings."""
    json.dump(build_openapi(Settings(), jobs=True), sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
