"""Letters in Amazon SQS; see `Post`. Importing this module imports boto3."""

from typing import Any

from wenyun.stores.aws import Client, translated
from wenyun.stores.letters import Letter

LONGEST_DELAY = 900
"""Seconds: SQS holds a new message back for no longer."""

LONGEST_HIDDEN = 12 * 3600


class SqsPost:
    """A `Post` over SQS.

    Args:
        queue_url: Where letters come from and are sent anew.
        dead_url: Where people look for what could not be done; empty: the log is all there is.

    """

    def __init__(self, queue_url: str, dead_url: str) -> None:
        self._queue = queue_url
        self._dead = dead_url
        self._client = Client("sqs")

    def again(self, letter: Letter, delay: float) -> None:
        """As in `Post`."""
        told = {
            "attempts": letter.attempts - 1,
            "interruptions": letter.interruptions + 1,
            "fault": letter.fault or "internal",
        }
        self._send(self._queue, letter.body, told, min(LONGEST_DELAY, max(0, round(delay))))

    def send(self, body: str) -> None:
        """As in `Post`."""
        self._send(self._queue, body, {}, 0)

    def hide(self, letter: Letter, seconds: float) -> None:
        """As in `Post`."""
        with translated("Queue"):
            self._client().change_message_visibility(
                QueueUrl=self._queue,
                ReceiptHandle=letter.receipt,
                VisibilityTimeout=min(LONGEST_HIDDEN, max(0, round(seconds))),
            )

    def bury(self, letter: Letter) -> None:
        """As in `Post`."""
        if self._dead:
            told = {"message": letter.id or "?", "attempts": letter.attempts}
            self._send(self._dead, letter.body, told, 0)

    def waiting(self) -> int:
        """As in `Post`."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesDelayed"]
        with translated("Queue"):
            found = self._client().get_queue_attributes(QueueUrl=self._queue, AttributeNames=names)
        return sum(int(found["Attributes"].get(name, 0)) for name in names)

    def _send(self, url: str, body: str, told: dict[str, Any], delay: int) -> None:
        attributes = {
            name: {"DataType": "String", "StringValue": str(value)} for name, value in told.items()
        }
        with translated("Queue"):
            self._client().send_message(
                QueueUrl=url, MessageBody=body, MessageAttributes=attributes, DelaySeconds=delay
            )
