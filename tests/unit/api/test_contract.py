"""Whatever is sent to what the API describes, the answer is one that it describes."""

import asyncio
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz import contract
from tests.fuzz.asgi import Answer, send
from tests.fuzz.contract import Operation, operations
from tests.fuzz.requests import Request
from tests.jobkit.reader import order
from tests.unit.api.jobs_house import NOBODY, Office, office

DOCUMENT = json.loads((Path(__file__).parents[3] / "docs/openapi.json").read_text("utf-8"))
OPERATIONS = operations(DOCUMENT)
EXAMPLES = 120


@pytest.fixture(scope="module")
def open_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("contract"), max_bytes=100_000) as opened:
        opened.home.clock.now = time.time()
        opened.app.state.warmup.start()
        yield opened


@pytest.fixture
def jobs(open_office: Office) -> Iterator[list[str]]:
    """A job that is done and one that waits."""
    done = open_office.send(order(pages=1)).json()["job_id"]
    open_office.home.run()
    yield [done, open_office.announce(7)["job_id"]]
    for job in open_office.home.ports.jobs.expired(float("inf")):
        open_office.call("DELETE", f"/api/jobs/{job}")


def test_all_that_is_described_is_tried() -> None:
    assert len(OPERATIONS) >= 9
    assert {one.method for one in OPERATIONS} == {"GET", "POST", "DELETE"}


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_answers_are_as_described(
    open_office: Office, jobs: list[str], operation: Operation
) -> None:
    ids = st.sampled_from([*jobs, NOBODY, "x", "..", "A" * 32, "\u202e", "0" * 5000])
    seen: set[int] = set()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(contract.requests(operation, ids))
    def check(request: Request) -> None:
        answer = asyncio.run(send(open_office.app, request))
        seen.add(answer.status)
        if answer.status == 202:
            # Or the line is full before all has been tried.
            open_office.call("DELETE", f"/api/jobs/{answer.json['job_id']}")
        assert contract.fault(operation, answer) == "", (request, answer)

    check()
    assert min(seen) < 300 or "{" in operation.path, seen


HEADERS = {
    "x-request-id": "0" * 32,
    "content-type": "application/json",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "content-security-policy": "x",
    "cache-control": "no-store",
}


@pytest.mark.parametrize(
    ("status", "headers", "body", "told"),
    [
        (500, HEADERS, b"{}", "500"),
        (418, HEADERS, b"{}", "418 is not described"),
        (200, {}, b"{}", "no ["),
        (200, HEADERS, b"{}", "required"),
        (200, HEADERS, b"oops", "Expecting value"),
        (200, HEADERS | {"content-type": "image/png"}, b"", "image/png is not described"),
    ],
)
def test_departures_are_told(status: int, headers: Any, body: bytes, told: str) -> None:
    ocr = next(one for one in OPERATIONS if one.path == "/api/ocr")
    assert told in contract.fault(ocr, Answer(status, headers, body))
