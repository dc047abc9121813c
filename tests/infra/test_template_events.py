"""The side of the template that S3 and SQS drive: buckets, queues, the worker and its rights."""

from typing import Any

import pytest

from tests.awskit.template import load_template, statements
from wenyun.triggers.results import INBOX

RESOURCES = load_template()["Resources"]
BUCKETS = ["UploadBucket", "ResultBucket"]
WORKER = RESOURCES["WorkerFunction"]["Properties"]
QUEUE = RESOURCES["InboxQueue"]["Properties"]


def deny(policy: str) -> dict[str, Any]:
    return next(item for item in statements(RESOURCES[policy]) if item["Effect"] == "Deny")


@pytest.mark.parametrize("name", BUCKETS)
def test_buckets_are_encrypted_private_and_emptied(name: str) -> None:
    bucket = RESOURCES[name]["Properties"]
    (rule,) = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] in ("AES256", "aws:kms")
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert len(bucket["PublicAccessBlockConfiguration"]) == 4
    (expiry,) = bucket["LifecycleConfiguration"]["Rules"]
    assert expiry["Status"] == "Enabled"
    assert expiry["ExpirationInDays"] == {"Ref": "KeepDays"}
    assert expiry["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}


@pytest.mark.parametrize("name", BUCKETS)
def test_buckets_take_tls_alone(name: str) -> None:
    assert RESOURCES[f"{name}Policy"]["Properties"]["Bucket"] == {"Ref": name}
    statement = deny(f"{name}Policy")
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert statement["Resource"] == [
        {"Fn::GetAtt": [name, "Arn"]},
        {"Fn::Sub": f"${{{name}.Arn}}/*"},
    ]


def test_inbox_goes_to_the_queue() -> None:
    bucket = RESOURCES["UploadBucket"]
    (notification,) = bucket["Properties"]["NotificationConfiguration"]["QueueConfigurations"]
    assert notification["Event"] == "s3:ObjectCreated:*"
    assert notification["Queue"] == {"Fn::GetAtt": ["InboxQueue", "Arn"]}
    assert notification["Filter"]["S3Key"]["Rules"] == [{"Name": "prefix", "Value": INBOX}]
    assert bucket["DependsOn"] == "InboxQueuePolicy"


def test_results_are_told_to_nobody() -> None:
    assert "NotificationConfiguration" not in RESOURCES["ResultBucket"]["Properties"]


def test_queue_waits_six_times_as_long_as_the_worker() -> None:
    assert QUEUE["VisibilityTimeout"] == 6 * WORKER["Timeout"]


def test_what_fails_thrice_is_kept() -> None:
    redrive = QUEUE["RedrivePolicy"]
    assert redrive["deadLetterTargetArn"] == {"Fn::GetAtt": ["DeadLetters", "Arn"]}
    assert redrive["maxReceiveCount"] == 3
    dead = RESOURCES["DeadLetters"]["Properties"]
    assert dead["MessageRetentionPeriod"] > QUEUE["MessageRetentionPeriod"]
    assert dead["SqsManagedSseEnabled"]
    assert QUEUE["SqsManagedSseEnabled"]


def test_only_buckets_of_this_account_may_write_to_the_queue() -> None:
    allow = next(i for i in statements(RESOURCES["InboxQueuePolicy"]) if i["Effect"] == "Allow")
    assert allow["Principal"] == {"Service": "s3.amazonaws.com"}
    assert allow["Action"] == "sqs:SendMessage"
    assert allow["Condition"]["StringEquals"] == {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
    assert "${AWS::Partition}" in allow["Condition"]["ArnLike"]["aws:SourceArn"]["Fn::Sub"]
    assert deny("InboxQueuePolicy")["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_worker_reports_each_message_by_itself() -> None:
    (source,) = WORKER["Events"].values()
    assert source["Type"] == "SQS"
    assert source["Properties"]["Queue"] == {"Fn::GetAtt": ["InboxQueue", "Arn"]}
    assert source["Properties"]["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert source["Properties"]["ScalingConfig"] == {"MaximumConcurrency": {"Ref": "WorkersAtOnce"}}


def test_worker_knows_its_role_and_its_buckets() -> None:
    variables = WORKER["Environment"]["Variables"]
    assert variables["OCR_ROLE"] == "worker"
    assert variables["OCR_RESULT_BUCKET"] == {"Ref": "ResultBucket"}
    assert int(variables["OCR_MAX_BYTES"]) > 4_500_000


def test_worker_may_do_what_it_does_and_no_more() -> None:
    rights = {
        action: item["Resource"]
        for item in statements(RESOURCES["WorkerRole"])
        for action in ([item["Action"]] if isinstance(item["Action"], str) else item["Action"])
    }
    queue, results = {"Fn::GetAtt": ["InboxQueue", "Arn"]}, {"Fn::Sub": "${ResultBucket.Arn}/*"}
    logs = {"Fn::GetAtt": ["WorkerLogs", "Arn"]}
    assert rights == {
        "s3:GetObject": {"Fn::Sub": "${UploadBucket.Arn}/inbox/*"},
        "s3:ListBucket": {"Fn::GetAtt": ["UploadBucket", "Arn"]},
        "s3:PutObject": results,
        "s3:DeleteObject": results,
        "sqs:ReceiveMessage": queue,
        "sqs:DeleteMessage": queue,
        "sqs:GetQueueAttributes": queue,
        "logs:CreateLogStream": logs,
        "logs:PutLogEvents": logs,
    }


def test_api_may_write_its_logs_and_no_more() -> None:
    (statement,) = statements(RESOURCES["ApiRole"])
    assert statement["Action"] == ["logs:CreateLogStream", "logs:PutLogEvents"]
    assert statement["Resource"] == {"Fn::GetAtt": ["ApiLogs", "Arn"]}
