"""The forms of a job's result."""

from collections.abc import Mapping
from typing import Any

from wenyun.jobs.origin import from_inbox
from wenyun.options import parse_options
from wenyun.stores.jobs import Job

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


def forms_of(job: Job, kind: str) -> dict[str, bool]:
    """The forms to write, and whether each has to be: one that nobody named may be left out.

    An object of the inbox leaves the usual ones beside those that it names.
    """
    named = parse_options(job.options).format if job.options.get("format") else ()
    if not from_inbox(job.id):
        return dict.fromkeys(formats_of(job.options, kind), bool(named))
    wanted = dict.fromkeys((*USUAL, *named), True)
    if kind == "pdf":
        wanted.setdefault("pdf", False)
    return wanted
