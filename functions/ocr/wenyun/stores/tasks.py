"""What is to be done next: a queue whose tasks come at least once and are leased, not taken."""

from dataclasses import dataclass
from typing import Literal, Protocol

Step = Literal["plan", "page", "assemble"]


@dataclass(frozen=True, slots=True)
class Message:
    """One step of a job.

    `page` is the page to read, or for `plan` the first page whose task is still to be sent.
    """

    job_id: str
    step: Step
    page: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """A message as it was handed out.

    Attributes:
        message: What to do.
        receipt: Names this delivery to the queue.
        attempts: How often it was handed out and then failed or was lost, this time included.
        interruptions: How often that was no fault of its own: a stop, a store out of order.
        fault: The code of the contract that its last attempt ended with, if one is known.

    """

    message: Message
    receipt: str
    attempts: int = 1
    interruptions: int = 0
    fault: str = ""


class TaskQueue(Protocol):
    """Tasks in some order, at least once each. All methods may raise StoreFaultError."""

    def send(self, messages: list[Message]) -> None:
        """Put messages in line, durably; any part of them may be there after a fault."""

    def receive(self) -> Task | None:
        """The next task, hidden from others for the time that its step may take."""

    def done(self, task: Task) -> None:
        """Never hand it out again; repeatable."""

    def release(self, task: Task, delay: float, fault: str, *, blame: bool) -> None:
        """Hand it out again after so many seconds.

        Args:
            task: As received.
            delay: In seconds.
            fault: The code of the contract that tells why.
            blame: Whether the attempt counts against the task.

        """


class LocalQueue(TaskQueue, Protocol):
    """What a queue on one machine can tell and do beside that."""

    def pending(self) -> int:
        """How many tasks are being worked on or could be now."""

    def overdue(self, margin: float) -> list[str]:
        """Owners whose lease ends within so many seconds: their task takes too long."""

    def abandon(self, owner: str, fault: str) -> int:
        """Hand out again what a worker had when it ended; returns how many tasks that were."""

    def recover(self) -> int:
        """Hand out again what all had when the machine or the server ended; not their fault."""
