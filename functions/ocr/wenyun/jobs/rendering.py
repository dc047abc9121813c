"""The forms of a result, as jobs ask for them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wenyun.deadline import Deadline
from wenyun.errors import WenyunError
from wenyun.exports.json import document_json
from wenyun.exports.text import document_text
from wenyun.options import Options, parse_options
from wenyun.result import Document

FORMATS = ("json", "text")
"""What can be made here."""

USUAL = ("json", "text")
"""What a job makes that names nothing; for a PDF a PDF too, where that can be made."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A file to take away."""

    data: bytes
    media_type: str
    extension: str


def job_options(raw: Mapping[str, Any]) -> Options:
    """The options of a job.

    Raises:
        WenyunError: `unknown_option` or `invalid_option`, also for a form that is not made here.

    """
    options = parse_options(raw)
    if missing := [name for name in options.format if name not in FORMATS]:
        raise WenyunError(
            "invalid_option",
            f"Option 'format': {', '.join(missing)} cannot be made here; use {', '.join(FORMATS)}.",
            f"选项“format”：此处不支持 {'、'.join(missing)}，可用：{'、'.join(FORMATS)}。",
            field="format",
        )
    return options


def formats_of(raw: Mapping[str, Any], kind: str) -> tuple[str, ...]:
    """The forms that a job makes of a file of some kind."""
    if raw.get("format"):
        return job_options(raw).format
    return (*USUAL, "pdf") if kind == "pdf" and "pdf" in FORMATS else USUAL


def render(
    document: Document,
    options: Options,
    source: bytes,  # noqa: ARG001 - a searchable PDF is made of it
    name: str,
    *,
    total_time: float,
    request_id: str,
    deadline: Deadline,
) -> Rendered:
    """One form of the result.

    Args:
        document: What was read.
        options: What was asked for.
        source: The file that was read.
        name: One of `FORMATS`.
        total_time: Seconds from acceptance to now.
        request_id: What the answer carries as its id.
        deadline: When the time is up.

    """
    deadline.check()
    if name == "text":
        return Rendered(document_text(document).encode(), "text/plain; charset=utf-8", ".txt")
    answer = document_json(document, options, total_time=total_time, request_id=request_id)
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    return Rendered(text.encode("utf-8", "replace"), "application/json", ".json")
