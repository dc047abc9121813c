"""Progress as server-sent events."""

import asyncio
import json
import re
from typing import Any

import pytest

from tests.api_fakes import client_of
from tests.jobkit.reader import order
from tests.unit.api.jobs_house import Office
from wenyun.api import job_events

KEYS = {"job_id", "state", "pages_done", "pages_total", "error", "results", "expires_at"}


def events_of(text: str) -> list[tuple[str, dict[str, Any]]]:
    found = re.findall(r"event: (\w+)\ndata: (.*)\n\n", text)
    return [(name, json.loads(data)) for name, data in found]


def watch(at: Office, job_id: str, *happenings: Any) -> list[tuple[str, dict[str, Any]]]:
    """The events of a job while things happen."""

    async def go() -> str:
        async with client_of(at.app) as client:
            watching = asyncio.create_task(
                client.get(f"/api/jobs/{job_id}", headers={"accept": "text/event-stream"})
            )
            for happening in happenings:
                await asyncio.sleep(0.1)
                await asyncio.to_thread(happening)
            return (await watching).text

    return events_of(asyncio.run(go()))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_events, "POLL_SECONDS", 0.01)


@pytest.mark.usefixtures("quick")
def test_progress_as_events(at: Office) -> None:
    job_id = at.send(order(pages=2)).json()["job_id"]
    work = at.home.runner().work
    found = watch(at, job_id, work, work, work, work)
    assert found[0][0] == "progress"
    assert set(found[0][1]) == KEYS
    assert found[-1][0] == "end"
    assert found[-1][1]["state"] == "succeeded"
    done = [job["pages_done"] for _, job in found]
    assert done == sorted(done)


@pytest.mark.usefixtures("quick")
def test_events_of_a_job_that_has_ended_or_is_withdrawn(at: Office) -> None:
    job_id = at.send(order(pages=1)).json()["job_id"]
    found = watch(at, job_id, lambda: at.home.desk().delete(job_id))
    assert found[-1] == ("error", {"code": "job_not_found"})
    job_id = at.send(order(pages=1)).json()["job_id"]
    at.home.run()
    assert [name for name, _ in watch(at, job_id)] == ["end"]


@pytest.mark.usefixtures("quick")
def test_events_end_with_the_server(at: Office) -> None:
    job_id = at.send(order(pages=1)).json()["job_id"]
    assert [name for name, _ in watch(at, job_id, at.jobs.close)] == ["progress"]


@pytest.mark.usefixtures("quick")
def test_silence_is_filled(at: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_events, "HEARTBEAT_SECONDS", 0.0)
    monkeypatch.setattr(job_events, "LONGEST_SECONDS", 0.2)
    job_id = at.send(order(pages=1)).json()["job_id"]
    answer = at.call("GET", f"/api/jobs/{job_id}", headers={"accept": "text/event-stream"})
    assert ": still here\n\n" in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_watchers_are_bounded() -> None:
    watchers = job_events.Watchers(most=1)
    watchers.check()
    watchers.open = 1
    with pytest.raises(Exception, match="busy"):
        watchers.check()
