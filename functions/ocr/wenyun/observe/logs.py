"""How log lines look: text on a terminal, JSON for whatever collects them."""

import json
import logging
import os
import sys
import time
from typing import TextIO

from wenyun.observe.emf import Embed

_PLAIN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
"""What every record has; anything else is a fact."""


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, the facts, and what went wrong."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's line."""
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line = {
            "time": f"{stamp}.{int(record.msecs):03}Z",
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **{name: value for name, value in record.__dict__.items() if name not in _PLAIN},
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=True, default=str, separators=(",", ":"))


def for_server(stream: TextIO | None = None) -> None:
    """Set up the logs of a process of ours: text where a person reads along, JSON elsewhere."""
    target = sys.stderr if stream is None else stream
    handler = logging.StreamHandler(target)
    if target.isatty():
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
    else:
        handler.setFormatter(JsonFormatter())
    logging.basicConfig(handlers=[handler])
    logging.getLogger("wenyun").setLevel(logging.INFO)


def for_lambda() -> None:
    """Add the metrics to what Lambda's own handler writes.

    With the template's `LogFormat: JSON` that handler writes the facts as members of the line.
    """
    for handler in logging.getLogger().handlers:
        handler.addFilter(Embed())
    if not os.environ.get("AWS_LAMBDA_LOG_LEVEL"):
        logging.getLogger("wenyun").setLevel(logging.INFO)
