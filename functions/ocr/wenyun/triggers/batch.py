"""Everything that one invocation is told, one after the other, within its time."""

import logging
from dataclasses import dataclass, field, replace

from wenyun.deadline import Deadline
from wenyun.errors import WenyunError
from wenyun.jobs.runner import MOST_ATTEMPTS
from wenyun.stores.letters import Letter, Post, read_letter
from wenyun.stores.objects import StoreFaultError
from wenyun.stores.tasks import Task
from wenyun.triggers.dead import DeadLetters
from wenyun.triggers.events import Arrival, Event, UnknownEventError, arrivals
from wenyun.triggers.inbox import Inbox
from wenyun.triggers.messages import contents
from wenyun.triggers.tasks import LONGEST_DELAY, MOST_INTERRUPTIONS, TaskDesk

log = logging.getLogger(__name__)

HIDDEN_MARGIN = 10.0
"""Seconds after the end of an invocation until a letter comes again whose process ended."""


class TryAgainError(Exception):
    """Some objects of the event could not be read now; the message names each and why."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Who attends to what.

    Args:
        inbox: To objects of the inbox.
        tasks: To steps of jobs; None where there are no jobs.
        post: What can be done with letters; None where the queue is not ours to use.
        dead: To letters that were given up; None where no queue brings any.

    """

    inbox: Inbox
    tasks: TaskDesk | None = None
    post: Post | None = None
    dead: DeadLetters | None = None


@dataclass(slots=True)
class Batch:
    """One invocation's work.

    Args:
        desk: Who does it.
        deadline: When the results must have been written.
        request_id: The id that stands in the results.

    """

    desk: Desk
    deadline: Deadline
    request_id: str
    _first: bool = field(default=True, init=False)

    def objects(self, event: Event) -> None:
        """Attend to the objects of an S3 event that came without a queue.

        Raises:
            TryAgainError: Some are to be tried again, which Lambda does when this is raised.

        """
        if faults := [fault for fault in map(self._object_fault, arrivals(event)) if fault]:
            raise TryAgainError("; ".join(faults))

    def messages(self, event: Event) -> dict[str, list[dict[str, str]]]:
        """Attend to the messages of an SQS event; the answer names those to be sent again."""
        letters = [read_letter(record) for record in event["Records"]]
        kept = [letter for letter in letters if not self._removed(letter)]
        return {"batchItemFailures": [{"itemIdentifier": letter.id} for letter in kept]}

    def _object_fault(self, arrival: Arrival) -> str | None:
        """Why an object could not be read now."""
        first, self._first = self._first, False
        try:
            self.deadline.check()
            if self.desk.tasks and (job_id := self.desk.tasks.job_of(arrival)):
                self.desk.tasks.plan(job_id)
            else:
                self.desk.inbox.read(arrival, self.deadline, self.request_id)
        except (WenyunError, StoreFaultError) as error:
            if isinstance(error, WenyunError) and error.code == "time_limit" and first:
                # Another attempt would have no more time than this one had.
                return self._refusal_fault(arrival, error)
            return _logged(arrival, error)
        except Exception as error:
            log.exception("A fault of ours at %s", arrival.shown)
            return self._refusal_fault(arrival, WenyunError("internal")) or repr(error)
        return None

    def _refusal_fault(self, arrival: Arrival, error: WenyunError) -> str | None:
        try:
            self.desk.inbox.refuse(arrival, error, self.request_id)
        except StoreFaultError as fault:
            return _logged(arrival, fault)
        return None

    def _removed(self, letter: Letter) -> bool:
        """Attend to a letter; whether it may be removed from the queue."""
        try:
            if self.desk.dead and self.desk.dead.owns(letter):
                self.desk.dead.attend(letter, self.request_id)
                return True
            return self._attended(letter)
        except StoreFaultError as error:
            log.error("Message %s comes again: %s", letter.id, error)
        except Exception:
            log.exception("A fault of ours at message %s", letter.id)
        return False

    def _attended(self, letter: Letter) -> bool:
        try:
            found = contents(letter)
        except UnknownEventError as error:
            return self._unknown(letter, error)
        if not found:
            return True
        try:
            self.deadline.check()
        except WenyunError:
            return self._later(letter, "time_limit")
        self._hide(letter)
        first, self._first = self._first, False
        try:
            if isinstance(found, Task):
                return self._step(letter, found, first)
            # All are attended to, whatever befalls the first.
            removed = [self._object(letter, arrival, first) for arrival in found]
        except StoreFaultError as error:
            log.error("Message %s is put off: %s", letter.id, error)
            if isinstance(found, Task) and self.desk.tasks:
                return self.desk.tasks.put_off(found)
            return self._later(letter, "internal")
        return all(removed)

    def _step(self, letter: Letter, task: Task, first: bool) -> bool:
        if not self.desk.tasks:
            log.error("Message %s is a step of a job, and there are no jobs here", letter.id)
            return False
        return self.desk.tasks.attend(letter, task, self.deadline, first=first)

    def _object(self, letter: Letter, arrival: Arrival, first: bool) -> bool:
        tasks = self.desk.tasks
        if tasks and (job_id := tasks.job_of(arrival)):
            return tasks.arrived(letter, job_id, self.deadline, first=first)
        if letter.attempts > MOST_ATTEMPTS or letter.interruptions > MOST_INTERRUPTIONS:
            return self._given_up(letter, arrival, WenyunError("internal"))
        begun = letter.attempts + letter.interruptions
        try:
            self.desk.inbox.read(arrival, self.deadline, self.request_id, begun)
        except StoreFaultError as error:
            _logged(arrival, error)
            return self._later(letter, "internal")
        except WenyunError as error:
            _logged(arrival, error)
            if error.code == "time_limit" and not first:
                return self._later(letter, error.code)
            if error.code == "time_limit":
                # Another attempt would have no more time than this one had.
                self.desk.inbox.refuse(arrival, error, self.request_id)
                return True
            return self._failed(letter, arrival, error)
        except Exception:
            log.exception("A fault of ours at %s", arrival.shown)
            return self._failed(letter, arrival, WenyunError("internal"))
        return True

    def _failed(self, letter: Letter, arrival: Arrival, error: WenyunError) -> bool:
        if letter.attempts >= MOST_ATTEMPTS:
            return self._given_up(letter, arrival, error)
        if self.desk.post:
            self.desk.post.hide(letter, 2.0**letter.attempts)
        return False

    def _given_up(self, letter: Letter, arrival: Arrival, error: WenyunError) -> bool:
        self.desk.inbox.refuse(arrival, error, self.request_id)
        if self.desk.post:
            self.desk.post.bury(letter)
        return True

    def _later(self, letter: Letter, fault: str) -> bool:
        """Have it come again without blame; the queue counts where nothing else can."""
        if not self.desk.post:
            return False
        delay = min(LONGEST_DELAY, 2.0 ** min(letter.interruptions, 20))
        told = replace(letter, fault=fault)
        self.desk.post.again(told, 0.0 if fault == "time_limit" else delay)
        return True

    def _unknown(self, letter: Letter, error: UnknownEventError) -> bool:
        """Another attempt would understand no more, so it goes at once where people look."""
        log.error("Message %s is not understood: %s", letter.id, error)
        if not self.desk.post:
            return False
        self.desk.post.bury(letter)
        return True

    def _hide(self, letter: Letter) -> None:
        """If this process ends, the letter comes again soon after, and not after six times that."""
        if not self.desk.post:
            return
        try:
            self.desk.post.hide(letter, self.deadline.left() + HIDDEN_MARGIN)
        except StoreFaultError as error:
            log.warning("Message %s: %s", letter.id, error)


def _logged(arrival: Arrival, error: Exception) -> str:
    fault = f"{arrival.shown}: {error}"
    log.error("To be tried again: %s", fault)
    return fault
