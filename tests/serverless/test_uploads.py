"""The upload chain in ministack: object, notification, queue, our image, results."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from tests.awskit.corpus import event_picture
from tests.awskit.object_events import notification_event, s3_event
from tests.awskit.picture import TEXT
from tests.papers.typeset import lines, typeset
from tests.pictures.png import chunk, with_chunks
from tests.serverless.ministack import Cloud
from tests.serverless.sam import Sam
from tests.serverless.stack import Stack, deployed, wait_until
from wenyun.jobs.desk import Desk, Limits
from wenyun.settings import Settings
from wenyun.wiring import open_aws_ports

PICTURE = event_picture()


@pytest.fixture(scope="module")
def deployment(cloud: Cloud, sam: Sam) -> Iterator[Stack]:
    with deployed(cloud, sam) as stack:
        yield stack


@pytest.fixture
def stack(deployment: Stack, request: pytest.FixtureRequest) -> Stack:
    deployment.settle()
    deployment.sqs.purge_queue(QueueUrl=deployment.physical["DeadLetters"])
    return replace(deployment, folder=request.node.name)


def error_code(stack: Stack, name: str) -> str:
    code: str = json.loads(stack.result(f"{name}.error.json"))["error"]["code"]
    return code


def test_stack_is_what_the_template_says(stack: Stack) -> None:
    functions = stack.cloud.client("lambda")
    for name, role in (("ApiFunction", "api"), ("WorkerFunction", "worker")):
        found = functions.get_function_configuration(FunctionName=stack.physical[name])
        assert found["PackageType"] == "Image"
        assert found["Environment"]["Variables"]["OCR_ROLE"] == role
    mappings = functions.list_event_source_mappings()["EventSourceMappings"]
    assert len(mappings) == 2
    for mapping in mappings:
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert mapping["BatchSize"] == 1
        assert stack.physical["WorkerFunction"] in mapping["FunctionArn"]


def test_object_in_results_out(stack: Stack) -> None:
    key = "2026/收据 no 1+1.png"
    stack.upload(key, PICTURE, lang="en", profile="accurate")
    assert stack.wait_for(f"{key}.txt") == [f"{key}.json", f"{key}.txt"]
    assert stack.result(f"{key}.txt") == TEXT + "\n"
    answer = json.loads(stack.result(f"{key}.json"))
    assert (answer["success"], answer["lang"], answer["profile"]) == (True, "en", "accurate")


def test_upper_case_ending(stack: Stack) -> None:
    stack.upload("SCAN.PNG", PICTURE)
    assert stack.wait_for("SCAN.PNG.txt") == ["SCAN.PNG.json", "SCAN.PNG.txt"]


def test_multipart_upload(stack: Stack) -> None:
    """S3 says CompleteMultipartUpload, not Put, of what came in parts."""
    from boto3.s3.transfer import TransferConfig

    padded = io.BytesIO(with_chunks(PICTURE, chunk(b"wyPd", bytes(6_000_000))))
    stack.s3.upload_fileobj(
        padded,
        stack.uploads,
        stack.key("big.png"),
        Config=TransferConfig(multipart_threshold=5_000_000),
    )
    assert stack.wait_for("big.png.txt") == ["big.png.json", "big.png.txt"]
    assert stack.result("big.png.txt") == TEXT + "\n"


def test_the_same_message_twice_and_the_same_object_twice(stack: Stack) -> None:
    stack.upload("a.png", PICTURE)
    stack.wait_for("a.png.txt")
    event = s3_event(stack.key("a.png"), bucket=stack.uploads)
    stack.send(event, event)
    stack.upload("a.png", PICTURE)
    assert stack.settle() == ["a.png.json", "a.png.txt"]
    assert stack.waiting("DeadLetters") == 0


def test_file_that_cannot_be_read(stack: Stack) -> None:
    """Such a file leaves its error and is done; another attempt would change nothing."""
    cases = {
        "text.png": (b"no picture", "unsupported_image"),
        "half.png": (PICTURE[:60], "corrupt_image"),
        "empty.png": (b"", "empty_file"),
        "large.png": (PICTURE + bytes(20_000_000), "file_too_large"),
    }
    for name, (data, _) in cases.items():
        stack.upload(name, data)
    names = [f"{name}.error.json" for name in cases]
    assert stack.wait_for(*names) == sorted(names)
    assert {name: error_code(stack, name) for name in cases} == {
        name: code for name, (_, code) in cases.items()
    }
    assert stack.waiting("DeadLetters") == 0


def test_folders_test_events_and_keys_elsewhere(stack: Stack) -> None:
    stack.upload("2026/", b"")
    elsewhere = f"elsewhere/inbox/{stack.folder}/b.png"
    stack.s3.put_object(Bucket=stack.uploads, Key=elsewhere, Body=PICTURE)
    stack.send(notification_event())
    stack.upload("last.png", PICTURE)
    assert stack.wait_for("last.png.txt") == ["last.png.json", "last.png.txt"]
    assert stack.waiting("DeadLetters") == 0


def test_results_do_not_start_another_run(stack: Stack) -> None:
    stack.s3.put_object(
        Bucket=stack.outputs["ResultBucket"], Key=stack.key("again.png"), Body=PICTURE
    )
    stack.upload("one.png", PICTURE)
    assert stack.wait_for("one.png.txt") == ["one.png.json", "one.png.txt"]


def test_broken_store_is_waited_for(stack: Stack) -> None:
    """It counts against nobody, and what is read when the store is there again is read once."""
    lost = "bucket-that-is-not-there-yet"
    stack.upload("good.png", PICTURE)
    stack.send(s3_event(stack.key("late.png"), bucket=lost))
    assert stack.wait_for("good.png.txt", settled=False) == ["good.png.json", "good.png.txt"]
    stack.s3.create_bucket(Bucket=lost)
    stack.s3.put_object(Bucket=lost, Key=stack.key("late.png"), Body=PICTURE)
    assert {"late.png.json", "late.png.txt"} <= set(stack.wait_for("late.png.txt"))
    assert stack.waiting("DeadLetters") == 0


def test_what_was_given_up_is_said_and_kept(stack: Stack) -> None:
    """As SQS puts it aside after five deliveries that ended the process."""
    stack.s3.put_object(Bucket=stack.uploads, Key=f"elsewhere/{stack.folder}", Body=PICTURE)
    stack.send(s3_event(stack.key("deadly.png"), bucket=stack.uploads), queue="GivenUp")
    assert stack.wait_for("deadly.png.error.json") == ["deadly.png.error.json"]
    assert error_code(stack, "deadly.png") == "internal"
    wait_until(lambda: stack.waiting("DeadLetters") == 1, "a dead letter", stack.cloud)


def test_a_long_document_is_read_page_by_page(stack: Stack) -> None:
    text = [f"Page {number} of a long document" for number in range(1, 8)]
    stack.upload("a.pdf", typeset(*(lines([line], font="Helvetica") for line in text)))
    names = [f"a.pdf.{form}" for form in ("json", "pdf", "txt")]
    assert stack.wait_for(*names) == names
    assert [line for line in stack.result("a.pdf.txt").splitlines() if line] == text
    found = stack.s3.list_objects_v2(Bucket=stack.uploads, Prefix="jobs/")
    assert found["KeyCount"] == 0


def test_a_job_from_its_form_to_its_end(stack: Stack) -> None:
    """Accepted as the API does, sent as a browser does, read by the functions."""
    settings = Settings(
        store="aws", table=stack.outputs["JobTable"], queue_url=stack.outputs["Queue"],
        upload_bucket=stack.uploads, result_bucket=stack.outputs["ResultBucket"],
    )  # fmt: skip
    with stack.cloud.reached():
        desk = Desk(open_aws_ports(settings), Limits(10**8))
        job = desk.announce("a.png", "image/png", len(PICTURE), {"lang": "en"})
        key = f"jobs/{job.id}/upload"
        form = stack.s3.generate_presigned_post(stack.uploads, key)
        sent = httpx.post(form["url"], data=form["fields"], files={"file": ("a.png", PICTURE)})
        assert sent.status_code in (200, 201, 204)
        wait_until(lambda: desk.get(job.id).ended, "the job has ended", stack.cloud)
        done = desk.get(job.id)
        assert (done.state, done.pages_done) == ("succeeded", 1)
        text = desk.ports.blobs.get(done.results["text"].key).decode()
    assert text == TEXT + "\n"
    stack.settle()
    told = stack.s3.get_object(Bucket=settings.result_bucket, Key=f"jobs/{job.id}/ended")
    assert json.loads(told["Body"].read())["state"] == "succeeded"


def test_message_that_is_no_event_of_s3(stack: Stack) -> None:
    stack.send("not JSON")
    wait_until(lambda: stack.waiting("DeadLetters") == 1, "a dead letter", stack.cloud)
    assert stack.settle() == []
