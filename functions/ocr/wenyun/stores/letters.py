"""A queue's messages as a function gets them: it does not ask for them and does not remove them.

The service behind the queue does both: what the function does not report as failed is removed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Letter:
    """One message of a queue.

    Attributes:
        id: Names it in the function's answer.
        receipt: Names this delivery to the queue.
        body: Its text.
        source: The ARN of the queue.
        deliveries: How often it was handed out, this time included.
        carried: Attempts that failed before it was sent anew.
        interruptions: How often it was sent anew because of a fault that was not its own.
        fault: The code of the contract that the last attempt ended with, if one is known.

    """

    id: str
    receipt: str
    body: str
    source: str = ""
    deliveries: int = 1
    carried: int = 0
    interruptions: int = 0
    fault: str = ""

    @property
    def attempts(self) -> int:
        """How often it was handed out and then failed or was lost, this time included."""
        return self.carried + self.deliveries


class Post(Protocol):
    """What can be done with letters. All methods raise StoreFaultError."""

    def again(self, letter: Letter, delay: float) -> None:
        """Send one anew that could not be attended to, not by its own fault.

        A queue counts every delivery of a letter; a new one begins anew, and so this one does not
        come to be taken for one that ends every process.

        Args:
            letter: As received; its attempts so far go with it, this one does not.
            delay: In seconds, fifteen minutes at most.

        """

    def send(self, body: str) -> None:
        """Put a letter in line."""

    def hide(self, letter: Letter, seconds: float) -> None:
        """Have it handed out again after so long, unless it is removed before."""

    def bury(self, letter: Letter) -> None:
        """Lay a copy where people look for what could not be done."""

    def waiting(self) -> int:
        """About how many letters are in line, those excluded that are being attended to."""


def read_letter(record: Mapping[str, Any]) -> Letter:
    """A record of an SQS event."""
    told, counted = record.get("messageAttributes") or {}, record.get("attributes") or {}
    return Letter(
        id=str(record.get("messageId", "")),
        receipt=str(record.get("receiptHandle", "")),
        body=str(record.get("body", "")),
        source=str(record.get("eventSourceARN", "")),
        deliveries=max(1, _number(counted.get("ApproximateReceiveCount"))),
        carried=_number(_text(told.get("attempts"))),
        interruptions=_number(_text(told.get("interruptions"))),
        fault=_text(told.get("fault"))[:40],
    )


def _text(attribute: Any) -> str:
    return str(attribute.get("stringValue", "")) if isinstance(attribute, Mapping) else ""


def _number(text: Any) -> int:
    return int(text) if str(text).isascii() and str(text).isdecimal() else 0
