"""The forms of a job's result."""

from collections.abc import Mapping
from typing import Any

from wenyun.options import parse_options

USUAL = ("json", "text")
"""What a job makes that names nothing; for a PDF a searchable PDF too."""


def formats_of(raw: Mapping[str, Any], kind: str) -> tuple[str, ...]:
    """The forms that a job makes of a file.

    Args:
        raw: The job's options.
        kind: What the file is, as `sniff` says.

    """
    if raw.get("format"):
        return parse_options(raw).format
    return (*USUAL, "pdf") if kind == "pdf" else USUAL
