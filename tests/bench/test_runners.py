"""A job goes in, an answer comes out: with a fake reader, in this process and in one of its own."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.bench import accuracy, fake_runner
from tests.bench.runners import common, shapes
from tests.bench.samples import Sample
from tests.bench.score import Truth
from tests.bench.subjects import RunnerError, Subject, parse, run

FAKE = Subject("fake", Path(sys.executable), "tests.bench.fake_runner")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    for name, text in (("a", "发票\nTotal 12"), ("b", "menu")):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    return [tmp_path / "a.png", tmp_path / "b.png"]


def _answer(tmp_path: Path, files: list[Path], **more: Any) -> dict[str, Any]:
    job = {"files": [str(f) for f in files], "threads": 1, "cpus": 0, "lines": False, "options": {}}
    path = tmp_path / "job.json"
    path.write_text(json.dumps({**job, "out": str(tmp_path / "out.json"), **more}), "utf-8")
    common.run(fake_runner.make, ["runner", str(path)])
    answer: dict[str, Any] = json.loads((tmp_path / "out.json").read_text("utf-8"))
    return answer


def test_an_answer_holds_every_page(
    tmp_path: Path, files: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    answer = _answer(tmp_path, files)
    assert [[line["text"] for line in page["lines"]] for page in answer["pages"]] == [
        ["发票", "Total 12"],
        ["menu"],
    ]
    assert answer["about"] == {"threads": 1}
    assert all(page["seconds"] > 0 for page in answer["pages"])
    assert capsys.readouterr().out.count(common.FIRST) == 1


def test_lines_are_read_in_one_go(tmp_path: Path, files: list[Path]) -> None:
    pages = _answer(tmp_path, files, lines=True)["pages"]
    assert pages[0]["seconds"] == pages[1]["seconds"]


def test_a_failure_is_an_empty_page_with_its_reason(tmp_path: Path, files: list[Path]) -> None:
    outcome = parse(_answer(tmp_path, [tmp_path / "broken.png", *files]), first=1.0)
    assert outcome.failures == ("broken.png: ValueError: cannot read this",)
    assert [len(read.lines) for read in outcome.reads] == [0, 2, 1]


def test_boxes_that_are_not_all_there_are_dropped() -> None:
    pages = [
        {"file": "a", "seconds": 1, "lines": [{"text": "x", "box": [[0, 0]] * 4}, {"text": "y"}]}
    ]
    answer: dict[str, Any] = {"load": 0, "peak_mb": None, "about": {}, "pages": pages}
    assert parse(answer, 0).reads[0].boxes is None


def test_a_child_reports_time_and_text(files: list[Path]) -> None:
    outcome = run(FAKE, files, threads=1)
    assert outcome.first > 0
    assert outcome.about == {"threads": 1}
    assert outcome.reads[0].lines == ("发票", "Total 12")
    assert outcome.reads[0].boxes is not None
    assert outcome.reads[0].boxes.shape == (2, 4, 2)


def test_a_child_that_does_not_open_is_said_with_its_reason(files: list[Path]) -> None:
    closed = Subject("fake", FAKE.python, FAKE.runner, {"closed": True})
    with pytest.raises(RunnerError, match=r"fake gave no answer.*does not open"):
        run(closed, files)


def test_a_missing_environment_is_named() -> None:
    absent = Subject("peer", Path("/nowhere/python"), "x")
    assert absent.missing() == (
        "peer: skipped, /nowhere/python is missing (python -m tests.bench.peers)"
    )
    assert FAKE.missing() is None


def test_measuring_leaves_out_who_cannot_take_part(files: list[Path]) -> None:
    said: list[str] = []
    samples = [Sample("menu", files[1], Truth(("menu",)))]
    absent = Subject("peer", Path("/nowhere/python"), "x")
    closed = Subject("closed", FAKE.python, FAKE.runner, {"closed": True})
    results = accuracy.measure([absent, closed, FAKE], samples, False, said.append)
    assert list(results) == ["fake"]
    assert results["fake"][0]["menu"].exact == 1
    assert len(said) == 2


def test_many_failures_are_counted(tmp_path: Path) -> None:
    said: list[str] = []
    samples = [Sample("x", tmp_path / f"broken{i}.png", Truth(("a",))) for i in range(8)]
    accuracy.measure([FAKE], samples, False, said.append)
    assert said[-1] == "fake: 8 files failed in all"
    assert len(said) == accuracy.MOST_FAILURES + 1


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system has no /proc")
def test_memory_is_read_from_the_system() -> None:
    peak, held = common.status_mb("VmHWM"), common.status_mb("VmRSS")
    assert peak is not None
    assert held is not None
    assert 5 < held <= peak


def test_memory_is_unknown_for_no_process() -> None:
    assert common.status_mb("VmHWM", "none") is None


def test_widths_all_differ_and_never_change() -> None:
    widths = shapes.widths(1000)
    assert len(set(widths)) == 1000
    assert widths[:100] == shapes.widths(100)
