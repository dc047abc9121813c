"""What stands in a letter of the queue: objects that arrived, or a step of a job."""

import json

from wenyun.stores.letters import Letter
from wenyun.stores.sqs_tasks import task_of
from wenyun.stores.tasks import Task
from wenyun.triggers.events import Arrival, UnknownEventError, arrivals


def contents(letter: Letter) -> Task | list[Arrival]:
    """The step, or the objects; no objects are in S3's test event.

    Raises:
        UnknownEventError: It is neither.

    """
    try:
        body = json.loads(letter.body)
    except ValueError as error:
        raise UnknownEventError("The message's body is not JSON.") from error
    return _task(letter) if isinstance(body, dict) and "job" in body else arrivals(body)


def _task(letter: Letter) -> Task:
    task = task_of(letter.body, letter.receipt, letter.deliveries)
    if task is None:
        raise UnknownEventError("The message's body is no step of a job.")
    return task
