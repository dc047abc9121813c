"""Buckets, queues and the table of the template, by moto, and what stands between them.

Events of the inbox are told here, since moto's have no sequencer; those of jobs' files come from
moto. Queues run on a clock that is put forward, so that nobody waits for a message to come again.
"""

import contextlib
import itertools
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import boto3
from moto import mock_aws

from tests.awskit.buckets import CREDENTIALS, RESULTS, UPLOADS
from tests.awskit.object_events import s3_record
from tests.awskit.template import load_template
from wenyun.settings import Settings

TABLE = "wenyun-jobs"
NAMES = {"InboxQueue": "wenyun-inbox", "GivenUp": "wenyun-given-up", "DeadLetters": "wenyun-dead"}
RESOURCES = load_template()["Resources"]
TABLE_KEYS = ("KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes", "BillingMode")
REGION = CREDENTIALS["AWS_REGION"]


@dataclass
class Clock:
    """Seconds that the queues are ahead of the world."""

    ahead: float = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead

    def millis(self) -> float:
        return self() * 1000


@dataclass
class Cloud:
    """All of it."""

    s3: Any
    sqs: Any
    urls: dict[str, str]
    clock: Clock
    sequence: Iterator[int] = field(default_factory=lambda: itertools.count(0x10))

    @property
    def settings(self) -> Settings:
        return Settings(
            role="worker",
            store="aws",
            upload_bucket=UPLOADS,
            result_bucket=RESULTS,
            queue_url=self.urls["InboxQueue"],
            given_up_queue=arn(NAMES["GivenUp"]),
            dead_letter_url=self.urls["DeadLetters"],
            table=TABLE,
            max_bytes=10_000,
        )

    def upload(self, key: str, data: bytes, **metadata: str) -> dict[str, Any]:
        """Put an object, and say so; returns the event."""
        event = self.put(key, data, **metadata)
        self.tell(event)
        return event

    def put(self, key: str, data: bytes, **metadata: str) -> dict[str, Any]:
        """Put an object; returns the event that S3 would send."""
        stored = self.s3.put_object(Bucket=UPLOADS, Key=key, Body=data, Metadata=metadata)
        record = s3_record(key, bucket=UPLOADS)
        # Sequencers grow, and not all are of one length.
        number = next(self.sequence)
        record["s3"]["object"]["sequencer"] = f"0055{number:08X}" + "A1" * (number % 3)
        record["s3"]["object"]["eTag"] = stored["ETag"].strip('"')
        return {"Records": [record]}

    def tell(self, body: object, queue: str = "InboxQueue") -> None:
        """Put a message into a queue."""
        text = body if isinstance(body, str) else json.dumps(body)
        self.sqs.send_message(QueueUrl=self.urls[queue], MessageBody=text)

    def results(self) -> list[str]:
        """The keys of all results but those of jobs."""
        return [key for key in self.keys(RESULTS) if not key.startswith("jobs/")]

    def keys(self, bucket: str) -> list[str]:
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
        return sorted(item["Key"] for page in pages for item in page.get("Contents", ()))

    def text(self, key: str) -> str:
        found = self.s3.get_object(Bucket=RESULTS, Key=key)["Body"].read()
        text: str = found.decode()
        return text

    def answer(self, key: str) -> Any:
        return json.loads(self.text(key))

    def waiting(self, queue: str) -> int:
        """Messages in a queue, hidden ones included."""
        found = self.sqs.get_queue_attributes(QueueUrl=self.urls[queue], AttributeNames=["All"])
        return sum(
            int(value)
            for name, value in found["Attributes"].items()
            if name.startswith("ApproximateNumberOfMessages")
        )

    def bodies(self, queue: str) -> list[Any]:
        """What stands in the messages that can be seen."""
        found = self.sqs.receive_message(
            QueueUrl=self.urls[queue], MaxNumberOfMessages=10, VisibilityTimeout=0
        )
        return [json.loads(one["Body"]) for one in found.get("Messages", ())]


def arn(queue: str) -> str:
    return f"arn:aws:sqs:{REGION}:123456789012:{queue}"


@contextlib.contextmanager
def cloud() -> Iterator[Cloud]:
    """Make it, in this process."""
    with mock.patch.dict(os.environ, CREDENTIALS), mock_aws(), made() as found:
        yield found


@contextlib.contextmanager
def made() -> Iterator[Cloud]:
    """Make buckets, queues and the table as the template has them."""
    s3, sqs, table = (boto3.client(service) for service in ("s3", "sqs", "dynamodb"))
    clock = Clock()
    urls = {
        name: _queue(sqs, name)["QueueUrl"] for name in ("DeadLetters", "GivenUp", "InboxQueue")
    }
    properties = RESOURCES["JobTable"]["Properties"]
    table.create_table(TableName=TABLE, **{name: properties[name] for name in TABLE_KEYS})
    for bucket in (UPLOADS, RESULTS):
        s3.create_bucket(Bucket=bucket)
    rules = [{"Name": "prefix", "Value": "jobs/"}, {"Name": "suffix", "Value": "/upload"}]
    told = {
        "QueueArn": arn(NAMES["InboxQueue"]),
        "Events": ["s3:ObjectCreated:*"],
        "Filter": {"Key": {"FilterRules": rules}},
    }
    s3.put_bucket_notification_configuration(
        Bucket=UPLOADS, NotificationConfiguration={"QueueConfigurations": [told]}
    )
    with (
        mock.patch("moto.sqs.models.unix_time", clock),
        mock.patch("moto.sqs.models.unix_time_millis", clock.millis),
    ):
        found = Cloud(s3, sqs, urls, clock)
        _empty(found)
        yield found


def _queue(sqs: Any, name: str) -> Any:
    properties = RESOURCES[name]["Properties"]
    attributes = {"VisibilityTimeout": str(properties.get("VisibilityTimeout", 30))}
    if redrive := properties.get("RedrivePolicy"):
        target = arn(NAMES[redrive["deadLetterTargetArn"]["Fn::GetAtt"][0]])
        attributes["RedrivePolicy"] = json.dumps(redrive | {"deadLetterTargetArn": target})
    return sqs.create_queue(QueueName=NAMES[name], Attributes=attributes)


def _empty(made: Cloud) -> None:
    """What moto says when a notification is set up."""
    for url in made.urls.values():
        made.sqs.purge_queue(QueueUrl=url)
