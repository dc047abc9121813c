"""Every object of one invocation, one after the other, within its time."""

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from wenyun.deadline import Deadline
from wenyun.errors import WenyunError
from wenyun.observe.facts import Facts, mark, milliseconds, note, noted, tell
from wenyun.stores.objects import StoreFaultError
from wenyun.triggers.events import Arrival, Event, UnknownEventError, arrivals, message_arrivals
from wenyun.triggers.picture import PictureTrigger

log = logging.getLogger(__name__)


class TryAgainError(Exception):
    """Some objects of the event could not be read now; the message names each and why."""


@dataclass(slots=True)
class Batch:
    """One invocation's work.

    Args:
        trigger: What reads an object.
        deadline: When the results must have been written.
        request_id: The id that stands in the results.

    """

    trigger: PictureTrigger
    deadline: Deadline
    request_id: str
    _begun: bool = field(default=False, init=False)

    def objects(self, event: Event) -> None:
        """Read the objects of an S3 event.

        Raises:
            TryAgainError: Some are to be tried again, which Lambda does when this is raised.

        """
        if faults := self._faults(arrivals(event)):
            raise TryAgainError("; ".join(faults))

    def messages(self, event: Event) -> dict[str, list[dict[str, str]]]:
        """Read the objects of an SQS event; the answer names the messages to be sent again."""
        failed = [message for message in event["Records"] if self._message_faults(message)]
        return {"batchItemFailures": [{"itemIdentifier": one["messageId"]} for one in failed]}

    def _message_faults(self, message: Event) -> list[str]:
        try:
            return self._faults(message_arrivals(message))
        except UnknownEventError as error:
            log.error("Message %s: %s", message.get("messageId"), error)
            return [str(error)]

    def _faults(self, found: Iterable[Arrival]) -> list[str]:
        """Why objects could not be read now; empty where all are done."""
        return [fault for fault in map(self._fault, found) if fault]

    def _fault(self, arrival: Arrival) -> str | None:
        begun = time.monotonic()
        with noted() as facts:
            facts["code"] = "ok"
            fault = self._attend(arrival)
        _tell(arrival, facts, self.request_id, time.monotonic() - begun, again=bool(fault))
        return fault

    def _attend(self, arrival: Arrival) -> str | None:
        had_all_the_time = not self._begun
        self._begun = True
        try:
            self.deadline.check()
            self.trigger.read(arrival, self.deadline, self.request_id)
        except WenyunError as error:
            note(code=error.code)
            if error.code == "time_limit" and had_all_the_time:
                # Another attempt would have no more time than this one had.
                return self._refused(arrival, error)
            return _logged(arrival, error)
        except StoreFaultError as error:
            note(code="store")
            return _logged(arrival, error)
        except Exception as error:
            note(code="internal")
            log.exception("A fault of ours at %s", arrival.shown)
            return self._refused(arrival, WenyunError("internal")) or repr(error)
        return None

    def _refused(self, arrival: Arrival, error: WenyunError) -> str | None:
        try:
            self.trigger.refuse(arrival, error, self.request_id)
        except StoreFaultError as fault:
            return _logged(arrival, fault)
        return None


def _tell(arrival: Arrival, facts: Facts, request_id: str, seconds: float, *, again: bool) -> None:
    """One line an object."""
    code = facts["code"]
    known = {
        "request_id": request_id,
        "object": mark(arrival.bucket, arrival.key),
        "again": again,
        **facts,
        "task_ms": milliseconds(seconds),
        "task_faults": int(again or code == "internal"),
    }
    tell(log, "object", f"{arrival.shown}: {code} {seconds:.3f} s", known)


def _logged(arrival: Arrival, error: Exception) -> str:
    fault = f"{arrival.shown}: {error}"
    log.error("To be tried again: %s", fault)
    return fault
