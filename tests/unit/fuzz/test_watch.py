"""Crashes and hangs are told, and what came after them is borne all the same."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fuzz import child, watch
from tests.fuzz.asgi import Answer
from tests.fuzz.shape import fault
from tests.fuzz.tally import Tally, tally

ID = "0123456789abcdef" * 2
HEADERS = {
    "x-request-id": ID,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "content-type": "application/json",
}


def test_whatever_befalls_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "MODULE", "tests.unit.fuzz.ill_child")
    monkeypatch.setattr(watch, "PATIENCE", 3.0)
    found = list(watch.outcomes(range(10), [str(tmp_path / "seen")]))
    assert [one["number"] for one in found] == list(range(10))
    faults = {one["number"]: one["fault"] for one in found if one["fault"]}
    assert faults == {3: "crash (-6)", 5: "hang"}
    counted = tally(found)
    assert (counted.cases, counted.crashes, counted.hangs, counted.errors) == (10, 1, 1, 1)
    assert [one["number"] for one in counted.bad] == [3, 5, 8]
    assert not counted.clean
    assert (
        "1 crashes, 1 over 20 s (1 more for want of a processor), 1 answers with 500"
        in counted.report()
    )


@pytest.mark.parametrize(
    ("seconds", "cpu", "stood", "hangs"),
    [
        (5, 5, 0, False),
        (25, 21, 20, True),
        (25, 0.1, 0.1, True),
        (25, 3, 30, False),
        (15, 21, 0, True),
    ],
)
def test_what_hangs(seconds: float, cpu: float, stood: float, hangs: bool) -> None:
    assert watch.hangs({"seconds": seconds, "cpu": cpu, "stood": stood}) is hangs


def remembered(memory: Callable[[int], int], cases: int = 1000) -> Tally:
    found = Tally()
    sound = {"kind": "png", "status": 200, "code": "", "fault": "", "peak": 1}
    for number in range(cases):
        told = {"number": number, "megabytes": memory(number), "used": 80, "cpu": number / 100}
        found.add({**sound, **told})
    return found


def test_growth_leaves_out_the_first_half() -> None:
    found = remembered(lambda number: min(100 + number, 400) + number % 7)
    assert found.growth == (0, 0)
    assert found.clean
    assert "+0 MB (+0 MB), bounded" in found.report()


def test_memory_that_goes_on_growing_is_no_clean_run() -> None:
    found = remembered(lambda number: 100 + number // 10)
    assert found.growth == (25, 0)
    assert found.leaks
    assert not found.clean
    assert not found.bad
    assert "MB resident (allocated): 105 (80), 115 (80)" in found.report()
    assert "still growing" in found.report()


def test_a_short_run_is_not_judged_by_its_memory() -> None:
    found = remembered(lambda number: 100 + number, 100)
    assert found.clean
    assert "too few to judge" in found.report()


def test_the_dearest_is_told_by_processor_seconds() -> None:
    report = remembered(lambda _: 100).report()
    assert "499 over 5 CPU seconds; the dearest is case 999 (png): 9.99 s" in report


def test_a_child_tells_what_it_has_allocated() -> None:
    before = child._allocated()
    held = bytearray(64 << 20)
    assert child._allocated() - before in (63, 64, 65)
    del held


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Answer(200, HEADERS, b'{"success": true, "text": [], "total_time": 0.1}'), "required"),
        (Answer(200, HEADERS | {"content-type": "text/plain"}, b"text"), ""),
        (Answer(200, {}, b"{}"), "no request id"),
        (Answer(422, HEADERS, b"oops"), "not a failure"),
        (Answer(422, HEADERS, b'{"detail": []}'), "not a failure"),
        (Answer(404, HEADERS | {"content-security-policy": ""}, b"{}"), "no CSP"),
        (Answer(404, HEADERS | {"referrer-policy": ""}, b"{}"), "unsafe"),
    ],
)
def test_answers_out_of_shape_are_told(answer: Answer, told: str) -> None:
    found = fault(answer)
    assert told in found
    assert bool(found) == bool(told)


def test_a_failure_of_the_contract_is_none_out_of_shape() -> None:
    error = b'{"code": "empty_file", "message": "m", "message_zh": "z"}'
    body = b'{"success": false, "error": %b, "request_id": "%b"}'
    right = body % (error, ID.encode())
    assert fault(Answer(422, HEADERS, right)) == ""
    assert "with status 500" in fault(Answer(500, HEADERS, right))
    assert fault(Answer(422, HEADERS, body % (error, b"other"))) == "two request ids"
    assert fault(Answer(422, HEADERS, right), "HEAD") == "a body after HEAD"
