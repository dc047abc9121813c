"""Messages as Lambda hands them out, and what stands in them."""

import json
from typing import Any

import pytest

from tests.awskit.corpus import JOB, load_event
from tests.awskit.object_events import notification_event, s3_event, sqs_event
from wenyun.stores.letters import Letter, read_letter
from wenyun.stores.register import STAMP_LENGTH, stamp_of
from wenyun.stores.tasks import Message, Task
from wenyun.triggers.events import Arrival, UnknownEventError
from wenyun.triggers.messages import contents


def letter(body: object, **more: Any) -> Letter:
    (record,) = sqs_event(body)["Records"]
    return read_letter(record | more)


def told(**attributes: str) -> dict[str, Any]:
    return {
        name: {"stringValue": value, "dataType": "String"} for name, value in attributes.items()
    }


def test_what_lambda_says_of_a_message() -> None:
    found = letter("x", attributes={"ApproximateReceiveCount": "3"})
    assert (found.id, found.body, found.deliveries, found.attempts) == ("m-0", "x", 3, 3)
    assert found.source.endswith(":wenyun-inbox")


def test_what_was_sent_anew_brings_its_attempts() -> None:
    attributes = told(attempts="2", interruptions="5", fault="busy")
    found = letter("x", messageAttributes=attributes)
    assert (found.attempts, found.interruptions, found.fault) == (3, 5, "busy")


@pytest.mark.parametrize("odd", [{"attempts": "-1"}, {"attempts": "x"}, {"attempts": "２"}, {}])
def test_attributes_of_others_are_nothing(odd: dict[str, str]) -> None:
    assert letter("x", messageAttributes=told(**odd)).attempts == 1
    assert letter("x", messageAttributes=None, attributes=None).attempts == 1
    assert letter("x", messageAttributes={"attempts": "7"}).attempts == 1


def test_objects_in_a_letter() -> None:
    (found,) = contents(letter(s3_event("inbox/a", bucket="in")))  # type: ignore[misc]
    assert isinstance(found, Arrival)
    assert (found.bucket, found.key) == ("in", "inbox/a")
    assert contents(letter(notification_event())) == []


def test_steps_in_letters() -> None:
    records = load_event("job_steps_in_sqs")["Records"]
    found = [contents(read_letter(record)) for record in records]
    assert all(isinstance(task, Task) for task in found)
    assert [task.message for task in found if isinstance(task, Task)] == [
        Message(JOB, "plan"),
        Message(JOB, "page", 7),
        Message(JOB, "assemble"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "nonsense",
        "[]",
        "{}",
        '{"Records": []}',
        "null",
        "7",
        json.dumps({"job": "../x", "step": "plan"}),
        json.dumps({"job": JOB, "step": "eat"}),
        json.dumps({"job": JOB, "step": "page", "page": -1}),
        json.dumps({"job": JOB, "step": "page", "page": "one"}),
        json.dumps({"job": 7, "step": "plan"}),
    ],
)
def test_what_is_neither(body: str) -> None:
    with pytest.raises(UnknownEventError):
        contents(letter(body))


def test_stamps_stand_in_the_order_of_their_sequencers() -> None:
    """The shorter one is filled up with zeros on the right; letters may be small or large."""
    later = ["0055AED6DCD9", "0055aed6dcd90281e5", "0055AED6DCD90281E6", "0055B", "01"]
    stamps = [stamp_of(sequencer) for sequencer in later]
    assert stamps == sorted(stamps)
    assert {len(stamp) for stamp in stamps} == {STAMP_LENGTH}
    assert stamp_of("") == stamp_of("  ") == ""
    assert stamp_of(stamps[0]) == stamps[0]
    assert stamp_of("00AB") == stamp_of("00ab00")
