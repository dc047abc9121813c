"""The part of the API's description that speaks of jobs."""

from typing import Any

from wenyun.api.schemas import (
    FILE,
    TEXT,
    WHOLE,
    Schema,
    map_of,
    object_of,
    option_schema,
)
from wenyun.options import SPECS, Options
from wenyun.stores.jobs import State

STATES: tuple[State, ...] = ("waiting", "running", "succeeded", "failed")
_NULL: Schema = {"type": "null"}
_TIME: Schema = {"type": "string", "format": "date-time"}
_ID: Schema = {"type": "string", "pattern": "^[0-9a-f]{32}$"}

ASKING = ("job_not_found", "unauthorized", "busy", "internal")
SENDING = (
    *("missing_image", "empty_file", "unknown_option", "invalid_option", "unsupported_image"),
    *("file_too_large", "unauthorized", "busy", "time_limit", "internal"),
)


def job_paths(defaults: Options, answers: Any, *, files: bool = True) -> dict[str, Any]:
    """The paths below `/api/jobs`.

    Args:
        defaults: What holds where a request says nothing.
        answers: Makes the responses of a status, schema, description and error codes.
        files: Whether files go in and out, and progress is streamed, by routes of ours.

    """
    paths = {
        "/api/jobs": {"post": _create(defaults, answers)},
        "/api/jobs/{job_id}": {"get": _get(answers, streams=files), "delete": _delete(answers)},
    }
    if files:
        paths["/api/jobs/{job_id}/file"] = {"post": _upload(answers)}
        paths["/api/jobs/{job_id}/results/{format}"] = {"get": _result(answers)}
    return paths


def job_schemas() -> dict[str, Schema]:
    """What they take and give."""
    error = object_of({"code": TEXT, "message": TEXT, "message_zh": TEXT})
    upload = object_of(
        {"url": TEXT, "fields": map_of(TEXT, "Fields to send before the file, as they are")}
    )
    until = _TIME | {"description": "With upload: when the file must have come"}
    return {
        "Accepted": object_of(
            {"job_id": _ID, "upload": upload, "expires_at": until},
            optional=("upload", "expires_at"),
        ),
        "Job": object_of(
            {
                "job_id": _ID,
                "state": {"enum": list(STATES)},
                "pages_done": WHOLE,
                "pages_total": {"type": ["integer", "null"]},
                "error": {"anyOf": [error, _NULL]},
                "results": map_of(TEXT, "Format to address; no header is needed there"),
                "expires_at": _TIME | {"description": "When the job and its results are removed"},
            }
        ),
    }


def _create(defaults: Options, answers: Any) -> dict[str, Any]:
    options = {name: option_schema(name, defaults) for name in SPECS}
    form = object_of({"image": FILE, **options}, optional=tuple(options))
    described = object_of(
        {
            "name": TEXT,
            "type": TEXT,
            "size": WHOLE | {"minimum": 1, "description": "The file's bytes"},
            "options": object_of(options, optional=tuple(options)),
        },
        optional=("name", "type", "options"),
    )
    return {
        "operationId": "create_job",
        "summary": "Have a file read later",
        "description": (
            "Send the file as a form, or announce it in JSON and send it to the address in the "
            "answer: the fields given there first, then the file in the field `file`."
        ),
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": described | {"additionalProperties": False}},
                "multipart/form-data": {"schema": form | {"additionalProperties": False}},
            },
        },
        "responses": answers("202", "Accepted", "Accepted, and stored durably", SENDING),
    }


def _get(answers: Any, *, streams: bool) -> dict[str, Any]:
    found = answers("200", "Job", "How far it has come", ASKING)
    if streams:
        found["200"]["content"]["text/event-stream"] = {
            "schema": TEXT | {"description": "Events `progress` and `end`; data: the job in JSON"}
        }
    return {
        "operationId": "job",
        "summary": "How far a job has come, and its results",
        "parameters": [_in_path("job_id", _ID)],
        "responses": found,
    }


def _delete(answers: Any) -> dict[str, Any]:
    return {
        "operationId": "delete_job",
        "summary": "Withdraw a job, or remove its results",
        "parameters": [_in_path("job_id", _ID)],
        "responses": answers(
            "204", None, "Gone, or never there", ("unauthorized", "busy", "internal")
        ),
    }


def _upload(answers: Any) -> dict[str, Any]:
    form = object_of({"expires": TEXT, "signature": TEXT, "file": FILE})
    return {
        "operationId": "upload_job",
        "summary": "Send the file of a job that was announced",
        "security": [],
        "parameters": [_in_path("job_id", _ID)],
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": form}}},
        "responses": answers(
            "204", None, "The file is stored durably", (*SENDING, "job_not_found")
        ),
    }


def _result(answers: Any) -> dict[str, Any]:
    found = answers("200", None, "The file", ASKING)
    found["200"]["content"] = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
    query = [
        {"name": name, "in": "query", "required": True, "schema": TEXT}
        for name in ("expires", "signature")
    ]
    return {
        "operationId": "job_result",
        "summary": "One form of a job's result",
        "security": [],
        "parameters": [_in_path("job_id", _ID), _in_path("format", TEXT), *query],
        "responses": found,
    }


def _in_path(name: str, schema: Schema) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema}
