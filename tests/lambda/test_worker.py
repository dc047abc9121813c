"""Objects that arrive, through Lambda's runtime: S3 events, alone and in messages, to results."""

import hashlib
from typing import Any

from tests.awskit.buckets import UPLOADS, Buckets
from tests.awskit.corpus import event_picture, load_event
from tests.awskit.functions import Function
from tests.awskit.object_events import s3_event, sqs_event
from wenyun.observe.facts import mark

PICTURE = event_picture()
DIGEST = hashlib.sha256(PICTURE).hexdigest()
CHINESE = "收据/hello 1+1.png"


def answer(function: Function, event: Any) -> Any:
    outcome = function.invoke(event)
    assert outcome.kind == "response", outcome.value
    return outcome.value


def test_put_leaves_json_and_text(worker: Function, buckets: Buckets) -> None:
    buckets.upload(f"inbox/{CHINESE}", PICTURE)
    assert answer(worker, load_event("s3_put")) is None
    assert buckets.results() == [f"{CHINESE}.json", f"{CHINESE}.txt"]
    result = buckets.result(f"{CHINESE}.json")
    assert (result["success"], result["text"][0]["text"]) == (True, DIGEST)
    assert result["request_id"]
    assert buckets.result(f"{CHINESE}.txt") == DIGEST + "\n"


def test_multipart_upload_with_upper_case_ending(worker: Function, buckets: Buckets) -> None:
    buckets.upload("inbox/big.PNG", PICTURE)
    answer(worker, load_event("s3_multipart_complete"))
    assert buckets.results() == ["big.PNG.json", "big.PNG.txt"]


def test_the_same_event_twice_changes_nothing(worker: Function, buckets: Buckets) -> None:
    buckets.upload("inbox/a/b.png", PICTURE)
    for _ in range(2):
        answer(worker, s3_event("inbox/a/b.png"))
        assert buckets.results() == ["a/b.png.json", "a/b.png.txt"]


def test_options_come_from_metadata(worker: Function, buckets: Buckets) -> None:
    buckets.upload("inbox/a.png", PICTURE, lang="en", profile="fast", **{"s3cmd-attrs": "mode:1"})
    answer(worker, s3_event("inbox/a.png"))
    result = buckets.result("a.png.json")
    assert (result["lang"], result["profile"]) == ("en", "fast")


def test_bad_value_of_a_known_option_is_an_error_file(worker: Function, buckets: Buckets) -> None:
    buckets.upload("inbox/a.png", PICTURE, lang="klingon")
    answer(worker, s3_event("inbox/a.png"))
    assert buckets.results() == ["a.png.error.json"]
    failure = buckets.result("a.png.error.json")
    assert failure["success"] is False
    assert failure["error"]["code"] == "invalid_option"
    assert failure["error"]["field"] == "lang"
    assert failure["error"]["message_zh"]


def test_errors_of_the_file_itself(worker: Function, buckets: Buckets) -> None:
    cases = {
        "bad.png": (b"no picture", "unsupported_image"),
        "empty.png": (b"", "empty_file"),
        "large.png": (b"x" * 5001, "file_too_large"),
    }
    for name, (data, _) in cases.items():
        buckets.upload(f"inbox/{name}", data)
    answer(worker, s3_event(*(f"inbox/{name}" for name in cases)))
    assert buckets.results() == sorted(f"{name}.error.json" for name in cases)
    for name, (_, code) in cases.items():
        assert buckets.result(f"{name}.error.json")["error"]["code"] == code


def test_folders_and_keys_elsewhere_are_passed_over(worker: Function, buckets: Buckets) -> None:
    for key in ("inbox/folder/", "elsewhere/a.png", "inboxes.png"):
        buckets.upload(key, b"" if key.endswith("/") else PICTURE)
        answer(worker, s3_event(key))
    assert buckets.results() == []


def test_object_that_is_gone_is_no_failure(worker: Function, buckets: Buckets) -> None:
    assert answer(worker, s3_event("inbox/gone.png")) is None
    assert answer(worker, sqs_event(s3_event("inbox/gone.png"))) == {"batchItemFailures": []}
    assert buckets.results() == []


def test_message_with_an_s3_event(worker: Function, buckets: Buckets) -> None:
    buckets.upload(f"inbox/{CHINESE}", PICTURE)
    assert answer(worker, load_event("s3_in_sqs")) == {"batchItemFailures": []}
    assert buckets.results() == [f"{CHINESE}.json", f"{CHINESE}.txt"]


def test_batch_reads_what_it_can(worker: Function, buckets: Buckets) -> None:
    buckets.upload(f"inbox/{CHINESE}", PICTURE)
    buckets.upload("inbox/big.PNG", b"no picture")
    buckets.upload("inbox/empty.png", b"")
    assert answer(worker, load_event("sqs_batch")) == {"batchItemFailures": []}
    assert buckets.results() == sorted(
        ["big.PNG.error.json", "empty.png.error.json", f"{CHINESE}.json", f"{CHINESE}.txt"]
    )


def test_only_messages_with_store_faults_come_again(worker: Function, buckets: Buckets) -> None:
    buckets.upload("inbox/a.png", PICTURE)
    no_bucket = s3_event("inbox/a.png", bucket="no-such-bucket-anywhere")
    found = answer(worker, sqs_event(s3_event("inbox/a.png"), no_bucket, "not JSON"))
    again = [item["itemIdentifier"] for item in found["batchItemFailures"]]
    assert again == ["m-1", "m-2"]
    assert buckets.results() == ["a.png.json", "a.png.txt"]


def test_direct_event_with_a_store_fault_fails(worker: Function, buckets: Buckets) -> None:
    outcome = worker.invoke(s3_event("inbox/a.png", bucket="no-such-bucket-anywhere"))
    assert outcome.kind == "error"
    assert outcome.value["errorType"] == "TryAgainError"
    assert (
        f"object {mark('no-such-bucket-anywhere', 'inbox/a.png')}" in outcome.value["errorMessage"]
    )


def test_test_events_are_answered_with_nothing(worker: Function, buckets: Buckets) -> None:
    assert answer(worker, load_event("s3_test_event")) is None
    assert answer(worker, load_event("sqs_test_event")) == {"batchItemFailures": []}
    assert buckets.results() == []


def test_good_object_over_a_bad_one(worker: Function, buckets: Buckets) -> None:
    for data, left in (
        (b"no picture", ["a.png.error.json"]),
        (PICTURE, ["a.png.json", "a.png.txt"]),
        (b"no picture", ["a.png.error.json"]),
    ):
        buckets.upload("inbox/a.png", data)
        answer(worker, s3_event("inbox/a.png"))
        assert buckets.results() == left


def test_unknown_and_http_events_are_named(worker: Function) -> None:
    for name in ("unknown", "api_v2", "alb_health"):
        outcome = worker.invoke(load_event(name))
        assert outcome.kind == "error"
        assert outcome.value["errorType"] == "UnknownEventError"
    assert "requestContext" in outcome.value["errorMessage"]


def test_worker_never_loads_the_web_framework(worker: Function, buckets: Buckets) -> None:
    buckets.upload("inbox/a.png", PICTURE)
    answer(worker, s3_event("inbox/a.png", bucket=UPLOADS))
    loaded = set(answer(worker, {"probe": "modules"}))
    assert not loaded & {"fastapi", "starlette", "mangum", "pydantic", "uvicorn"}
    assert "boto3" in loaded
