"""The stores on AWS in an emulator: a table, a queue and two buckets of their own a home."""

import itertools
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3

from tests.awskit.clients import aws_at
from tests.jobkit.home import Clock, Home
from wenyun.jobs.ports import Ports
from wenyun.jobs.sweep import Sweep
from wenyun.settings import Settings
from wenyun.stores.dynamo_jobs import DynamoJobs
from wenyun.stores.jobs import Job
from wenyun.stores.s3_blobs import S3Blobs, job_of
from wenyun.stores.sqs_tasks import COUNT, SqsTasks, task_of
from wenyun.stores.tasks import Message, Task

_numbers = itertools.count(1)
_run = secrets.token_hex(4)

TABLE: dict[str, Any] = {
    "BillingMode": "PAY_PER_REQUEST",
    "KeySchema": [
        {"AttributeName": "pk", "KeyType": "HASH"},
        {"AttributeName": "sk", "KeyType": "RANGE"},
    ],
    "AttributeDefinitions": [
        {"AttributeName": name, "AttributeType": kind}
        for name, kind in (("pk", "S"), ("sk", "S"), ("open", "S"), ("updated", "N"))
    ],
    "GlobalSecondaryIndexes": [
        {
            "IndexName": "open",
            "KeySchema": [
                {"AttributeName": "open", "KeyType": "HASH"},
                {"AttributeName": "updated", "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "KEYS_ONLY"},
        }
    ],
}
"""As the template makes it."""


class HearingTasks(SqsTasks):
    """Polls a queue into which the bucket of uploads tells of files, as the worker function does.

    Time that passes in the queue is the emulator's own, so that nothing is delayed here, and what
    was lost comes again when it is told to.
    """

    def __init__(self, url: str, sqs: Any) -> None:
        super().__init__(url, polled=True)
        self._sqs = sqs
        self.held: dict[str, None] = {}

    def receive(self) -> Task | None:
        question = {"QueueUrl": self._url, "MessageSystemAttributeNames": [COUNT]}
        for one in self._sqs.receive_message(**question).get("Messages", ()):
            receipt, received = one["ReceiptHandle"], int(one["Attributes"][COUNT])
            task = task_of(one["Body"], receipt, received) or _heard(one["Body"], receipt, received)
            if task:
                self.held[receipt] = None
                return task
            self._sqs.delete_message(QueueUrl=self._url, ReceiptHandle=receipt)
        return None

    def done(self, task: Task) -> None:
        super().done(task)
        self.held.pop(task.receipt, None)

    def release(self, task: Task, delay: float, fault: str, *, blame: bool) -> None:
        super().release(task, 0, fault, blame=blame)
        self.held.pop(task.receipt, None)

    def let_go(self) -> None:
        """Have handed out again whatever is hidden."""
        for receipt in self.held:
            self._sqs.change_message_visibility(
                QueueUrl=self._url, ReceiptHandle=receipt, VisibilityTimeout=0
            )
        self.held.clear()


@dataclass(kw_only=True)
class CloudHome(Home):
    """DynamoDB, S3 and SQS."""

    settings: Settings
    tasks: HearingTasks
    s3: Any
    sqs: Any
    heard: bool = True

    def submit(self, data: bytes, ports: Ports | None = None, **options: object) -> Job:
        before = self.left()
        try:
            return super().submit(data, ports, **options)
        finally:
            if {key for key in self.left() - before if key.endswith("/upload")}:
                self.wait_for_message()

    def put(self, job_id: str, data: bytes) -> None:
        """What a client's upload comes to."""
        self.s3.put_object(
            Bucket=self.settings.upload_bucket, Key=f"jobs/{job_id}/upload", Body=data
        )
        self.wait_for_message()

    def wait_for_message(self) -> None:
        end = time.monotonic() + 10
        while not self.waiting():
            assert time.monotonic() < end, "nobody told of the file"
            time.sleep(0.02)

    def end_leases(self) -> None:
        super().end_leases()
        self.recover()

    def recover(self) -> None:
        self.tasks.let_go()

    def waiting(self) -> int:
        names = ("", "NotVisible", "Delayed")
        asked = [f"ApproximateNumberOfMessages{name}" for name in names]
        found = self.sqs.get_queue_attributes(
            QueueUrl=self.settings.queue_url, AttributeNames=asked
        )
        return sum(int(found["Attributes"][name]) for name in asked)

    def left(self) -> set[str]:
        found = set()
        for bucket in (self.settings.upload_bucket, self.settings.result_bucket):
            listed = self.s3.list_objects_v2(Bucket=bucket)
            found |= {one["Key"].removeprefix("jobs/") for one in listed.get("Contents", ())}
        return found

    def sweep(self) -> Sweep:
        return Sweep(self.ports, NoLeftovers(), self.clock)


class NoLeftovers:
    """The buckets see to it."""

    def homes(self, before: float) -> list[str]:
        return []

    def forget_spools(self, before: float) -> None:
        """There are none."""


@contextmanager
def cloud_home(url: str, root: Path) -> Iterator[CloudHome]:
    """New stores in a running emulator."""
    root.mkdir(parents=True, exist_ok=True)
    with aws_at(url):
        settings = make_stores(f"t{_run}{next(_numbers)}")
        s3, sqs, clock = boto3.client("s3"), boto3.client("sqs"), Clock()
        tasks = HearingTasks(settings.queue_url, sqs)
        blobs = S3Blobs(settings.upload_bucket, settings.result_bucket, settings.job_bytes)
        ports = Ports(DynamoJobs(settings.table, clock), blobs, tasks)
        yield CloudHome(root, ports, clock, settings=settings, tasks=tasks, s3=s3, sqs=sqs)


def make_stores(name: str) -> Settings:
    """A table, a queue and two buckets, the first of which tells the queue of uploads."""
    s3, sqs, tables = (boto3.client(service) for service in ("s3", "sqs", "dynamodb"))
    tables.create_table(TableName=name, **TABLE)
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"][
        "QueueArn"
    ]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": _policy(arn)})
    for bucket in (f"{name}-uploads", f"{name}-results"):
        s3.create_bucket(Bucket=bucket)
    rules = [{"Name": "prefix", "Value": "jobs/"}, {"Name": "suffix", "Value": "/upload"}]
    told = {
        "QueueArn": arn,
        "Events": ["s3:ObjectCreated:*"],
        "Filter": {"Key": {"FilterRules": rules}},
    }
    s3.put_bucket_notification_configuration(
        Bucket=f"{name}-uploads", NotificationConfiguration={"QueueConfigurations": [told]}
    )
    _drain(sqs, url)
    return Settings(
        store="aws",
        table=name,
        queue_url=url,
        upload_bucket=f"{name}-uploads",
        result_bucket=f"{name}-results",
    )


def _policy(arn: str) -> str:
    """What lets S3 send to the queue."""
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "s3.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": arn,
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _drain(sqs: Any, url: str) -> None:
    """Remove the test event that S3 sends when it is told of a queue."""
    for one in sqs.receive_message(QueueUrl=url).get("Messages", ()):
        sqs.delete_message(QueueUrl=url, ReceiptHandle=one["ReceiptHandle"])


def _heard(body: str, receipt: str, received: int) -> Task | None:
    for record in json.loads(body).get("Records", ()):
        job_id = job_of(record["s3"]["object"]["key"].replace("%2F", "/"))
        if job_id:
            return Task(Message(job_id, "plan"), receipt, received)
    return None
