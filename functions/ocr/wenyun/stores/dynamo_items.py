"""A job as items of a table.

| `pk` | `sk` | what |
|---|---|---|
| job | `job` | the job; while it is unfinished with `open`, by which the index finds it |
| job | `options` | its options, where they are long: what is counted up must stay small |
| job | `page#00000007` | page 7 is counted |

All have `expires_at`, at which DynamoDB removes them by itself.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from zlib import crc32

from wenyun.stores.jobs import Failure, Job, ResultFile

Item = dict[str, dict[str, Any]]

SHARDS = 8
"""Parts of the index of unfinished jobs. Each takes 1,000 changes a second; a page makes two."""

INLINE_BYTES = 1024
"""Options up to this size stand in the job's own item, whose every change is paid by its size."""

OPEN = "#state IN (:waiting, :running)"
"""The condition of every change."""

STATES: Item = {":waiting": {"S": "waiting"}, ":running": {"S": "running"}}

PAGE = "page#"
_TEXTS = ("name", "type", "state")
_NUMBERS = ("size", "created", "expires", "updated", "pages_done")


def key_of(job_id: str, part: str = "job") -> Item:
    """An item's key."""
    return {"pk": {"S": job_id}, "sk": {"S": part}}


def page_part(page: int) -> str:
    """The sort key of a page."""
    return f"{PAGE}{page:08d}"


def shards() -> list[str]:
    """Every part of the index."""
    return [str(number) for number in range(SHARDS)]


def job_item(job: Job) -> Item:
    """A new job, without options that are too long."""
    item = key_of(job.id) | {name: {"S": getattr(job, name)} for name in _TEXTS}
    item |= {name: number(getattr(job, name)) for name in _NUMBERS}
    item |= {
        "expires_at": until(job.expires),
        "open": {"S": str(crc32(job.id.encode()) % SHARDS)},
    }
    options = dict(job.options)
    if "password" in options:
        # By itself, so that the write that ends the job removes it.
        item["password"] = {"B": _packed(options.pop("password"))}
    packed = _packed(options)
    if len(packed) <= INLINE_BYTES:
        item["options"] = {"B": packed}
    return item


def options_item(job: Job) -> Item:
    """Options that have an item of their own."""
    options = {name: value for name, value in job.options.items() if name != "password"}
    own = {"options": {"B": _packed(options)}, "expires_at": until(job.expires)}
    return key_of(job.id, "options") | own


def to_job(item: Item, options: bytes) -> Job:
    """The job that an item is."""
    texts = {name: item[name]["S"] for name in _TEXTS}
    numbers = {name: float(item[name]["N"]) for name in ("created", "expires", "updated")}
    return Job(
        id=item["pk"]["S"],
        options=_with_password(json.loads(options), item),
        size=int(item["size"]["N"]),
        pages_total=int(item["pages_total"]["N"]) if "pages_total" in item else None,
        pages_done=int(item["pages_done"]["N"]),
        error=Failure(**json.loads(item["error"]["S"])) if "error" in item else None,
        results={name: ResultFile(**one) for name, one in _results(item).items()},
        **texts,
        **numbers,  # type: ignore[arg-type]
    )


def number(value: float) -> dict[str, Any]:
    """A number, with all its digits."""
    return {"N": repr(value)}


def until(expires: float) -> dict[str, Any]:
    """What DynamoDB understands as the end of an item: whole seconds since 1970."""
    return number(math.ceil(expires))


def failure_text(failure: Failure) -> str:
    """Why a job failed."""
    return json.dumps(asdict(failure))


def results_text(results: Mapping[str, ResultFile]) -> str:
    """What a job left."""
    return json.dumps({name: asdict(result) for name, result in results.items()})


def _results(item: Item) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(item["results"]["S"]) if "results" in item else {}
    return found


def _with_password(options: dict[str, Any], item: Item) -> dict[str, Any]:
    if "password" in item:
        options["password"] = json.loads(item["password"]["B"])
    return options


def _packed(value: object) -> bytes:
    """Bytes, as a text of DynamoDB may not hold half a surrogate pair, and clients send those."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
