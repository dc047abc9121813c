"""Where the parts are chosen and put together."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wenyun.engine.foresight import foresee
from wenyun.models.manifest import REQUIRED, load_manifest
from wenyun.models.sessions import SessionCache
from wenyun.settings import Settings

if TYPE_CHECKING:
    from wenyun.documents.reader import Reader
    from wenyun.documents.reading import DocumentReader
    from wenyun.jobs.cloud import CloudJobs, CloudPlace
    from wenyun.jobs.local import LocalJobs, Place
    from wenyun.jobs.ports import Ports
    from wenyun.stores.files import Files
    from wenyun.stores.sqlite import Database
    from wenyun.stores.sqlite_jobs import SqliteJobs
    from wenyun.stores.sqlite_tasks import SqliteTasks

DATABASE = "jobs.sqlite3"

TIDY_SECONDS = 30.0
"""From the end of a reading until memory is given back: at most so often. It takes some 6 ms of CPU
and costs the next reading some 20 ms, as what was given back has to be taken anew."""


def make_reader(settings: Settings) -> "DocumentReader":
    """A reader over the model layer that the settings name.

    With two CPUs the models begin to open while the engine is imported.

    Raises:
        LayerError: If there is no usable layer.
    """
    sessions = SessionCache(load_manifest(settings.model_dir), settings.threads)
    # The detector, which stands last there, is needed first.
    foresee(sessions, REQUIRED[::-1], settings.threads)
    from wenyun.documents.reader import Limits
    from wenyun.documents.reading import DocumentReader
    from wenyun.engine.pipeline import Engine
    from wenyun.engine.toolbox import Toolbox

    engine = Engine(Toolbox(sessions, settings.threads))
    return DocumentReader(engine, Limits(settings.max_bytes, settings.max_pixels))


def make_lasting_reader(settings: Settings, seconds: float = TIDY_SECONDS) -> "Reader":
    """A reader for a process that lives for days: after readings it gives memory back.

    It also bounds the process's heap, so it is made before threads start.

    Args:
        settings: As for `make_reader`.
        seconds: From the end of a reading until that is done.

    Raises:
        LayerError: If there is no usable layer.
    """
    from wenyun.documents.tidy import TidyReader
    from wenyun.models.heap import bound, trim

    bound()
    reader = make_reader(settings)

    def tidy() -> None:
        reader.engine.tools.sessions.shrink()
        # The arena gives its regions back to the heap, and so goes first.
        trim()

    return TidyReader(reader, tidy, seconds)


def open_aws_ports(settings: Settings, *, polled: bool = False) -> "Ports":
    """The stores on AWS; no client is made before the first call.

    Args:
        settings: The table, the queue and the buckets.
        polled: Whether tasks come by `receive` rather than from Lambda.

    """
    from wenyun.jobs.ports import Ports
    from wenyun.stores.dynamo_jobs import DynamoJobs
    from wenyun.stores.s3_blobs import S3Blobs
    from wenyun.stores.sqs_tasks import SqsTasks

    blobs = S3Blobs(settings.upload_bucket, settings.result_bucket, settings.job_bytes)
    tasks = SqsTasks(settings.queue_url, polled=polled)
    return Ports(DynamoJobs(settings.table), blobs, tasks)


def make_cloud_jobs(settings: Settings) -> "CloudJobs":
    """The jobs of a function on AWS; the SDK is loaded with the first one."""
    from wenyun.jobs.cloud import CloudJobs

    return CloudJobs(lambda: open_cloud(settings))


def open_cloud(settings: Settings) -> "CloudPlace":
    """Where a function on AWS accepts jobs; no client is made before the first call."""
    from wenyun.jobs.cloud import MOST_JOBS, CloudPlace
    from wenyun.jobs.desk import Desk, Limits
    from wenyun.stores.s3_links import S3Links

    limits = Limits(settings.job_bytes, MOST_JOBS)
    desk = Desk(open_aws_ports(settings), limits, settings.profile, heard=True)
    return CloudPlace(desk, S3Links(settings.upload_bucket, settings.result_bucket))


@dataclass(frozen=True, slots=True)
class Embedded:
    """The stores of one machine."""

    ports: "Ports"
    files: "Files"
    tasks: "SqliteTasks"
    jobs: "SqliteJobs"
    database: "Database"


def open_ports(settings: Settings, owner: str) -> Embedded:
    """The stores in `OCR_DATA_DIR`.

    Args:
        settings: Where that is.
        owner: Who takes tasks.

    Raises:
        StoreFaultError: They cannot be opened.

    """
    from wenyun.jobs.ports import Ports
    from wenyun.jobs.runner import STEP_SECONDS
    from wenyun.jobs.supervisor import KILL_MARGIN
    from wenyun.stores.files import Files
    from wenyun.stores.sqlite import Database
    from wenyun.stores.sqlite_jobs import SqliteJobs
    from wenyun.stores.sqlite_tasks import SqliteTasks

    files = Files(settings.data_dir / "jobs")
    database = Database(settings.data_dir / DATABASE)
    leases = {step: seconds + 2 * KILL_MARGIN for step, seconds in STEP_SECONDS.items()}
    tasks = SqliteTasks(database, owner, leases)
    jobs = SqliteJobs(database)
    return Embedded(Ports(jobs, files, tasks), files, tasks, jobs, database)


def make_jobs(settings: Settings, command: Sequence[str] | None = None) -> "LocalJobs":
    """The jobs of a server of its own; nothing is opened yet.

    Args:
        settings: `data_dir`, `workers` and what limits a file.
        command: Starts a worker; its name is added.

    """
    from wenyun.jobs.local import LocalJobs

    return LocalJobs(settings.data_dir / DATABASE, lambda: _open_place(settings, command))


def _open_place(settings: Settings, command: Sequence[str] | None) -> "Place":
    from wenyun.jobs.desk import Desk, Limits
    from wenyun.jobs.local import Place
    from wenyun.jobs.lock import ProcessLock
    from wenyun.jobs.signing import Signer
    from wenyun.jobs.supervisor import Supervisor
    from wenyun.jobs.sweep import Sweep
    from wenyun.jobs.workers import Workers, worker_command
    from wenyun.stores.secret import shared_secret

    stores = open_ports(settings, "server")
    signer = Signer(shared_secret(settings.data_dir / "secret"))
    sweep = Sweep(stores.ports, stores.files)
    supervisor = Supervisor(
        stores.tasks,
        Workers(command or worker_command(), worker_env(settings), settings.workers),
        ProcessLock(settings.data_dir / "workers.lock"),
        lambda at_start: sweep.run(0.0) if at_start else sweep.run(),
    )
    desk = Desk(
        stores.ports,
        Limits(settings.job_bytes),
        settings.profile,
        stores.files.room,
        supervisor.wake,
    )
    return Place(
        *(desk, stores.files, signer, supervisor, stores.database.close),
        figures=lambda: {
            "jobs": stores.jobs.counts(),
            "tasks": stores.tasks.counts(),
            "oldest": {"seconds": stores.jobs.oldest()},
        },
    )


def worker_env(settings: Settings) -> dict[str, str]:
    """The environment of a worker: the server's own settings, its threads shared out."""
    return os.environ | {
        "OCR_DATA_DIR": str(settings.data_dir),
        "OCR_MODEL_DIR": str(settings.model_dir),
        "OCR_MAX_BYTES": str(settings.max_bytes),
        "OCR_MAX_PIXELS": str(settings.max_pixels),
        "OCR_THREADS": str(max(1, settings.threads // settings.workers)),
    }
