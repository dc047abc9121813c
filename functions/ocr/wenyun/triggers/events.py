"""What S3 says when objects arrive: its records as `Arrival`, direct or in a message's body."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus, unquote_plus

from wenyun.observe.facts import mark

Event = Mapping[str, Any]


class UnknownEventError(Exception):
    """An event that nothing here answers; the message says what came."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An object that arrived.

    Attributes:
        bucket: Where.
        key: Under what name, as people wrote it.
        sequencer: Tells which of two events about one key is the later; empty where none is told.
        etag: Tells objects of one key apart, mostly.

    """

    bucket: str
    key: str
    sequencer: str = ""
    etag: str = ""

    @property
    def shown(self) -> str:
        """What stands for it in logs: keys are names that people gave, so they stay out."""
        return f"object {mark(self.bucket, self.key)}"


def is_s3_event(event: object) -> bool:
    """Whether S3 itself sent it: records, or the test event of a new notification."""
    return is_test_event(event) or _first_source(event) == "aws:s3"


def is_queue_event(event: object) -> bool:
    """Whether SQS sent it."""
    return _first_source(event) == "aws:sqs"


def is_test_event(event: object) -> bool:
    """Whether it is what S3 sends once, when a notification is set up."""
    return isinstance(event, Mapping) and event.get("Event") == "s3:TestEvent"


def arrivals(event: Event) -> list[Arrival]:
    """The objects that an S3 event tells of; none for the test event and for removals.

    Raises:
        UnknownEventError: It is no S3 event, or one without bucket and key.

    """
    if not is_s3_event(event):
        raise unknown(event)
    records = [] if is_test_event(event) else event["Records"]
    return [_arrival(record) for record in records if _is_creation(record)]


def unknown(event: object) -> UnknownEventError:
    """The error for an event that nothing here answers."""
    return UnknownEventError(
        f"This event comes from none of API Gateway, a function URL, ALB, S3 and SQS: it is "
        f"{_shape(event)}."
    )


def _first_source(event: object) -> str:
    records = event.get("Records") if isinstance(event, Mapping) else None
    if isinstance(records, list) and records and isinstance(records[0], Mapping):
        return str(records[0].get("eventSource", ""))
    return ""


def _is_creation(record: Event) -> bool:
    return str(record.get("eventName", "")).removeprefix("s3:").startswith("ObjectCreated:")


def told_again(arrival: Arrival) -> str:
    """A message that tells of an object as S3 does, for one that is to be read again."""
    told = {"key": quote_plus(arrival.key, safe="/"), "sequencer": arrival.sequencer}
    record = {
        "eventSource": "aws:s3",
        "eventName": "ObjectCreated:Put",
        "s3": {"bucket": {"name": arrival.bucket}, "object": told},
    }
    return json.dumps({"Records": [record]})


def _arrival(record: Event) -> Arrival:
    try:
        found = record["s3"]["object"]
        bucket, key = record["s3"]["bucket"]["name"], found["key"]
        told = (str(found.get(name) or "")[:200] for name in ("sequencer", "eTag"))
        return Arrival(str(bucket), unquote_plus(key), *told)
    except (KeyError, TypeError) as error:
        raise UnknownEventError("A record of the S3 event names no bucket or no key.") from error


def _shape(event: object) -> str:
    if not isinstance(event, Mapping):
        return f"a {type(event).__name__}"
    if source := _first_source(event):
        return f"an object with Records from {source[:64]!r}"
    return f"an object with the keys {', '.join(sorted(map(str, event)))[:200] or '(none)'}"
