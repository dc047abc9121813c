"""One task after the other: what is tried again, how often, and what then is said."""

import logging
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wenyun.deadline import Deadline
from wenyun.errors import KINDS, WenyunError
from wenyun.jobs.ending import fail
from wenyun.jobs.steps import AGAIN, Steps
from wenyun.observe.facts import Facts, milliseconds, note, noted, tell
from wenyun.stores.blobs import BlobMissingError
from wenyun.stores.objects import ObjectTooLargeError, StoreFaultError
from wenyun.stores.tasks import Message, Step, Task

log = logging.getLogger(__name__)

STEP_SECONDS: Mapping[Step, float] = {"plan": 60.0, "page": 120.0, "assemble": 600.0}
"""What a step may take; a page at the accurate profile takes some ten seconds on a slow core."""

MOST_ATTEMPTS = 3
"""Attempts that may fail or end the process; then the job has failed."""

MOST_INTERRUPTIONS = 10
"""Attempts that stops and stores out of order may break off: a page that brings down the whole
machine must not do so for ever."""

LONGEST_DELAY = 60.0


@dataclass(frozen=True, slots=True)
class Runner:
    """Takes tasks from the queue and sees them through.

    Args:
        steps: Carries them out.
        most_attempts: Then a job has failed. A queue that puts aside what was handed out too often
            must do so later than this, or the job would not say why it failed.
        most_interruptions: As `MOST_INTERRUPTIONS`.
        longest_delay: Seconds before an attempt, at the most.
        given_up: Called with each task that is given up, before it is done.

    """

    steps: Steps
    most_attempts: int = MOST_ATTEMPTS
    most_interruptions: int = MOST_INTERRUPTIONS
    longest_delay: float = LONGEST_DELAY
    given_up: Callable[[Task], None] = lambda _: None

    def work(self) -> bool:
        """See one task through; False where there is none now."""
        task = self.steps.ports.tasks.receive()
        if task is None:
            return False
        self.attend(task)
        return True

    def attend(self, task: Task, seconds: float = math.inf) -> None:
        """Carry a task out, or say that it cannot be.

        Args:
            task: As it was handed out.
            seconds: That are left, where whoever runs this has less time than the step may take.

        Raises:
            StoreFaultError: Not even what befell it could be written down; the lease will end.

        """
        begun = time.monotonic()
        with noted() as facts:
            facts["code"] = "ok"
            try:
                self._attend(task, seconds)
            finally:
                _tell(task, facts, time.monotonic() - begun)

    def _attend(self, task: Task, seconds: float) -> None:
        if task.attempts > self.most_attempts or task.interruptions > self.most_interruptions:
            self._give_up(task, task.fault or "internal")
            return
        try:
            left = min(seconds, STEP_SECONDS[task.message.step])
            self.steps.run(task.message, Deadline.after(left))
        except StoreFaultError as error:
            note(code="store")
            log.error("%s waits: %s", _shown(task.message), error)
            self._release(task, "internal", task.interruptions, blame=False)
        except WenyunError as error:
            self._failed(task, error)
        except ObjectTooLargeError as error:
            self._failed(task, WenyunError("file_too_large", f"The file has {error.size:,} bytes."))
        except BlobMissingError as error:
            # A step that ran twice finds the tables cleared; the next attempt sees that.
            self._try_again(task, "internal", f"missing {error}")
        except Exception as error:
            log.exception("%s failed", _shown(task.message))
            self._try_again(task, "internal", repr(error))
        else:
            self.steps.ports.tasks.done(task)

    def _failed(self, task: Task, error: WenyunError) -> None:
        note(code=error.code)
        if error.code in AGAIN:
            self._try_again(task, error.code, error.message)
            return
        fail(self.steps.ports, task.message.job_id, error)
        self.steps.ports.tasks.done(task)

    def _try_again(self, task: Task, code: str, why: str) -> None:
        note(code=code)
        if task.attempts >= self.most_attempts:
            self._give_up(task, code)
            return
        log.warning("%s, attempt %d: %s", _shown(task.message), task.attempts, why)
        self._release(task, code, task.attempts - 1, blame=True)

    def _release(self, task: Task, code: str, before: int, *, blame: bool) -> None:
        delay = min(self.longest_delay, 2.0 ** min(before, 20))
        self.steps.ports.tasks.release(task, delay, code, blame=blame)

    def _give_up(self, task: Task, code: str) -> None:
        error = given_up(task.message, code if code in KINDS else "internal")
        note(code=error.code, given_up=True)
        log.error("%s: given up: %s", _shown(task.message), error)
        fail(self.steps.ports, task.message.job_id, error)
        self.given_up(task)
        self.steps.ports.tasks.done(task)


def _tell(task: Task, facts: Facts, seconds: float) -> None:
    """One line a task; what speaks of the file is no fault of ours."""
    message, code = task.message, facts["code"]
    known = {
        "job_id": message.job_id,
        "step": message.step,
        "page": message.page,
        "attempt": task.attempts,
        **facts,
        "task_ms": milliseconds(seconds),
        "task_faults": int(code in AGAIN or code == "store"),
    }
    shown = f"{_shown(message)}, attempt {task.attempts}: {code} {seconds:.3f} s"
    tell(log, "task", shown, known)


def given_up(message: Message, code: str) -> WenyunError:
    """What is said of a step that failed at every attempt."""
    what = {
        "plan": ("Opening the file", "打开文件"),
        "page": (f"Reading page {message.page}", f"识别第 {message.page} 页"),
        "assemble": ("Writing the results", "生成结果"),
    }[message.step]
    kind = KINDS[code]
    return WenyunError(
        code,
        f"{what[0]} failed at every attempt. {kind.message}",
        f"{what[1]}多次尝试均失败。{kind.message_zh}",
    )


def _shown(message: Message) -> str:
    return f"Job {message.job_id} {message.step} {message.page}"
