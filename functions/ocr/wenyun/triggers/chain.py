"""The chain from bucket to results, put together from its stores.

Importing this module imports no SDK; opening it does.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wenyun.documents.reader import Reader
from wenyun.settings import Settings
from wenyun.stores.objects import ObjectStore
from wenyun.triggers.batch import Desk
from wenyun.triggers.inbox import Inbox
from wenyun.triggers.picture import PictureTrigger

if TYPE_CHECKING:
    from wenyun.jobs.ports import Ports
    from wenyun.stores.letters import Post
    from wenyun.stores.register import Register
    from wenyun.triggers.sweeper import Sweeper

FETCHERS = 16
"""Threads that fetch pages' results from the bucket: each waits some 20 ms for every one."""


@dataclass(frozen=True, slots=True)
class Chain:
    """What a worker function does; `sweeper` where there are jobs."""

    desk: Desk
    sweeper: "Sweeper | None" = None


@dataclass(frozen=True, slots=True)
class Stores:
    """Where everything is kept."""

    objects: ObjectStore
    ports: "Ports"
    post: "Post"
    register: "Register"


def open_chain(
    settings: Settings, reader: Reader, open_ports: "Callable[[Settings], Ports]"
) -> Chain:
    """The chain that the settings ask for: with jobs where a table and a queue are named.

    Args:
        settings: Names of buckets, queues and the table.
        reader: Reads.
        open_ports: Opens the stores of jobs.

    """
    from wenyun.stores.s3 import S3Store

    if not settings.aws_jobs:
        return Chain(Desk(Inbox(PictureTrigger(S3Store(), reader, settings))))
    from wenyun.stores.dynamo_register import DynamoRegister
    from wenyun.stores.sqs_letters import SqsPost

    post = SqsPost(settings.queue_url, settings.dead_letter_url)
    stores = Stores(S3Store(), open_ports(settings), post, DynamoRegister(settings.table))
    return make_chain(settings, reader, stores)


def make_chain(settings: Settings, reader: Reader, stores: Stores) -> Chain:
    """The chain with jobs."""
    from wenyun.jobs.recent import RecentUploads
    from wenyun.jobs.steps import Steps
    from wenyun.triggers.dead import DeadLetters
    from wenyun.triggers.documents import Documents
    from wenyun.triggers.herald import BucketHerald
    from wenyun.triggers.sweeper import Sweeper
    from wenyun.triggers.tasks import TaskDesk

    post, register = stores.post, stores.register
    herald = BucketHerald(stores.objects, stores.ports.blobs, settings, register, post)
    ports = replace(stores.ports, blobs=RecentUploads(stores.ports.blobs), herald=herald)
    inbox = Inbox(
        PictureTrigger(stores.objects, reader, settings, leaves_documents=True),
        Documents(ports, settings.profile),
        register,
        post,
    )
    tasks = TaskDesk(Steps(ports, reader, fetchers=FETCHERS), post, settings.upload_bucket)
    dead = DeadLetters(settings.given_up_queue, inbox, tasks, post)
    return Chain(Desk(inbox, tasks, post, dead), Sweeper(ports, post))
