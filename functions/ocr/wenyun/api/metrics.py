"""GET /metrics: what the embedded server tells Prometheus."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.responses import PlainTextResponse

from wenyun.api.limits import Budget
from wenyun.api.pool import Pool
from wenyun.api.warmup import Warmup
from wenyun.observe.meters import Counter, Gauge, Histogram, Meter, text
from wenyun.observe.process import process_meters
from wenyun.version import __version__

if TYPE_CHECKING:
    from wenyun.jobs.local import Figures

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Values = Mapping[tuple[str, ...], float]


class RequestMeters:
    """Counts what requests tell of themselves when they end."""

    def __init__(self) -> None:
        self._requests = Counter(
            "wenyun_requests_total",
            "Requests by route, HTTP status and error code (ok where there was none).",
            ("route", "status", "code"),
        )
        self._seconds = Histogram(
            "wenyun_request_seconds", "From the request's head to its last byte.", ("route",)
        )
        self._stages = Counter(
            "wenyun_stage_seconds_total",
            "Seconds that pages spent in each stage; wait is the time in line.",
            ("stage",),
        )
        self._pages = Counter("wenyun_pages_total", "Pages read at once.")
        self._lines = Counter("wenyun_lines_total", "Lines read at once.")
        self._second = Counter("wenyun_lines_second_total", "Lines that the second model read.")
        self._confidence = Counter(
            "wenyun_confidence_total", "Confidences of all lines; over the lines, their mean."
        )
        self._bytes = Counter("wenyun_bytes_total", "Bytes of the files that were sent.")

    def add(self, facts: Mapping[str, Any]) -> None:
        """Count a request that has ended."""
        route = str(facts["route"])
        self._requests.add(route, str(facts["status"]), str(facts["code"]))
        self._seconds.add(facts["request_ms"] / 1000, route)
        self._bytes.add(by=facts.get("bytes", 0))
        if "lines" not in facts:
            return
        self._pages.add(by=facts["pages"])
        self._lines.add(by=facts["lines"])
        self._second.add(by=facts["second"])
        self._confidence.add(by=(facts["confidence"] or 0.0) * facts["lines"])
        for stage, spent in {**facts["stages"], "wait": facts.get("wait_ms", 0.0)}.items():
            self._stages.add(stage, by=spent / 1000)

    def all(self) -> list[Meter]:
        """Everything that is counted."""
        return [
            *(self._requests, self._seconds, self._stages, self._pages, self._lines),
            *(self._second, self._confidence, self._bytes),
        ]


def metrics_route(
    requests: RequestMeters,
    pool: Pool,
    budget: Budget,
    warmup: Warmup,
    jobs: "Callable[[], Figures] | None",
) -> APIRouter:
    """The route over everything that this server can tell."""
    meters: list[Meter] = [
        Gauge("wenyun_info", "This server.", lambda: {(__version__,): 1}, ("version",)),
        *requests.all(),
        *_pool_meters(pool, budget),
        *_model_meters(warmup),
        *(_job_meters(jobs) if jobs else ()),
        *process_meters(),
    ]
    router = APIRouter()

    # Not a coroutine, so that asking the database for the jobs holds up nobody.
    def metrics() -> PlainTextResponse:
        return PlainTextResponse(text(meters), media_type=MEDIA_TYPE)

    router.add_api_route("/metrics", metrics, methods=["GET"], response_model=None)
    return router


def _pool_meters(pool: Pool, budget: Budget) -> list[Meter]:
    def jobs_that(state: str) -> Callable[[], Values]:
        return lambda: {
            (name.removeprefix(state),): count
            for name, count in pool.figures().items()
            if name.startswith(state)
        }

    return [
        Gauge(
            "wenyun_pool_running", "Files being read now.", jobs_that("running_"), labels=("kind",)
        ),
        Gauge("wenyun_pool_waiting", "Files in line.", jobs_that("waiting_"), labels=("kind",)),
        Gauge("wenyun_pool_workers", "Files read at a time.", lambda: {(): pool.workers}),
        Gauge("wenyun_pool_capacity", "More are refused as busy.", lambda: {(): pool.capacity}),
        Gauge("wenyun_upload_bytes", "Bytes of uploads in memory.", lambda: {(): budget.held}),
    ]


def _model_meters(warmup: Warmup) -> list[Meter]:
    def load() -> Values:
        return {} if warmup.seconds is None else {(): warmup.seconds}

    return [
        Gauge("wenyun_ready", "1 once the models are open.", lambda: {(): load() != {}}),
        Gauge("wenyun_model_load_seconds", "What opening the models took.", load),
    ]


def _job_meters(jobs: "Callable[[], Figures]") -> list[Meter]:
    def asked(table: str) -> Callable[[], Values]:
        return lambda: {(state,): count for state, count in jobs().get(table, {}).items()}

    def oldest() -> Values:
        age = jobs().get("oldest", {}).get("seconds")
        return {} if age is None else {(): age}

    return [
        Gauge("wenyun_jobs", "Jobs that are kept, by state.", asked("jobs"), labels=("state",)),
        Gauge(
            "wenyun_job_tasks",
            "Steps of jobs in the queue: ready, running, or waiting for another attempt.",
            asked("tasks"),
            labels=("state",),
        ),
        Gauge(
            "wenyun_job_oldest_seconds",
            "How long the job that has waited longest has seen no progress.",
            oldest,
        ),
    ]
