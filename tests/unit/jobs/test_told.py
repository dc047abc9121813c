"""One log line a task of a job."""

import logging
from typing import Any

import pytest

from tests.jobkit.house import House
from tests.jobkit.reader import order


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [vars(one) for one in caplog.records if getattr(one, "event", "") == "task"]


def test_every_step_of_a_job_is_one_line(home: House, caplog: pytest.LogCaptureFixture) -> None:
    job = home.submit(order(pages=2, seed="a"))
    with caplog.at_level(logging.INFO):
        home.run()
    told = lines(caplog)
    assert [(one["step"], one["page"]) for one in told] == [
        *(("plan", 0), ("page", 1), ("page", 2), ("assemble", 0))
    ]
    for one in told:
        assert (one["job_id"], one["attempt"], one["code"]) == (job.id, 1, "ok")
        assert (one["task_faults"], one["task_ms"] >= 0) == (0, True)
    page = told[1]
    assert (page["pages"], page["profile"]) == (1, "balanced")
    assert page["lines"] >= 1
    assert page["bytes"] > 0


def test_a_page_that_is_bad_is_no_fault_and_one_that_breaks_is(
    home: House, caplog: pytest.LogCaptureFixture
) -> None:
    home.submit(order(pages=1, seed="a", bad=[1]))
    home.submit(order(pages=1, seed="b", fail=[1]))
    with caplog.at_level(logging.INFO):
        home.run()
    told = [one for one in lines(caplog) if one["code"] != "ok"]
    seen = [(one["code"], one["task_faults"], one.get("given_up", False)) for one in told]
    assert seen.count(("corrupt_image", 0, False)) == 1
    assert seen[-1] == ("internal", 1, True)
    assert [one["attempt"] for one in told if one["code"] == "internal"] == [1, 2, 3]
