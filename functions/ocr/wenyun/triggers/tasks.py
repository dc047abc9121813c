"""Steps of jobs, each told by a letter of the queue."""

import logging
from dataclasses import dataclass, field, replace

from wenyun.deadline import Deadline
from wenyun.jobs.ending import clear, fail
from wenyun.jobs.runner import MOST_ATTEMPTS, Runner, given_up
from wenyun.jobs.steps import Steps
from wenyun.stores.letters import Letter, Post
from wenyun.stores.s3_blobs import job_of
from wenyun.stores.tasks import Message, Task, TaskQueue
from wenyun.triggers.events import Arrival

log = logging.getLogger(__name__)

MOST_INTERRUPTIONS = 50
LONGEST_DELAY = 900.0
"""Seconds: some ten hours of a service out of order, before a job is said to have failed."""

RECORD_SECONDS = 20.0
"""For so long a file may be there before its job is."""


@dataclass
class LetterTasks:
    """A `TaskQueue` around one letter: what becomes of the task becomes of the letter.

    `removed` tells the service to remove it.
    """

    tasks: TaskQueue
    had_all_the_time: bool
    removed: bool = field(default=False, init=False)

    def send(self, messages: list[Message]) -> None:
        """Put messages in line."""
        self.tasks.send(messages)

    def receive(self) -> Task | None:
        """None: tasks come as letters."""
        return None

    def done(self, task: Task) -> None:  # noqa: ARG002
        """The service removes the letter when the function has answered."""
        self.removed = True

    def release(self, task: Task, delay: float, fault: str, *, blame: bool) -> None:
        """It is in line anew; who began late is not to blame for having no time left."""
        fair = fault != "time_limit" or self.had_all_the_time
        self.tasks.release(task, delay, fault, blame=blame and fair)
        self.removed = True


@dataclass(frozen=True, slots=True)
class TaskDesk:
    """Sees steps of jobs through.

    Args:
        steps: Carries them out.
        post: What is done with letters.
        upload_bucket: Where files of jobs arrive.

    """

    steps: Steps
    post: Post
    upload_bucket: str

    def attend(self, letter: Letter, task: Task, deadline: Deadline, *, first: bool = True) -> bool:
        """See one step through.

        Args:
            letter: What told of it.
            task: What is to be done.
            deadline: When the function has to be done.
            first: Whether it had all the time that there is.

        Returns:
            Whether the letter is to be removed.

        Raises:
            StoreFaultError: Not even what befell it could be said.

        """
        ports = self.steps.ports
        tasks = LetterTasks(ports.tasks, first)
        runner = Runner(
            replace(self.steps, ports=replace(ports, tasks=tasks)),
            most_interruptions=MOST_INTERRUPTIONS,
            longest_delay=LONGEST_DELAY,
            given_up=lambda _: self.post.bury(letter),
        )
        runner.attend(task, deadline.left())
        return tasks.removed

    def arrived(
        self, letter: Letter, job_id: str, deadline: Deadline, *, first: bool = True
    ) -> bool:
        """The file of a job is there, so it is planned; as `attend`."""
        job = self.steps.ports.jobs.get(job_id)
        if job is None and letter.attempts < MOST_ATTEMPTS:
            self.post.hide(letter, RECORD_SECONDS)
            return False
        if job is None or job.ended:
            clear(self.steps.ports, job_id)
            return True
        if job.state == "running" and letter.attempts + letter.interruptions == 1:
            log.info("Job %s was told of twice, or its file was sent twice", job_id)
            return True
        task = Task(
            Message(job_id, "plan"),
            letter.receipt,
            letter.attempts,
            letter.interruptions,
            letter.fault,
        )
        return self.attend(letter, task, deadline, first=first)

    def put_off(self, task: Task) -> bool:
        """Have a step come again without blame whose job cannot even be looked up; as `attend`."""
        delay = min(LONGEST_DELAY, 2.0 ** min(task.interruptions, 20))
        self.steps.ports.tasks.release(task, delay, "internal", blame=False)
        return True

    def plan(self, job_id: str) -> None:
        """Have a job planned; for who was told by no letter."""
        self.steps.ports.tasks.send([Message(job_id, "plan")])

    def give_up(self, letter: Letter, message: Message) -> None:
        """Say that a job failed, as a step of it ended every process that began it."""
        error = given_up(message, letter.fault or "internal")
        log.error("Job %s: given up: %s", message.job_id, error)
        fail(self.steps.ports, message.job_id, error)

    def job_of(self, arrival: Arrival) -> str:
        """The job whose file an object is; empty where it is none."""
        return (job_of(arrival.key) or "") if arrival.bucket == self.upload_bucket else ""
