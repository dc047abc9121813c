"""Facts about one piece of work, told in one log line.

Facts are numbers, codes and ids of ours: never a picture, a text that was read, or a file's name.
"""

import hashlib
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from wenyun.result import Document

Facts = dict[str, Any]

_CURRENT: ContextVar[Facts | None] = ContextVar("wenyun_facts", default=None)


def tell(log: logging.Logger, event: str, message: str, facts: Mapping[str, Any]) -> None:
    """Write one line: a message for people, and the facts as fields for collectors.

    Args:
        log: Where to.
        event: What kind of work it was: `request`, `task`, `object` or `start`.
        message: The line on a terminal.
        facts: Fields; those that are None are left out.

    """
    known = {name: value for name, value in facts.items() if value is not None}
    log.info("%s", message, extra={"event": event, **known})


@contextmanager
def noted() -> Iterator[Facts]:
    """Gather the facts that whatever is called in the block notes."""
    facts: Facts = {}
    token = _CURRENT.set(facts)
    try:
        yield facts
    finally:
        _CURRENT.reset(token)


def note(**facts: Any) -> None:
    """Add to what is gathered; nothing happens where nobody gathers."""
    if (current := _CURRENT.get()) is not None:
        current.update(facts)


def document_facts(document: Document) -> Facts:
    """How much was read, how surely, and the milliseconds of each stage."""
    lines = [line for page in document.pages for line in page.lines()]
    stages: dict[str, float] = {}
    for page in document.pages:
        for stage, seconds in page.timings.items():
            stages[stage] = stages.get(stage, 0.0) + 1000 * seconds
    return {
        "pages": len(document.pages),
        "lines": len(lines),
        "second": sum(line.model == "second" for line in lines),
        "confidence": round(sum(line.confidence for line in lines) / len(lines), 3)
        if lines
        else None,
        "stages": {stage: round(value, 1) for stage, value in stages.items()},
    }


def milliseconds(seconds: float) -> float:
    """As they are written in the log."""
    return round(1000 * seconds, 1)


def mark(*names: str) -> str:
    """What stands for a name that may be personal: the first 12 digits of its SHA-256.

    Who has the name can find its lines: `printf %s 'bucket/inbox/a.jpg' | sha256sum`.
    """
    return hashlib.sha256("/".join(names).encode("utf-8", "surrogatepass")).hexdigest()[:12]
