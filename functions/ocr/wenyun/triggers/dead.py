"""Letters that ended every process that began them: what they asked for is said to have failed.

The runner gives up before a queue does. So these are letters whose process ended even then, or
that came while no process could start. SQS brings them in a queue of their own, to this function.
When all is said, a copy goes to the queue where people look.
"""

import logging
from dataclasses import dataclass

from wenyun.errors import WenyunError
from wenyun.stores.letters import Letter, Post
from wenyun.stores.tasks import Message, Task
from wenyun.triggers.events import Arrival, UnknownEventError
from wenyun.triggers.inbox import Inbox
from wenyun.triggers.messages import contents
from wenyun.triggers.tasks import TaskDesk

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeadLetters:
    """Says of each what failed.

    Args:
        source: The ARN of the queue that brings them.
        inbox: Leaves error files.
        tasks: Knows jobs.
        post: Lays letters where people look.

    """

    source: str
    inbox: Inbox
    tasks: TaskDesk
    post: Post

    def owns(self, letter: Letter) -> bool:
        """Whether it was given up."""
        return bool(self.source) and letter.source == self.source

    def attend(self, letter: Letter, request_id: str) -> None:
        """Say what failed; repeatable.

        Raises:
            StoreFaultError: To be done again.

        """
        try:
            found = contents(letter)
        except UnknownEventError as error:
            log.error("Message %s is not understood: %s", letter.id, error)
        else:
            if isinstance(found, Task):
                self.tasks.give_up(letter, found.message)
            else:
                for arrival in found:
                    self._object(letter, arrival, request_id)
        self.post.bury(letter)

    def _object(self, letter: Letter, arrival: Arrival, request_id: str) -> None:
        if job_id := self.tasks.job_of(arrival):
            self.tasks.give_up(letter, Message(job_id, "plan"))
        else:
            self.inbox.refuse(arrival, WenyunError("internal"), request_id)
