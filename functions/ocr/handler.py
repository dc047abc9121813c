"""AWS Lambda's entry: what stands ready after INIT, and which part of the house answers an event.

INIT may be frozen into a snapshot and thawed in many places, so it opens files and models but no
sockets, and remembers no clock and no random number.
"""

import functools
import logging
import os
import time
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from wenyun import collector
from wenyun.deadline import Deadline
from wenyun.documents.reader import Reader
from wenyun.observe.facts import milliseconds, tell
from wenyun.observe.logs import for_lambda
from wenyun.settings import Settings
from wenyun.triggers.events import Event, is_queue_event, is_s3_event, unknown

if TYPE_CHECKING:
    from wenyun.triggers.batch import Batch
    from wenyun.triggers.chain import Chain

log = logging.getLogger("wenyun.handler")

WRITING_SECONDS = 3.0
"""Left at the end of an invocation for writing results."""

TEXT_TYPES = [
    "text/",
    "application/json",
    "application/xml",
    "application/javascript",
    "image/svg+xml",
]
"""Answers of these types travel as text, all others in base64."""


class StartError(RuntimeError):
    """The function cannot work as it is deployed; the message says what to mend."""


class Context(Protocol):
    """What is used of Lambda's context object."""

    aws_request_id: str

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until the invocation is stopped."""


class Source(Protocol):
    """One kind of event: how it is known and how it is answered."""

    def infer(self, event: object) -> bool:
        """Whether the event is of this kind."""

    def __call__(self, event: Event, context: Context) -> Any:
        """Answer it."""


@dataclass(frozen=True, slots=True)
class Http:
    """API Gateway (REST and HTTP APIs), function URLs and ALB, answered by the ASGI app."""

    app: Callable[..., Any]
    base_path: str

    def infer(self, event: object) -> bool:
        """A request context, and a method as either version of the payload writes it."""
        context = event.get("requestContext") if isinstance(event, Mapping) else None
        if not isinstance(event, Mapping) or not isinstance(context, Mapping):
            return False
        return "httpMethod" in event or "http" in context

    def __call__(self, event: Event, context: Context) -> Any:
        """The app's answer in the shape that the sender understands."""
        from mangum import Mangum

        # Made anew for each event, as making it opens an event loop, which INIT must not.
        adapter = Mangum(self._below_stage, lifespan="off", text_mime_types=TEXT_TYPES)
        return adapter(dict(event), context)  # type: ignore[arg-type]

    async def _below_stage(self, scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        """Take a stage off the path; a base path is known to the app, which needs it for links."""
        stage = _stage_path(scope["aws.event"])
        if stage not in ("", self.base_path) and (scope["path"] + "/").startswith(stage + "/"):
            scope = {**scope, "path": scope["path"].removeprefix(stage) or "/"}
        await self.app(scope, receive, send)


@dataclass(frozen=True, slots=True)
class Bucket:
    """Events that S3 sends straight to the function."""

    chain: Callable[[], Any]

    def infer(self, event: object) -> bool:
        """Records from S3, or its test event."""
        return is_s3_event(event)

    def __call__(self, event: Event, context: Context) -> None:
        """Read the objects; raises where Lambda should try again."""
        _batch(self.chain(), context).objects(event)


@dataclass(frozen=True, slots=True)
class Queue:
    """Messages of SQS: events of S3 inside them, and steps of jobs."""

    chain: Callable[[], Any]

    def infer(self, event: object) -> bool:
        """Records from SQS."""
        return is_queue_event(event)

    def __call__(self, event: Event, context: Context) -> dict[str, list[dict[str, str]]]:
        """Read the objects; the answer names the messages to be sent again."""
        return _batch(self.chain(), context).messages(event)


@dataclass(frozen=True, slots=True)
class Sweeping:
    """The scheduled call that goes through the jobs."""

    chain: Callable[[], Any]

    def infer(self, event: object) -> bool:
        """What the template's rule sends."""
        return isinstance(event, Mapping) and event.get("wenyun") == "sweep"

    def __call__(self, event: Event, context: Context) -> dict[str, int]:  # noqa: ARG002
        """Do it; raises where Lambda should try again."""
        chain: Chain = self.chain()
        sweeper = chain.sweeper
        if sweeper is None:
            raise StartError("OCR_TABLE and OCR_QUEUE_URL name no place of jobs.")
        return dict(sweeper.run())


class Warmth:
    """The scheduled call that keeps a function open: answering it is all there is to do."""

    def infer(self, event: object) -> bool:
        """What the template's rule sends."""
        return isinstance(event, Mapping) and event.get("wenyun") == "warm"

    def __call__(self, event: Event, context: Context) -> dict[str, bool]:  # noqa: ARG002
        """Say so."""
        return {"warm": True}


def start(env: Mapping[str, str] = os.environ) -> list[Source]:
    """Read the settings, open the models, and return what answers events.

    Raises:
        StartError: A setting is wrong or a model cannot be opened.

    """
    try:
        for_lambda()
        settings = Settings.from_env(env)
        from wenyun.wiring import make_reader

        # Where there are two CPUs the models open while the framework is imported.
        reader: Reader = make_reader(settings)
        sources = _sources(settings, reader)
        _warm(settings, reader)
        return sources
    except StartError:
        raise
    except Exception as error:
        raise StartError(f"{type(error).__name__}: {error}") from error


def _warm(settings: Settings, reader: Reader) -> None:
    begun = time.monotonic()
    try:
        reader.warm()
    except Exception as error:
        raise StartError(
            f"The models in {settings.model_dir} cannot be opened: {type(error).__name__}: {error}"
        ) from error
    took = milliseconds(time.monotonic() - begun)
    tell(log, "start", f"The models are open after {took} ms", {"models_ms": took})


def _sources(settings: Settings, reader: Reader) -> list[Source]:
    """The api function knows every kind; the worker never loads the web framework."""
    chain = functools.cache(functools.partial(_chain, settings, reader))
    events: list[Source] = [Queue(chain), Bucket(chain), Sweeping(chain)]
    if settings.role == "worker":
        # The SDK loads at INIT, where the CPU is whole.
        import wenyun.stores.s3
        import wenyun.triggers.batch  # noqa: F401

        return events
    import mangum  # noqa: F401  (as above)

    return [_http(settings, reader), *events, Warmth()]


def _http(settings: Settings, reader: Reader) -> Http:
    from wenyun.api.app import create_app

    jobs = None
    if settings.aws_jobs:
        from wenyun.wiring import make_cloud_jobs

        jobs = make_cloud_jobs(settings)
    return Http(create_app(settings, reader, jobs=jobs), settings.base_path)


def _chain(settings: Settings, reader: Reader) -> "Chain":
    if not settings.result_bucket:
        raise StartError("OCR_RESULT_BUCKET names no bucket, so results have no place to go.")
    from wenyun.triggers.chain import open_chain
    from wenyun.wiring import open_aws_ports

    return open_chain(settings, reader, open_aws_ports)


def _batch(chain: "Chain", context: Context) -> "Batch":
    from wenyun.triggers.batch import Batch

    left = context.get_remaining_time_in_millis() / 1000 - WRITING_SECONDS
    return Batch(chain.desk, Deadline.after(max(left, 0.0)), context.aws_request_id)


def _stage_path(event: Event) -> str:
    """What HTTP APIs put before the path, REST APIs and load balancers do not: `/stage`."""
    context = event["requestContext"]
    stage = context.get("stage", "$default") if "http" in context else "$default"
    return "" if stage == "$default" else f"/{stage}"


def _answer(sources: list[Source], event: Any, context: Context) -> Any:
    for source in sources:
        if source.infer(event):
            return source(event, context)
    raise unknown(event)


collector.hold()
try:
    _SOURCES = start()
finally:
    collector.release()


def handler(event: Any, context: Context) -> Any:
    """Answer one event of Lambda."""
    return _answer(_SOURCES, event, context)
