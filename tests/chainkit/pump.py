"""What Lambda does between a queue and a function: hand out, and remove what was not reported."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tests.chainkit.cloud import NAMES, Cloud, arn
from tests.jobkit.breaking import Breaker, Broken, CrashError
from wenyun.deadline import Deadline
from wenyun.documents.reader import Reader
from wenyun.jobs.ports import Ports
from wenyun.stores.dynamo_register import DynamoRegister
from wenyun.stores.s3 import S3Store
from wenyun.stores.sqs_letters import SqsPost
from wenyun.triggers.batch import Batch
from wenyun.triggers.chain import Chain, Stores, make_chain
from wenyun.wiring import open_aws_ports

Function = Callable[[dict[str, Any]], Any]

SOURCES = ("InboxQueue", "GivenUp")
STRIDE = 400.0
"""Seconds that the clock is put forward where nothing can be handed out yet."""


def stores(cloud: Cloud) -> Stores:
    """The stores of the product over this cloud."""
    settings = cloud.settings
    return Stores(
        S3Store(),
        open_aws_ports(settings),
        SqsPost(settings.queue_url, settings.dead_letter_url),
        DynamoRegister(settings.table),
    )


def chain(cloud: Cloud, reader: Reader, over: Stores | None = None) -> Chain:
    """The chain of the product."""
    return make_chain(cloud.settings, reader, over or stores(cloud))


def breaking(over: Stores, breaker: Breaker) -> Stores:
    """All stores behind one breaker."""
    wrap: Any = Broken
    return replace(
        over,
        ports=breaker.ports(over.ports),
        objects=wrap(over.objects, "objects", breaker),
        register=wrap(over.register, "register", breaker),
        post=wrap(over.post, "post", breaker),
    )


def ports(cloud: Cloud) -> Ports:
    """The stores of jobs."""
    return open_aws_ports(cloud.settings)


def function(made: Chain, seconds: float = 290.0) -> Function:
    """The chain as a function in this process."""
    return lambda event: Batch(made.desk, Deadline.after(seconds), "id-1").messages(event)


@dataclass
class Pump:
    """Hands messages to functions, in turn.

    Args:
        cloud: Where the queues are.
        functions: Who is called.
        batch: Messages in one call.

    """

    cloud: Cloud
    functions: Sequence[Function]
    batch: int = 1
    calls: int = 0
    crashes: int = 0
    reports: list[str] = field(default_factory=list)

    def step(self) -> bool:
        """Call a function once, for the first queue that has anything; whether one had."""
        return any(self.once(queue) for queue in SOURCES)

    def once(self, queue: str) -> bool:
        """Call a function once with messages of a queue."""
        found = self.receive(queue)
        if not found:
            return False
        self.calls += 1
        called = self.functions[self.calls % len(self.functions)]
        try:
            answer = called({"Records": [record(one, queue) for one in found]})
        except (CrashError, ProcessLookupError):
            self.crashes += 1
            return True
        kept = {item["itemIdentifier"] for item in answer["batchItemFailures"]}
        self.reports += sorted(kept)
        for one in found:
            if one["MessageId"] not in kept:
                self.cloud.sqs.delete_message(
                    QueueUrl=self.cloud.urls[queue], ReceiptHandle=one["ReceiptHandle"]
                )
        return True

    def receive(self, queue: str) -> list[dict[str, Any]]:
        """Messages as the queue hands them out."""
        found = self.cloud.sqs.receive_message(
            QueueUrl=self.cloud.urls[queue],
            MaxNumberOfMessages=self.batch,
            AttributeNames=["All"],
            MessageAttributeNames=["All"],
        )
        messages: list[dict[str, Any]] = found.get("Messages", [])
        return messages

    def run(self, most: int = 3000) -> None:
        """Until no message is left but the dead."""
        for _ in range(most):
            if self.step():
                continue
            if not any(self.cloud.waiting(queue) for queue in SOURCES):
                return
            self.cloud.clock.ahead += STRIDE
        raise AssertionError("it never ended")


def record(message: dict[str, Any], queue: str) -> dict[str, Any]:
    """A message as Lambda writes it."""
    told = message.get("MessageAttributes", {})
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message["Attributes"],
        "messageAttributes": {
            name: {"stringValue": one["StringValue"], "dataType": one["DataType"]}
            for name, one in told.items()
        },
        "eventSource": "aws:sqs",
        "eventSourceARN": arn(NAMES[queue]),
        "awsRegion": "us-east-1",
    }
