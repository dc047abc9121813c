"""CloudWatch's embedded metric format: metrics that travel in the log line of the work itself.

Amazon CloudWatch Embedded Metric Format Specification: a log event that is a JSON object with
`_aws`, which names the metrics among its own members. Each metric and value of a dimension is
billed by the month, so there is one dimension with two values, and nine metrics in all.
"""

import logging
import os
from collections.abc import Mapping
from typing import Any

NAMESPACE = "Wenyun"

DIMENSION = "service"

METRICS: Mapping[str, Mapping[str, str]] = {
    "request": {
        "request_ms": "Milliseconds",
        "request_faults": "Count",
        "lines": "Count",
        "pages": "Count",
        "cold": "Count",
    },
    "task": {"task_ms": "Milliseconds", "task_faults": "Count", "lines": "Count", "pages": "Count"},
    "object": {
        "task_ms": "Milliseconds",
        "task_faults": "Count",
        "lines": "Count",
        "pages": "Count",
    },
}
"""Event to the names and units of its metrics."""

READING = "/api/ocr"
"""Of the requests only those to this route are measured: the others cost nothing."""


def embedded(event: str, facts: Mapping[str, Any], now: float) -> dict[str, Any]:
    """The members that make metrics of a log line; empty where it has none.

    Args:
        event: What kind of work it was.
        facts: The line's other members.
        now: Seconds since 1970.

    """
    wanted = METRICS.get(event, {})
    if event == "request" and facts.get("route") != READING:
        return {}
    present = {name: unit for name, unit in wanted.items() if _is_number(facts.get(name))}
    if not present:
        return {}
    return {
        "_aws": {
            "Timestamp": int(1000 * now),
            "CloudWatchMetrics": [
                {
                    "Namespace": NAMESPACE,
                    "Dimensions": [[DIMENSION]],
                    "Metrics": [{"Name": name, "Unit": unit} for name, unit in present.items()],
                }
            ],
        },
        DIMENSION: os.environ.get("OCR_ROLE") or "api",
    }


class Embed(logging.Filter):
    """Adds the metrics to every record that has some; what formats it writes them out."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through."""
        event = getattr(record, "event", None)
        if isinstance(event, str):
            record.__dict__.update(embedded(event, record.__dict__, record.created))
        return True


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)
