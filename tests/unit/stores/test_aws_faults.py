"""What is made of it when AWS's services refuse, fail, are slow or are not there."""

import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest

from tests.awskit.clients import aws_at
from tests.awskit.scripted import NOTHING, Said, Scripted, json_error, scripted, xml_error
from tests.unit.stores.test_jobs import JOB
from wenyun.stores import aws, dynamo, sqs_tasks
from wenyun.stores.dynamo_jobs import DynamoJobs
from wenyun.stores.objects import StoreBusyError, StoreFaultError
from wenyun.stores.s3_blobs import S3Blobs
from wenyun.stores.sqs_tasks import SqsTasks
from wenyun.stores.tasks import Message, Task

URL = "http://127.0.0.1/000000000000/jobs"
CALLS: dict[str, Callable[[], Any]] = {
    "dynamodb": lambda: DynamoJobs("jobs").get("a1"),
    "dynamodb create": lambda: DynamoJobs("jobs").create(JOB),
    "dynamodb count": lambda: DynamoJobs("jobs").load(),
    "s3": lambda: S3Blobs("uploads", "results", 99).get("a1/upload"),
    "s3 put": lambda: S3Blobs("uploads", "results", 99).put("a1/pages/1", b"x"),
    "s3 delete": lambda: S3Blobs("uploads", "results", 99).delete("a1"),
    "sqs": lambda: SqsTasks(URL).send([Message("a1", "plan")]),
    "sqs receive": lambda: SqsTasks(URL).receive(),
}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits between attempts."""
    for module in ("botocore.endpoint", "wenyun.stores.dynamo", "wenyun.stores.sqs_tasks"):
        monkeypatch.setattr(f"{module}.time", SimpleNamespace(sleep=lambda _: None))


def asked(script: Scripted) -> AbstractContextManager[None]:
    return aws_at(script.url)


@pytest.fixture(params=CALLS)
def call(request: pytest.FixtureRequest) -> Callable[[], Any]:
    return CALLS[request.param]


def answer_to(call: Callable[[], Any], status: int, code: str) -> Said:
    is_s3 = any(call is CALLS[name] for name in CALLS if name.startswith("s3"))
    return xml_error(status, code) if is_s3 else json_error(status, code)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "ThrottlingException"),
        (400, "ProvisionedThroughputExceededException"),
        (400, "RequestThrottled"),
        (503, "SlowDown"),
        (500, "InternalError"),
        (502, ""),
    ],
)
def test_busy_after_some_attempts(call: Callable[[], Any], status: int, code: str) -> None:
    with scripted(answer_to(call, status, code)) as script, asked(script):
        with pytest.raises(StoreBusyError):
            call()
        assert 1 <= len(script.asked) <= aws.ATTEMPTS


@pytest.mark.parametrize(
    ("status", "code"),
    [(403, "AccessDenied"), (400, "AccessDeniedException"), (400, "ValidationException")],
)
def test_what_no_attempt_mends(call: Callable[[], Any], status: int, code: str) -> None:
    with scripted(answer_to(call, status, code)) as script, asked(script):
        with pytest.raises(StoreFaultError) as raised:
            call()
        assert not isinstance(raised.value, StoreBusyError)
        assert len(script.asked) == 1


def test_who_does_not_answer_is_busy(
    call: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aws, "USUAL_READ_SECONDS", 0.05)
    monkeypatch.setattr(aws, "READ_SECONDS", {})
    with scripted(NOTHING) as script, asked(script), pytest.raises(StoreBusyError):
        call()


def test_who_is_not_there_is_busy(call: Callable[[], Any]) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        away = Scripted([], url=f"http://127.0.0.1:{closed.getsockname()[1]}")
        with asked(away), pytest.raises(StoreBusyError):
            call()


def test_without_credentials_it_is_a_fault_and_not_busy(tmp_path: Path) -> None:
    env = {"AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true"}
    env |= {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    with (
        mock.patch.dict(os.environ, env, clear=True),
        mock.patch("boto3.DEFAULT_SESSION", None),
        pytest.raises(StoreFaultError, match="credentials") as raised,
    ):
        CALLS["dynamodb"]()
    assert not isinstance(raised.value, StoreBusyError)


def test_one_failure_is_mended_by_the_next_attempt() -> None:
    with scripted(json_error(500, "InternalServerError"), Said()) as script, asked(script):
        assert CALLS["dynamodb"]() is None
        assert len(script.asked) == 2


def test_no_request_waits_longer_than_a_request_may() -> None:
    """The gateway waits 29 seconds; a call and its attempts must end well before."""
    for service in ("dynamodb", "sqs"):
        config = aws.config(service)
        assert aws.ATTEMPTS * (config.connect_timeout + config.read_timeout) <= 20


# --- DynamoDB


def item_of(**more: Any) -> Said:
    from wenyun.stores.dynamo_items import job_item

    item = {
        name: {kind: _wire(value) for kind, value in one.items()}
        for name, one in job_item(JOB).items()
    }
    return Said(body=json.dumps({"Item": item} | more).encode())


def _wire(value: Any) -> str:
    import base64

    return base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)


def cancelled(*codes: str) -> Said:
    reasons = [{"Code": code} for code in codes]
    return json_error(400, "TransactionCanceledException", CancellationReasons=reasons)


@pytest.mark.parametrize("reason", ["TransactionConflict", "ThrottlingError"])
def test_a_page_that_met_another_is_counted_at_the_next_attempt(reason: str) -> None:
    met = cancelled(reason, "None")
    with scripted(item_of(), met, met, Said(), item_of()) as script, asked(script):
        assert DynamoJobs("jobs").page_done("a1", 1) == JOB
        assert len(script.asked) == 5


def test_too_many_at_once_is_busy() -> None:
    met = cancelled("TransactionConflict", "None")
    with scripted(item_of(), met) as script, asked(script):
        with pytest.raises(StoreBusyError, match="too many"):
            DynamoJobs("jobs").page_done("a1", 1)
        assert len(script.asked) == 1 + dynamo.CONFLICTS


def test_a_page_whose_job_ended_in_between_is_not_counted() -> None:
    ended = cancelled("ConditionalCheckFailed", "None")
    with scripted(item_of(), ended) as script, asked(script):
        assert DynamoJobs("jobs").page_done("a1", 1) is None


def test_a_page_that_is_counted_already_though_others_write() -> None:
    counted = cancelled("TransactionConflict", "ConditionalCheckFailed")
    with scripted(item_of(), counted, item_of()) as script, asked(script):
        assert DynamoJobs("jobs").page_done("a1", 1) == JOB


def test_a_change_that_meets_a_transaction_is_made_again() -> None:
    met = json_error(400, "TransactionConflictException")
    refused = json_error(400, "ConditionalCheckFailedException")
    with scripted(met, refused) as script, asked(script):
        assert DynamoJobs("jobs").begin("a1") is None
        assert len(script.asked) == 2


def test_a_job_that_is_forgotten_while_it_is_read() -> None:
    """Its options have an item of their own, and go after it."""
    found = json.loads(item_of().body)
    del found["Item"]["options"]
    with scripted(Said(body=json.dumps(found).encode()), Said()) as script, asked(script):
        assert DynamoJobs("jobs").get("a1") is None


def test_pages_in_several_answers() -> None:
    def some(*pages: int, **more: Any) -> Said:
        items = [{"sk": {"S": f"page#{page:08d}"}} for page in pages]
        return Said(body=json.dumps({"Items": items} | more).encode())

    key = {"pk": {"S": "a1"}, "sk": {"S": "page#00000002"}}
    with scripted(some(1, 2, LastEvaluatedKey=key), some(3)) as script, asked(script):
        assert DynamoJobs("jobs").pages_done("a1") == {1, 2, 3}
        assert script.said(1)["ExclusiveStartKey"] == key


def test_what_acceptance_asks_is_one_bounded_question() -> None:
    with scripted(Said(body=b'{"Count": 7}')) as script, asked(script):
        load = DynamoJobs("jobs").load()
    assert (load.jobs, load.bytes) == (56, 0)
    (question,) = (script.said(number) for number in range(len(script.asked)))
    assert (question["Select"], question["Limit"]) == ("COUNT", 2000)


# --- SQS


def taken(*failed: int, code: str = "InternalError", message: str = "") -> Said:
    entries = [
        {"Id": str(number), "Code": code, "Message": message, "SenderFault": False}
        for number in failed
    ]
    return Said(body=json.dumps({"Successful": [], "Failed": entries}).encode())


def pages(count: int) -> list[Message]:
    return [Message("a1", "page", number) for number in range(1, count + 1)]


def sent(script: Scripted) -> list[list[int]]:
    """The pages in each batch."""
    return [
        [json.loads(entry["MessageBody"])["page"] for entry in script.said(number)["Entries"]]
        for number in range(len(script.asked))
    ]


def test_messages_go_in_tens_and_in_the_group_of_their_job() -> None:
    with scripted(taken()) as script, asked(script):
        SqsTasks(URL).send(pages(23))
    assert [len(batch) for batch in sent(script)] == [10, 10, 3]
    assert {entry["MessageGroupId"] for entry in script.said(0)["Entries"]} == {"a1"}


def test_only_what_was_not_taken_is_sent_again() -> None:
    with scripted(taken(1, 3), taken(0), taken()) as script, asked(script):
        SqsTasks(URL).send(pages(4))
    assert sent(script) == [[1, 2, 3, 4], [2, 4], [2]]


def test_what_is_never_taken_is_a_fault() -> None:
    with scripted(taken(0)) as script, asked(script):
        with pytest.raises(StoreBusyError, match="1 messages"):
            SqsTasks(URL).send(pages(2))
        assert len(script.asked) == sqs_tasks.ROUNDS


@pytest.mark.parametrize(
    "refusal",
    [
        taken(0, code="InvalidParameterValue", message="MessageGroupId is not supported"),
        json_error(400, "InvalidParameterValue", message="MessageGroupId: only for FIFO queues"),
    ],
)
def test_where_groups_are_unknown_there_are_none(refusal: Said) -> None:
    with scripted(refusal, taken()) as script, asked(script):
        tasks = SqsTasks(URL)
        tasks.send(pages(1))
        tasks.send(pages(1))
    assert len(script.asked) == 3
    assert ["MessageGroupId" in script.said(number)["Entries"][0] for number in range(3)] == [
        *(True, False, False)
    ]


def test_released_it_is_sent_before_it_is_removed() -> None:
    task = Task(Message("a1", "page", 7), "receipt", attempts=2, interruptions=1)
    with scripted(taken(), Said()) as script, asked(script):
        SqsTasks(URL).release(task, 2.4, "time_limit", blame=True)
    (entry,) = script.said(0)["Entries"]
    assert entry["DelaySeconds"] == 2
    again = sqs_tasks.task_of(entry["MessageBody"], "other", 1)
    assert again == Task(Message("a1", "page", 7), "other", 3, 1, "time_limit")
    assert script.said(1)["ReceiptHandle"] == "receipt"


def test_what_broke_it_off_counts_apart() -> None:
    task = Task(Message("a1", "plan"), "receipt", attempts=1)
    with scripted(taken(), Said()) as script, asked(script):
        SqsTasks(URL).release(task, 10_000, "internal", blame=False)
    (entry,) = script.said(0)["Entries"]
    assert entry["DelaySeconds"] == sqs_tasks.LONGEST_DELAY
    again = sqs_tasks.task_of(entry["MessageBody"], "other", 1)
    assert again == Task(Message("a1", "plan"), "other", 1, 1, "internal")


def test_a_release_that_cannot_be_sent_removes_nothing() -> None:
    with scripted(taken(0)) as script, asked(script):
        with pytest.raises(StoreBusyError):
            SqsTasks(URL).release(Task(Message("a1", "plan"), "r"), 1, "", blame=True)
        assert all("Entries" in script.said(number) for number in range(len(script.asked)))


@pytest.mark.parametrize(
    "body",
    [
        "", "null", "[]", "7", "{", '{"Records": []}', '{"job": "a1"}',
        '{"job": 7, "step": "plan"}',
        '{"job": "../x", "step": "plan"}', '{"job": "a1", "step": "cook"}',
        '{"job": "a1", "step": []}', '{"job": "a1", "step": "page", "page": -1}',
        '{"job": "a1", "step": "page", "page": "x"}', '{"job": "A1", "step": "plan"}',
    ],
)  # fmt: skip
def test_messages_that_are_none_of_ours(body: str) -> None:
    assert sqs_tasks.task_of(body, "r", 1) is None


# --- S3


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "upload"
    path.write_bytes(b"x")
    yield path
    assert not path.exists()


def test_another_was_first(file: Path) -> None:
    with scripted(xml_error(412, "PreconditionFailed")) as script, asked(script):
        assert S3Blobs("uploads", "results", 99).put_file("a1/upload", file) is False


def test_another_at_the_same_time_is_busy(file: Path) -> None:
    busy = pytest.raises(StoreBusyError)
    with scripted(xml_error(409, "ConditionalRequestConflict")) as script, asked(script), busy:
        S3Blobs("uploads", "results", 99).put_file("a1/upload", file)


def listing(*keys: str, token: str = "") -> Said:
    contents = "".join(f"<Contents><Key>{key}</Key></Contents>" for key in keys)
    more = f"<IsTruncated>true</IsTruncated><NextContinuationToken>{token}</NextContinuationToken>"
    text = f"<ListBucketResult>{contents}{more if token else ''}</ListBucketResult>"
    return Said(body=text.encode())


def test_all_parts_of_a_listing_are_removed_and_nothing_of_others() -> None:
    gone = Said(body=b"<DeleteResult></DeleteResult>")
    first = listing("jobs/a1/pages/1", "jobs/a1/pages/1.json", "jobs/a1/pagesx/1", token="t")
    with scripted(first, gone, listing("jobs/a1/pages/2"), gone) as script, asked(script):
        S3Blobs("uploads", "results", 99).delete("a1/pages")
    assert [text.count(b"<Key>") for text in script.asked] == [0, 1, 0, 1]
    assert b"<Key>jobs/a1/pages/1</Key>" in script.asked[1]


def test_what_cannot_be_removed_is_a_fault() -> None:
    left = b"<DeleteResult><Error><Key>k</Key><Code>AccessDenied</Code></Error></DeleteResult>"
    denied = pytest.raises(StoreFaultError, match="AccessDenied")
    with scripted(Said(body=left)) as script, asked(script), denied:
        S3Blobs("uploads", "results", 99).delete("a1/upload")


@pytest.mark.parametrize("key", ["", "..", "../x", "a/../b", "/a", "a/", "A", "a.json", "a b"])
def test_odd_keys_reach_no_object(key: str) -> None:
    blobs = S3Blobs("uploads", "results", 99)
    for work in (blobs.get, blobs.has, blobs.delete, lambda one: blobs.put(one, b"")):
        with pytest.raises(ValueError, match="not a key"):
            work(key)


def test_bytes_that_end_too_soon_are_busy() -> None:
    short = Said(body=b"x", headers={"Content-Length": "5"})
    with scripted(short) as script, asked(script), pytest.raises(StoreFaultError):
        S3Blobs("uploads", "results", 99).get("a1/pages/1")


@pytest.mark.parametrize("variable", ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"])
def test_an_endpoint_that_is_named_is_asked_by_paths(
    monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    """A store that speaks S3 need not have a name a bucket."""
    for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "cn-north-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    usual = aws.Client("s3")().generate_presigned_url("get_object", {"Bucket": "pages", "Key": "k"})
    assert usual.startswith("https://pages.s3.cn-north-1.amazonaws.com.cn/k?X-Amz-Algorithm=")
    monkeypatch.setenv(variable, "http://store.internal:9000")
    named = aws.Client("s3")().generate_presigned_url("get_object", {"Bucket": "pages", "Key": "k"})
    assert named.startswith("http://store.internal:9000/pages/k?X-Amz-Algorithm=")
