"""Tasks in SQS; see `TaskQueue`.

SQS counts how often a message was handed out and nothing else. So a task that is released goes
into the queue anew, with its attempts, interruptions and last fault in its body, and then the old
message is removed. What SQS counts on a message is then only how often it was handed out and never
heard of again, as by a process that ended: those are attempts too.
"""

import json
import random
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from wenyun.stores.aws import Client, code_of, translated
from wenyun.stores.objects import StoreBusyError
from wenyun.stores.tasks import Message, Task

BATCH = 10
"""Messages that SQS takes at once."""

ROUNDS = 4
"""Attempts at messages of a batch that SQS did not take, over some seconds."""

LONGEST_DELAY = 900
"""Seconds; more is refused."""

COUNT = "ApproximateReceiveCount"
REFUSED = {"InvalidParameterValue", "UnsupportedOperation"}

_JOB = re.compile(r"[a-z0-9]{1,64}")
_STEPS = ("plan", "page", "assemble")


class _NoGroupsError(Exception):
    """This endpoint knows groups in FIFO queues alone."""


@dataclass(frozen=True, slots=True)
class _Parcel:
    """A message on its way."""

    message: Message
    body: str
    delay: int = 0


class SqsTasks:
    """Tasks in a standard queue.

    Messages of one job are a group, so that a long document does not make others wait (SQS calls
    that a fair queue); where the endpoint does not know it yet, they are none.

    Args:
        url: The queue's address.
        polled: Whether tasks come by `receive`; otherwise Lambda hands them out, and removes those
            that are done.

    """

    def __init__(self, url: str, *, polled: bool = False) -> None:
        self._url = url
        self._polled = polled
        self._grouped = True
        self._client = Client("sqs")

    def send(self, messages: list[Message]) -> None:
        """Put messages in line."""
        self._send([_Parcel(message, body_of(message)) for message in messages])

    def receive(self) -> Task | None:
        """The next task; what is no task of ours is left to be put aside by SQS."""
        with translated(self._url):
            found = self._client().receive_message(
                QueueUrl=self._url, MaxNumberOfMessages=1, MessageSystemAttributeNames=[COUNT]
            )
        for one in found.get("Messages", ()):
            return task_of(one["Body"], one["ReceiptHandle"], int(one["Attributes"][COUNT]))
        return None

    def done(self, task: Task) -> None:
        """Never hand it out again."""
        if self._polled:
            self._delete(task)

    def release(self, task: Task, delay: float, fault: str, *, blame: bool) -> None:
        """Put it in line anew, and remove it then; in between it is there twice."""
        body = body_of(
            task.message,
            attempts=task.attempts - (not blame),
            interruptions=task.interruptions + (not blame),
            fault=fault,
        )
        self._send([_Parcel(task.message, body, min(LONGEST_DELAY, round(delay)))])
        self._delete(task)

    def _delete(self, task: Task) -> None:
        with translated(self._url):
            self._client().delete_message(QueueUrl=self._url, ReceiptHandle=task.receipt)

    def _send(self, parcels: list[_Parcel]) -> None:
        for first in range(0, len(parcels), BATCH):
            self._send_batch(parcels[first : first + BATCH])

    def _send_batch(self, parcels: list[_Parcel]) -> None:
        """Send some, and those again that SQS did not take."""
        why = ""
        for attempt in range(ROUNDS):
            if attempt:
                time.sleep(random.uniform(0, 0.2 * 2**attempt))  # noqa: S311
            try:
                failed = self._try(parcels)
            except _NoGroupsError:
                self._grouped = False
                failed = self._try(parcels)
            parcels = [parcels[int(one["Id"])] for one in failed]
            if not parcels:
                return
            why = str(failed[0].get("Code"))
        raise StoreBusyError(f"{self._url}: {len(parcels)} messages were not taken: {why}")

    def _try(self, parcels: list[_Parcel]) -> list[Mapping[str, Any]]:
        """Send each once; what SQS says of those that it did not take."""
        entries = [self._entry(number, parcel) for number, parcel in enumerate(parcels)]
        with translated(self._url, self._meaning):
            answer = self._client().send_message_batch(QueueUrl=self._url, Entries=entries)
        failed: list[Mapping[str, Any]] = answer.get("Failed", [])
        if self._grouped and any(_without_groups(one.values()) for one in failed):
            raise _NoGroupsError
        return failed

    def _entry(self, number: int, parcel: _Parcel) -> dict[str, Any]:
        entry = {"Id": str(number), "MessageBody": parcel.body, "DelaySeconds": parcel.delay}
        return entry | ({"MessageGroupId": parcel.message.job_id} if self._grouped else {})

    def _meaning(self, error: ClientError) -> Exception | None:
        groups = self._grouped and _without_groups((code_of(error), error))
        return _NoGroupsError() if groups else None


def body_of(message: Message, attempts: int = 0, interruptions: int = 0, fault: str = "") -> str:
    """A message's text; what befell earlier ones of it is told where there is something to tell."""
    told = {"attempts": attempts, "interruptions": interruptions, "fault": fault}
    what = {"job": message.job_id, "step": message.step, "page": message.page}
    return json.dumps(what | {name: value for name, value in told.items() if value})


def task_of(body: str, receipt: str, received: int) -> Task | None:
    """The task that a message is, or None where it is none of ours.

    Args:
        body: The message's text.
        receipt: Its receipt handle.
        received: How often SQS has handed it out, this time included.

    """
    try:
        told = json.loads(body)
        job, step, page = told["job"], told["step"], int(told.get("page", 0))
        attempts, interruptions = (int(told.get(name, 0)) for name in ("attempts", "interruptions"))
        known = step in _STEPS and _JOB.fullmatch(job) is not None
    except (ValueError, TypeError, KeyError):
        return None
    if not known or page < 0:
        return None
    fault = str(told.get("fault", ""))
    return Task(Message(job, step, page), receipt, attempts + received, interruptions, fault)


def _without_groups(said: Iterable[object]) -> bool:
    text = " ".join(map(str, said))
    return "MessageGroupId" in text and any(code in text for code in REFUSED)
