"""The side of the template that S3 and SQS drive: buckets, queues, the worker and its rights."""

import json
from typing import Any

import pytest

from tests.awskit.corpus import load_event
from tests.awskit.template import load_template, statements
from wenyun.jobs.desk import KEEP_SECONDS
from wenyun.jobs.runner import MOST_ATTEMPTS
from wenyun.stores import dynamo_register
from wenyun.stores.s3_blobs import job_of
from wenyun.triggers import sweeper
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
    rules = bucket["LifecycleConfiguration"]["Rules"]
    assert {rule["Status"] for rule in rules} == {"Enabled"}
    assert len({rule["Id"] for rule in rules}) == len(rules)
    expiring = [rule for rule in rules if "ExpirationInDays" in rule]
    assert {rule["ExpirationInDays"]["Ref"] for rule in expiring} == {"KeepDays"}
    prefixes = {rule.get("Prefix", "") for rule in expiring}
    assert prefixes == ({INBOX, "jobs/"} if name == "UploadBucket" else {""})
    (parts,) = [rule for rule in rules if "AbortIncompleteMultipartUpload" in rule]
    assert parts["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}
    assert "Prefix" not in parts


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
    told = bucket["Properties"]["NotificationConfiguration"]["QueueConfigurations"]
    for notification in told:
        assert notification["Event"] == "s3:ObjectCreated:*"
        assert notification["Queue"] == {"Fn::GetAtt": ["InboxQueue", "Arn"]}
    inbox, jobs = (one["Filter"]["S3Key"]["Rules"] for one in told)
    assert inbox == [{"Name": "prefix", "Value": INBOX}]
    assert {rule["Name"]: rule["Value"] for rule in jobs} == {
        "prefix": "jobs/",
        "suffix": "/upload",
    }
    assert job_of("jobs/0af/upload") == "0af"
    assert bucket["DependsOn"] == "InboxQueuePolicy"


def test_results_are_told_to_eventbridge_alone() -> None:
    told = RESOURCES["ResultBucket"]["Properties"]["NotificationConfiguration"]
    assert told == {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}
    rules = [one for one in RESOURCES.values() if one["Type"] == "AWS::Events::Rule"]
    assert all("EventPattern" not in rule["Properties"] for rule in rules), "no result starts a run"


@pytest.mark.parametrize(
    ("name", "methods"), [("UploadBucket", {"POST"}), ("ResultBucket", {"GET", "HEAD"})]
)
def test_browsers_may_send_uploads_and_fetch_results(name: str, methods: set[str]) -> None:
    rules = RESOURCES[name]["Properties"]["CorsConfiguration"]["CorsRules"]
    assert {method for rule in rules for method in rule["AllowedMethods"]} == methods
    assert rules[0]["AllowedOrigins"] == {"Fn::Split": [",", {"Ref": "CorsOrigins"}]}
    (own,) = rules[1]["AllowedOrigins"]
    assert own == {"Fn::Sub": "https://*.execute-api.${AWS::Region}.${AWS::URLSuffix}"}


def test_queue_waits_six_times_as_long_as_the_worker() -> None:
    assert QUEUE["VisibilityTimeout"] == 6 * WORKER["Timeout"]


def test_what_ends_every_process_is_told_and_kept() -> None:
    redrive = QUEUE["RedrivePolicy"]
    assert redrive["deadLetterTargetArn"] == {"Fn::GetAtt": ["GivenUp", "Arn"]}
    # The worker gives up at the attempt after these, and says why.
    assert redrive["maxReceiveCount"] > MOST_ATTEMPTS + 1
    given_up = RESOURCES["GivenUp"]["Properties"]
    assert given_up["RedrivePolicy"]["deadLetterTargetArn"] == {
        "Fn::GetAtt": ["DeadLetters", "Arn"]
    }
    assert "RedrivePolicy" not in RESOURCES["DeadLetters"]["Properties"]
    for name in ("GivenUp", "DeadLetters"):
        dead = RESOURCES[name]["Properties"]
        assert dead["MessageRetentionPeriod"] > QUEUE["MessageRetentionPeriod"]
        assert dead["SqsManagedSseEnabled"]
    assert QUEUE["SqsManagedSseEnabled"]
    variables = WORKER["Environment"]["Variables"]
    assert variables["OCR_GIVEN_UP_QUEUE"] == {"Fn::GetAtt": ["GivenUp", "Arn"]}
    assert variables["OCR_DEAD_LETTER_URL"] == {"Ref": "DeadLetters"}
    assert deny("DeadQueuesPolicy")["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_times_of_the_queue_are_those_that_the_sweep_counts_on() -> None:
    assert QUEUE["VisibilityTimeout"] < sweeper.STALLED_SECONDS
    assert QUEUE["MessageRetentionPeriod"] == KEEP_SECONDS
    assert (
        QUEUE["MessageRetentionPeriod"]
        + RESOURCES["DeadLetters"]["Properties"]["MessageRetentionPeriod"]
    ) < dynamo_register.KEEP_SECONDS


def test_the_sweep_is_the_event_that_the_worker_knows() -> None:
    (target,) = RESOURCES["SweepRule"]["Properties"]["Targets"]
    assert json.loads(target["Input"]) == load_event("sweep")
    assert target["Arn"] == {"Fn::GetAtt": ["WorkerFunction", "Arn"]}
    assert RESOURCES["SweepPermission"]["Properties"]["SourceArn"] == {
        "Fn::GetAtt": ["SweepRule", "Arn"]
    }


def test_table_has_what_the_stores_ask_for() -> None:
    table = RESOURCES["JobTable"]["Properties"]
    keys = {key["KeyType"]: key["AttributeName"] for key in table["KeySchema"]}
    assert keys == {"HASH": "pk", "RANGE": "sk"}
    (index,) = table["GlobalSecondaryIndexes"]
    assert index["IndexName"] == "open"
    assert {key["AttributeName"] for key in index["KeySchema"]} == {"open", "updated"}
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["SSESpecification"] == {"SSEEnabled": True}
    backups = table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]
    assert backups == {"Fn::If": ["BackUp", True, False]}


def test_only_buckets_of_this_account_may_write_to_the_queue() -> None:
    allow = next(i for i in statements(RESOURCES["InboxQueuePolicy"]) if i["Effect"] == "Allow")
    assert allow["Principal"] == {"Service": "s3.amazonaws.com"}
    assert allow["Action"] == "sqs:SendMessage"
    assert allow["Condition"]["StringEquals"] == {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
    assert "${AWS::Partition}" in allow["Condition"]["ArnLike"]["aws:SourceArn"]["Fn::Sub"]
    assert deny("InboxQueuePolicy")["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_worker_reports_each_message_by_itself() -> None:
    for source, queue in zip(WORKER["Events"].values(), ("InboxQueue", "GivenUp"), strict=True):
        assert source["Type"] == "SQS"
        assert source["Properties"]["Queue"] == {"Fn::GetAtt": [queue, "Arn"]}
        assert source["Properties"]["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        # One that ends the process must not count against its neighbours.
        assert source["Properties"]["BatchSize"] == 1
    scaling = WORKER["Events"]["Inbox"]["Properties"]["ScalingConfig"]
    assert scaling == {"MaximumConcurrency": {"Ref": "WorkersAtOnce"}}


def test_worker_knows_its_role_and_its_buckets() -> None:
    variables = WORKER["Environment"]["Variables"]
    assert variables["OCR_ROLE"] == "worker"
    assert variables["OCR_RESULT_BUCKET"] == {"Ref": "ResultBucket"}
    assert int(variables["OCR_MAX_BYTES"]) > 4_500_000


def rights(role: str) -> dict[str, set[str]]:
    """Action to the resources that it may be done to, as short names."""
    found: dict[str, set[str]] = {}
    for item in statements(RESOURCES[role]):
        actions, resources = item["Action"], item["Resource"]
        for action in [actions] if isinstance(actions, str) else actions:
            for resource in resources if isinstance(resources, list) else [resources]:
                found.setdefault(action, set()).add(short(resource))
    return found


def short(resource: dict[str, Any]) -> str:
    """`${UploadBucket.Arn}/inbox/*` and the like."""
    if "Fn::Sub" in resource:
        return str(resource["Fn::Sub"]).replace("${", "").replace(".Arn}", "")
    return str(resource["Fn::GetAtt"][0])


def test_worker_may_do_what_it_does_and_no_more() -> None:
    table = {"JobTable", "JobTable/index/open"}
    assert rights("WorkerRole") == {
        "s3:GetObject": {"UploadBucket/inbox/*", "UploadBucket/jobs/*", "ResultBucket/jobs/*"},
        "s3:ListBucket": {"UploadBucket", "ResultBucket"},
        "s3:PutObject": {"UploadBucket/jobs/*", "ResultBucket/*"},
        "s3:DeleteObject": {"UploadBucket/jobs/*", "ResultBucket/*"},
        "sqs:ReceiveMessage": {"InboxQueue", "GivenUp"},
        "sqs:DeleteMessage": {"InboxQueue", "GivenUp"},
        "sqs:GetQueueAttributes": {"InboxQueue", "GivenUp"},
        "sqs:SendMessage": {"InboxQueue", "DeadLetters"},
        "sqs:ChangeMessageVisibility": {"InboxQueue"},
        "dynamodb:GetItem": table,
        "dynamodb:PutItem": table,
        "dynamodb:UpdateItem": table,
        "dynamodb:Query": table,
        "logs:CreateLogStream": {"WorkerLogs"},
        "logs:PutLogEvents": {"WorkerLogs"},
    }


def test_api_may_accept_jobs_and_no_more() -> None:
    table = {"JobTable", "JobTable/index/open"}
    assert rights("ApiRole") == {
        "s3:PutObject": {"UploadBucket/jobs/*"},
        "s3:GetObject": {"UploadBucket/jobs/*", "ResultBucket/jobs/*"},
        "s3:DeleteObject": {"UploadBucket/jobs/*", "ResultBucket/jobs/*"},
        "s3:ListBucket": {"UploadBucket", "ResultBucket"},
        "dynamodb:GetItem": table,
        "dynamodb:PutItem": table,
        "dynamodb:UpdateItem": table,
        "dynamodb:DeleteItem": table,
        "dynamodb:Query": table,
        "sqs:SendMessage": {"InboxQueue"},
        "logs:CreateLogStream": {"ApiLogs"},
        "logs:PutLogEvents": {"ApiLogs"},
    }
    listing = next(i for i in statements(RESOURCES["ApiRole"]) if i["Action"] == "s3:ListBucket")
    assert listing["Condition"] == {"StringLike": {"s3:prefix": "jobs/*"}}
