"""One log line an object, whatever becomes of it, and never its name."""

import logging
from typing import Any

import pytest

from wenyun.errors import WenyunError
from wenyun.observe.facts import mark, note
from wenyun.stores.objects import StoreFaultError
from wenyun.triggers.events import Arrival
from wenyun.triggers.told import told

ARRIVAL = Arrival("uploads", "inbox/zhang-san.jpg")


def line(caplog: pytest.LogCaptureFixture) -> dict[str, Any]:
    (record,) = caplog.records
    assert "zhang" not in caplog.text
    return vars(record)


def test_what_was_read(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO), told(ARRIVAL, "id-1", 2):
        note(lines=3, pages=1)
    found = line(caplog)
    assert found["object"] == mark("uploads", "inbox/zhang-san.jpg")
    expected = {
        "event": "object",
        "request_id": "id-1",
        "attempt": 2,
        "code": "ok",
        "again": 0,
        "lines": 3,
        "pages": 1,
        "task_faults": 0,
    }
    assert {name: found[name] for name in expected} == expected
    assert found["task_ms"] >= 0


def test_what_is_wrong_with_the_file_is_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO), told(ARRIVAL, "id-1", 1):
        note(code="corrupt_image")
    assert (line(caplog)["code"], line(caplog)["task_faults"]) == ("corrupt_image", 0)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (WenyunError("time_limit"), "time_limit"),
        (StoreFaultError("slow down"), "store"),
        (ZeroDivisionError(), "internal"),
    ],
)
def test_what_is_tried_again(error: Exception, code: str, caplog: pytest.LogCaptureFixture) -> None:
    with (
        caplog.at_level(logging.INFO),
        pytest.raises(type(error)),
        told(ARRIVAL, "id-1", 1),
    ):
        raise error
    found = line(caplog)
    assert (found["code"], found["again"], found["task_faults"]) == (code, 1, 1)
