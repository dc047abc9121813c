"""The way from a route to the stores of jobs, and what is said where they fail."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from starlette.requests import Request

from wenyun.errors import WenyunError
from wenyun.jobs.desk import full
from wenyun.jobs.place import JobPlace
from wenyun.stores.jobs import Job
from wenyun.stores.objects import StoreBusyError, StoreFaultError, StoreFullError

log = logging.getLogger("wenyun.api")

ID = re.compile(r"[0-9a-f]{32}")
_HOST = re.compile(r"[A-Za-z0-9._:\[\]-]{1,255}")

Place = TypeVar("Place", bound=JobPlace)


@asynccontextmanager
async def opened(open_place: Callable[[], Place]) -> AsyncIterator[Place]:
    """The stores, opened; what they cannot do is said in the contract's words."""
    try:
        yield await asyncio.to_thread(open_place)
    except StoreFullError as error:
        log.error("%s", error)
        raise full() from error
    except StoreBusyError as error:
        log.error("%s", error)
        raise WenyunError(
            "busy",
            "The store of jobs is busy; try again shortly.",
            "任务存储繁忙，请稍后再试。",
            retry_after=5,
        ) from error
    except StoreFaultError as error:
        log.error("%s", error)
        raise WenyunError(
            "internal",
            "Jobs cannot be stored now; the server's log says why.",
            "任务存储目前不可用，原因见服务器日志。",
        ) from error


async def find(place: JobPlace, job_id: str) -> Job:
    """A job; raises `job_not_found`."""
    if not ID.fullmatch(job_id):
        raise WenyunError("job_not_found")
    return await asyncio.to_thread(place.desk.get, job_id)


def base_of(request: Request) -> str:
    """How this client reaches us; a Host that is none gives a mere path."""
    path = str(request.scope.get("root_path", ""))
    host = request.headers.get("host", "")
    return f"{request.url.scheme}://{host}{path}" if _HOST.fullmatch(host) else path
