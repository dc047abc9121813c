"""Our template, deployed into ministack as `sam deploy` would, and questions to ask the stack."""

import contextlib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from tests.serverless.ministack import Cloud
from tests.serverless.sam import Sam

NAME = "wenyun"
WAIT_SECONDS = 60.0
VISIBILITY = "4"
"""Seconds after which a message is tried again; the template's 1,800 are too many to wait for."""


@dataclass(frozen=True, slots=True)
class Stack:
    """A deployed stack: its buckets, its queues, and what it is made of.

    Attributes:
        outputs: The template's outputs.
        physical: Name in the template to the name that it got.
        folder: Where all keys lie, so that late messages of one test do not disturb another.

    """

    cloud: Cloud
    s3: Any
    sqs: Any
    outputs: dict[str, str]
    physical: dict[str, str]
    folder: str = "all"

    @property
    def uploads(self) -> str:
        """The bucket of uploads."""
        return self.outputs["UploadBucket"]

    def key(self, name: str) -> str:
        """The key under which an upload is read."""
        return f"inbox/{self.folder}/{name}"

    def upload(self, name: str, data: bytes, **metadata: str) -> None:
        """Put an object where it is read."""
        self.s3.put_object(Bucket=self.uploads, Key=self.key(name), Body=data, Metadata=metadata)

    def send(self, *bodies: object, queue: str = "InboxQueue") -> None:
        """Put messages into a queue, one batch."""
        entries = [
            {"Id": str(number), "MessageBody": body if isinstance(body, str) else json.dumps(body)}
            for number, body in enumerate(bodies)
        ]
        self.sqs.send_message_batch(QueueUrl=self.physical[queue], Entries=entries)

    def results(self) -> list[str]:
        """The names of all results."""
        found = self.s3.list_objects_v2(
            Bucket=self.outputs["ResultBucket"], Prefix=f"{self.folder}/"
        )
        names = (item["Key"].removeprefix(f"{self.folder}/") for item in found.get("Contents", []))
        return sorted(names)

    def result(self, name: str) -> str:
        """One result."""
        found = self.s3.get_object(Bucket=self.outputs["ResultBucket"], Key=f"{self.folder}/{name}")
        text: str = found["Body"].read().decode()
        return text

    def waiting(self, queue: str) -> int:
        """Messages in a queue, those being read included."""
        names = [f"ApproximateNumberOfMessages{which}" for which in ("", "NotVisible", "Delayed")]
        found = self.sqs.get_queue_attributes(QueueUrl=self.physical[queue], AttributeNames=names)
        return sum(int(found["Attributes"].get(name, 0)) for name in names)

    def settle(self) -> list[str]:
        """Wait until no message is left; the results then."""
        both = ("InboxQueue", "GivenUp")
        wait_until(lambda: not any(map(self.waiting, both)), "the queues are empty", self.cloud)
        return self.results()

    def wait_for(self, *names: str, settled: bool = True) -> list[str]:
        """Wait until the results are there, and no message is left; all results then."""
        wait_until(lambda: set(names) <= set(self.results()), f"{names} are there", self.cloud)
        return self.settle() if settled else self.results()


def wait_until(done: Any, what: str, cloud: Cloud) -> None:
    """Until `done()`; an error with ministack's last words after a minute."""
    end = time.monotonic() + WAIT_SECONDS
    while not done():
        if time.monotonic() > end:
            raise AssertionError(
                f"Never: {what}\n{cloud.log.read_text('utf-8', 'replace')[-4000:]}"
            )
        time.sleep(0.2)


@contextlib.contextmanager
def deployed(cloud: Cloud, sam: Sam) -> Iterator[Stack]:
    """Deploy what `sam build` has made."""
    formation = cloud.client("cloudformation")
    # As `sam deploy` does: a template of this length must come by its address in S3.
    s3 = cloud.client("s3")
    s3.create_bucket(Bucket="code")
    s3.put_object(Bucket="code", Key="template.yaml", Body=_packaged(sam).encode())
    formation.create_stack(
        StackName=NAME,
        TemplateURL=f"{cloud.url}/code/template.yaml",
        Capabilities=["CAPABILITY_IAM"],
    )
    formation.get_waiter("stack_create_complete").wait(
        StackName=NAME, WaiterConfig={"Delay": 1, "MaxAttempts": 60}
    )
    (made,) = formation.describe_stacks(StackName=NAME)["Stacks"]
    parts = formation.describe_stack_resources(StackName=NAME)["StackResources"]
    stack = Stack(
        cloud,
        cloud.client("s3"),
        cloud.client("sqs"),
        {output["OutputKey"]: output["OutputValue"] for output in made["Outputs"]},
        {part["LogicalResourceId"]: part["PhysicalResourceId"] for part in parts},
    )
    _mend(stack)
    yield stack


def _packaged(sam: Sam) -> str:
    """The template with what `sam package` does: code is named by its place in S3."""
    template = yaml.safe_load(sam.template.read_text("utf-8"))
    template["Resources"]["ModelLayer"]["Properties"]["ContentUri"] = "s3://code/layer.zip"
    text: str = yaml.safe_dump(template, sort_keys=False)
    return text


def _mend(stack: Stack) -> None:
    """Ministack keeps a number that comes from a parameter as text, and then cannot compare it."""
    functions = stack.cloud.client("lambda")
    for mapping in functions.list_event_source_mappings()["EventSourceMappings"]:
        most = int(mapping["ScalingConfig"]["MaximumConcurrency"])
        functions.update_event_source_mapping(
            UUID=mapping["UUID"], ScalingConfig={"MaximumConcurrency": most}
        )
    for queue in ("InboxQueue", "GivenUp"):
        stack.sqs.set_queue_attributes(
            QueueUrl=stack.physical[queue], Attributes={"VisibilityTimeout": VISIBILITY}
        )
