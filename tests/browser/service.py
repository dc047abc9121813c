"""A service that answers as the contract says, and what it was sent."""

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.browser.desk import Desk
from tests.browser.forms import Post as Post
from tests.browser.forms_out import KINDS
from wenyun.errors import KINDS as ERRORS
from wenyun.options import Options, describe_options

PAGE = Path(__file__).resolve().parents[2] / "functions" / "webui"


@dataclass(slots=True)
class Service:
    """What the server answers and what it was sent.

    `prefix` is the folder it lives in. A `gate` that is not set holds pictures back until it is.
    `root` is the folder of the page, and `files` replace files of it. `by_name` answers a file of
    that name otherwise, as (status, answer). With a `key`, whoever does not send it is refused.
    With a `desk` it takes jobs. `headers` are added to every answer, such as a policy.
    """

    prefix: str = "/"
    origin: str = ""
    status: int = 200
    answer: Any = None
    offer: Any = None
    key: str = ""
    desk: Desk | None = None
    limits: dict[str, int] = field(
        default_factory=lambda: {"bytes": 20_000_000, "pixels": 50_000_000}
    )
    root: Path = PAGE
    files: dict[str, bytes] = field(default_factory=dict)
    by_name: dict[str, tuple[int, Any]] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    @property
    def url(self) -> str:
        """The address of the page."""
        return self.origin + self.prefix

    def fail(self, status: int, code: str, message: str, message_zh: str) -> None:
        """Answer the next pictures with this error."""
        self.status = status
        self.answer = failure(code, message, message_zh)

    def options(self) -> dict[str, Any]:
        """The answer of /api/options."""
        jobs = {"job_bytes": 200_000_000} if self.desk else {}
        return {
            "version": "0.1.0",
            "options": describe_options(Options()),
            "limits": {**self.limits, "sync_pages": 5, **jobs},
            "inputs": [
                *(f"image/{kind}" for kind in ("jpeg", "png", "bmp", "webp", "gif", "tiff")),
                "application/pdf",
            ],
            "formats": list(KINDS),
            "jobs": self.desk is not None,
        }


def failure(code: str, message: str, message_zh: str) -> dict[str, Any]:
    """The contract's shape of an error."""
    error = {"code": code, "message": message, "message_zh": message_zh}
    return {"success": False, "error": error, "request_id": "req-7"}


def known_failure(code: str) -> tuple[int, dict[str, Any]]:
    """Status and answer of one of the product's own errors."""
    kind = ERRORS[code]
    return kind.status, failure(code, kind.message, kind.message_zh)
