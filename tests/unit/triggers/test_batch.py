import json
from typing import TYPE_CHECKING

import pytest

from tests.awskit.object_events import notification_event, s3_event, sqs_event
from wenyun.deadline import Deadline
from wenyun.errors import WenyunError
from wenyun.observe.facts import mark
from wenyun.stores.objects import StoreFaultError
from wenyun.triggers.batch import Batch, TryAgainError
from wenyun.triggers.batch import Desk as Attendants

if TYPE_CHECKING:
    from tests.unit.triggers.conftest import Desk


def batch(desk: "Desk", deadline: Deadline | None = None) -> Batch:
    return Batch(Attendants(desk.inbox), deadline or Deadline(), "id-1")


def again(answer: dict[str, list[dict[str, str]]]) -> list[str]:
    return [item["itemIdentifier"] for item in answer["batchItemFailures"]]


def events(*keys: str) -> list[dict[str, object]]:
    return [s3_event(key, bucket="in") for key in keys]


def code(desk: "Desk", key: str) -> str:
    found: str = json.loads(desk.store.objects["out", key].data)["error"]["code"]
    return found


def test_only_faults_of_the_store_come_again(desk: "Desk") -> None:
    for key, data in (("inbox/good", b"text"), ("inbox/bad", b"bad"), ("inbox/slow", b"text")):
        desk.upload(key, data)
    desk.reader.faults[b"bad"] = WenyunError("corrupt_image")
    desk.store.faults["inbox/slow"] = StoreFaultError("slow down")
    found = batch(desk).messages(sqs_event(*events("inbox/bad", "inbox/slow", "inbox/good")))
    assert again(found) == ["m-1"]
    assert desk.results() == ["bad.error.json", "good.json", "good.txt"]


def test_message_comes_again_where_one_of_its_objects_must(desk: "Desk") -> None:
    desk.upload("inbox/a")
    desk.store.faults["inbox/b"] = StoreFaultError("slow down")
    found = batch(desk).messages(sqs_event(s3_event("inbox/a", "inbox/b", bucket="in")))
    assert again(found) == ["m-0"]
    assert desk.results() == ["a.json", "a.txt"]


def test_message_of_another_kind_goes_to_the_dead_letters(
    desk: "Desk", caplog: pytest.LogCaptureFixture
) -> None:
    desk.upload("inbox/a")
    assert again(batch(desk).messages(sqs_event("hello", *events("inbox/a")))) == ["m-0"]
    assert "m-0" in caplog.text
    assert desk.results() == ["a.json", "a.txt"]


def test_test_event_is_done(desk: "Desk") -> None:
    batch(desk).objects(notification_event())
    assert batch(desk).messages(sqs_event(notification_event())) == {"batchItemFailures": []}


def test_direct_event_raises_after_all_objects(desk: "Desk") -> None:
    desk.upload("inbox/b")
    desk.store.faults["inbox/a"] = StoreFaultError("slow down")
    with pytest.raises(TryAgainError, match=f"object {mark('in', 'inbox/a')}: slow down"):
        batch(desk).objects(s3_event("inbox/a", "inbox/b", bucket="in"))
    assert desk.results() == ["b.json", "b.txt"]


def test_out_of_time_before_its_turn_comes_again(desk: "Desk") -> None:
    desk.upload("inbox/a")
    desk.upload("inbox/b", b"late")
    desk.reader.faults[b"late"] = WenyunError("time_limit")
    assert again(batch(desk).messages(sqs_event(*events("inbox/a", "inbox/b")))) == ["m-1"]
    assert desk.results() == ["a.json", "a.txt"]


def test_out_of_time_with_all_the_time_there_is_is_final(desk: "Desk") -> None:
    desk.upload("inbox/a")
    desk.reader.faults[b"text"] = WenyunError("time_limit")
    assert again(batch(desk).messages(sqs_event(*events("inbox/a")))) == []
    assert code(desk, "a.error.json") == "time_limit"


def test_nothing_is_begun_after_the_deadline(desk: "Desk") -> None:
    for key in ("inbox/a", "inbox/b"):
        desk.upload(key)
    late = batch(desk, Deadline(at=0.0))
    assert again(late.messages(sqs_event(*events("inbox/a", "inbox/b")))) == ["m-0", "m-1"]
    assert desk.reader.asked == []
    assert desk.results() == []


def test_fault_of_ours_comes_again_and_leaves_a_file_at_last(
    desk: "Desk", caplog: pytest.LogCaptureFixture
) -> None:
    desk.upload("inbox/a", b"boom")
    desk.upload("inbox/b")
    desk.reader.faults[b"boom"] = ZeroDivisionError("boom")
    event = sqs_event(*events("inbox/a", "inbox/b"))
    assert again(batch(desk).messages(event)) == ["m-0"]
    assert desk.results() == ["b.json", "b.txt"]
    assert "ZeroDivisionError" in caplog.text
    event["Records"][0]["attributes"]["ApproximateReceiveCount"] = "3"
    assert again(batch(desk).messages(event)) == []
    assert desk.results() == ["a.error.json", "b.json", "b.txt"]
    assert code(desk, "a.error.json") == "internal"


def test_what_ended_three_processes_is_not_begun_again(desk: "Desk") -> None:
    desk.upload("inbox/a")
    event = sqs_event(*events("inbox/a"))
    event["Records"][0]["attributes"]["ApproximateReceiveCount"] = "4"
    assert again(batch(desk).messages(event)) == []
    assert desk.results() == ["a.error.json"]
    assert desk.reader.asked == []


def test_error_file_that_cannot_be_written_comes_again(desk: "Desk") -> None:
    desk.upload("inbox/a")
    desk.reader.faults[b"text"] = WenyunError("time_limit")
    desk.store.faults["a.error.json"] = StoreFaultError("slow down")
    assert again(batch(desk).messages(sqs_event(*events("inbox/a")))) == ["m-0"]


def test_what_comes_again_and_is_read_leaves_no_error_behind(desk: "Desk") -> None:
    desk.upload("inbox/a")
    desk.reader.faults[b"text"] = ZeroDivisionError("boom")
    batch(desk).messages(sqs_event(*events("inbox/a")))
    desk.reader.faults.clear()
    batch(desk).messages(sqs_event(*events("inbox/a")))
    assert desk.results() == ["a.json", "a.txt"]
