"""`sam local invoke` with every file of events/, beside S3 by ministack."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from tests.awskit.buckets import RESULTS, UPLOADS, Buckets
from tests.awskit.corpus import FOLDER, event_picture
from tests.awskit.picture import TEXT
from tests.serverless.engine import host_address
from tests.serverless.ministack import Cloud
from tests.serverless.sam import Sam

CHINESE = "收据/hello 1+1.png"
HTTP = ("alb", "api_v1", "api_v2", "function_url")
NO_FAILURES: dict[str, list[str]] = {"batchItemFailures": []}
WITH_JOBS = ("job_step_given_up", "job_steps_in_sqs", "job_upload_in_sqs", "sweep")
RESULTS_OF = {
    "s3_put": [f"{CHINESE}.json", f"{CHINESE}.txt"],
    "s3_in_sqs": [f"{CHINESE}.json", f"{CHINESE}.txt"],
    "s3_multipart_complete": ["big.PNG.json", "big.PNG.txt"],
    "sqs_batch": ["big.PNG.json", "big.PNG.txt", "empty.png.error.json", f"{CHINESE}.json",
                  f"{CHINESE}.txt"],
}  # fmt: skip


@pytest.fixture(scope="module")
def buckets(cloud: Cloud) -> Buckets:
    client = cloud.client("s3")
    for bucket in (UPLOADS, RESULTS):
        client.create_bucket(Bucket=bucket)
    return Buckets(cloud.url, client)


@pytest.fixture(scope="module")
def invoking(sam: Sam, cloud: Cloud) -> Sam:
    """`sam` with S3 where the functions can reach it."""
    port = cloud.url.rpartition(":")[2]
    return sam.with_variable("AWS_ENDPOINT_URL_S3", f"http://{host_address()}:{port}")


def invoke(sam: Sam, function: str, event: Path) -> Any:
    # Without a table there are no jobs, and everything is read at once.
    places = {"OCR_UPLOAD_BUCKET": UPLOADS, "OCR_RESULT_BUCKET": RESULTS, "OCR_TABLE": ""}
    return sam.invoke(function, event, places)


@pytest.mark.parametrize("event", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_event(invoking: Sam, buckets: Buckets, event: Path) -> None:
    if event.stem.startswith(HTTP):
        check_http(event.stem, invoke(invoking, "ApiFunction", event))
        return
    if event.stem == "keep_warm":
        assert invoke(invoking, "ApiFunction", event) == {"warm": True}
        return
    if event.stem in WITH_JOBS:
        pytest.skip("what jobs need beside buckets is in tests/serverless/test_uploads.py")
    buckets.empty()
    buckets.upload(f"inbox/{CHINESE}", event_picture(), lang="en")
    buckets.upload("inbox/big.PNG", event_picture())
    buckets.upload("inbox/empty.png", b"")
    answer = invoke(invoking, "WorkerFunction", event)
    if event.stem == "unknown":
        assert answer["errorType"] == "UnknownEventError"
    else:
        assert answer == (NO_FAILURES if "sqs" in event.stem else None)
    assert buckets.results() == sorted(RESULTS_OF.get(event.stem, []))
    if f"{CHINESE}.txt" in buckets.results():
        assert buckets.result(f"{CHINESE}.txt") == TEXT + "\n"


def check_http(name: str, answer: Any) -> None:
    assert answer["statusCode"] == 200, answer
    body = answer["body"]
    if answer["isBase64Encoded"]:
        body = base64.b64decode(body).decode()
    if name.endswith("_page"):
        assert body.lower().startswith("<!doctype html>")
    elif name.endswith("_health"):
        assert json.loads(body)["status"] == "ok"
    else:
        assert [line["text"] for line in json.loads(body)["text"]] == [TEXT]
