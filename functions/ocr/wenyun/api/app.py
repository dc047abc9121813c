"""The FastAPI app, put together."""

from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig

from wenyun.api.docs import DOCS_FILES, docs_routes
from wenyun.api.edge import Edge, Told
from wenyun.api.failures import install
from wenyun.api.headers import page_csp
from wenyun.api.info import info_routes
from wenyun.api.job_routes import job_routes
from wenyun.api.limits import Budget
from wenyun.api.ocr import Ocr
from wenyun.api.page import file_routes, find_page_dir, list_files
from wenyun.api.pool import Pool
from wenyun.api.warmup import Warmup
from wenyun.documents.reader import Reader
from wenyun.settings import Settings
from wenyun.version import __version__

if TYPE_CHECKING:
    from wenyun.jobs.place import JobService

NO_TELEMETRY: TelemetryConfig = {
    "auto_configure": False,
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
}
"""The framework can measure and export by itself; this product sends nothing anywhere."""


def create_app(
    settings: Settings,
    reader: Reader,
    *,
    page_dir: Path | None = None,
    jobs: "JobService | None" = None,
    metrics: bool = False,
) -> FastAPI:
    """The whole HTTP service over a reader.

    Args:
        settings: The deployment's settings.
        reader: Reads the files; called on the pool's threads.
        page_dir: Where the page is; found by itself where not given.
        jobs: The jobs of this deployment; None where it takes none.
        metrics: Whether `/metrics` tells Prometheus of it all.

    Returns:
        The app; `app.state.warmup` opens the models in the background.

    """
    app = FastAPI(
        title="Wenyun",
        version=__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry=NO_TELEMETRY,
    )
    app.state.warmup = Warmup(reader)
    app.state.pool = pool = Pool(settings.workers)
    budget = Budget(pool.capacity * settings.max_bytes)
    ocr = Ocr(settings, reader, pool, budget)
    app.add_api_route("/api/ocr", ocr.answer, methods=["POST"], response_model=None)
    app.include_router(info_routes(settings, reader, app.state.warmup, jobs))
    app.include_router(
        docs_routes(settings, jobs=jobs is not None, files=jobs is not None and jobs.files)
    )
    if jobs is not None:
        app.include_router(job_routes(settings, jobs))
    page = page_dir or find_page_dir()
    app.routes.extend(file_routes(DOCS_FILES))
    app.routes.extend(file_routes(list_files(page) if page else {}, page_csp(settings)))
    told = _add_metrics(app, pool, budget, jobs) if metrics else None
    app.add_middleware(Edge, settings=settings, told=told)
    install(app)
    return app


def _add_metrics(app: FastAPI, pool: Pool, budget: Budget, jobs: "JobService | None") -> Told:
    # Lambda has no use for them: there the log line carries them.
    from wenyun.api.metrics import RequestMeters, metrics_route

    requests = RequestMeters()
    # Of jobs only those of one machine are counted; AWS counts its queues itself.
    figures = getattr(jobs, "figures", None)
    app.include_router(metrics_route(requests, pool, budget, app.state.warmup, figures))
    return requests.add
