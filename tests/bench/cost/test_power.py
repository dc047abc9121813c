"""The table of memory sizes."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.awskit.runtime_api import Outcome
from tests.bench.cost import power
from tests.bench.cost.power import Measured, report
from tests.bench.cost.shares import NoSharesError

SMALL = Measured(1024, init=1.0, first=2.0, mean=2.0, cpu=1.1, peak=300.0)
LARGE = Measured(2048, init=0.6, first=1.2, mean=0.8, cpu=1.1, peak=None)


def test_the_cheapest_row_is_marked() -> None:
    rows = report([SMALL, LARGE], 8, "balanced").splitlines()
    assert "8 pages, profile balanced" in rows[0]
    assert [row.split("|")[1].strip() for row in rows[3:]] == ["1024", "2048 *"]
    assert [row.split("|")[7].strip() for row in rows[3:]] == ["300", "-"]


def test_cold_starts_are_in_the_bill() -> None:
    cold = Measured(1024, init=9.0, first=2.0, mean=2.0, cpu=1.1, peak=None)
    http = [float(report([one], 1, "fast").splitlines()[3].split("|")[8]) for one in (SMALL, cold)]
    assert http[1] > http[0]


class Answering:
    def __init__(self, status: int) -> None:
        self.status = status
        self.seen: list[dict[str, Any]] = []

    def invoke(self, event: dict[str, Any]) -> Outcome:
        self.seen.append(event)
        return Outcome("response", {"statusCode": self.status, "body": json.dumps({})})


def test_a_page_is_posted_as_the_gateway_does() -> None:
    function = Answering(200)
    assert power._read(function, b"picture") >= 0  # type: ignore[arg-type]
    assert function.seen[0]["isBase64Encoded"]


def test_a_failure_is_no_measurement() -> None:
    with pytest.raises(RuntimeError, match="answered"):
        power._read(Answering(500), b"picture")  # type: ignore[arg-type]


def test_no_shares_no_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(memory: int, files: list[bytes], profile: str, folder: Path) -> Measured:
        raise NoSharesError("no CPU shares: Permission denied")

    monkeypatch.setattr(power, "measure", refuse)
    monkeypatch.setattr(power, "drawn", lambda *_: [])
    assert power.main([]) == 1
    assert "Permission denied" in capsys.readouterr().err
