"""What is done now and then: jobs that lost their message go on, those without a file have failed.

On one machine a queue can say what is in line; SQS cannot. A job that has not moved may be waiting
for its turn behind a million others, and to plan it anew would put all its pages in line a second
time. So jobs are planned anew only when nothing is in line at all.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from wenyun.jobs.ports import Ports
from wenyun.jobs.sweep import Sweep
from wenyun.stores.letters import Post

log = logging.getLogger(__name__)

STALLED_SECONDS = 2100.0
"""Longer than a message may be hidden by a process that ended: the queue's thirty minutes."""


@dataclass(frozen=True, slots=True)
class Sweeper:
    """Goes through the jobs; several at once do no harm.

    Args:
        ports: Where jobs live.
        post: Knows what is in line.
        clock: Seconds since 1970.

    """

    ports: Ports
    post: Post
    clock: Callable[[], float] = time.time

    def run(self) -> dict[str, int]:
        """All of it; raises StoreFaultError, and is then to be called again.

        Returns:
            What was found: messages in line.

        """
        now, sweep = self.clock(), Sweep(self.ports, clock=self.clock)
        waiting = self.post.waiting()
        sweep.fail_forgotten(now)
        if waiting == 0:
            sweep.restart_stalled(now, now - STALLED_SECONDS)
        return {"waiting": waiting}
