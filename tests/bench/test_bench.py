"""The bench's tables, with runs that are made up."""

from pathlib import Path
from typing import Any

import pytest

from tests.bench import bench, cold
from tests.bench.cold import Start
from tests.bench.samples import Sample
from tests.bench.score import Read, Truth
from tests.bench.subjects import Outcome, RunnerError, Subject, rapidocr

SAMPLES = [
    Sample("menu", Path("a.png"), Truth(("x", "y"))),
    Sample("card", Path("b.png"), Truth(("z",))),
]


@pytest.fixture
def given() -> Any:
    parsed = bench._parser().parse_args(["--repeat", "1"])
    parsed.peers = [rapidocr()]
    return parsed


def _run(subject: Subject, files: list[Path], *, threads: int, lines: bool) -> Outcome:
    if subject.name == "wenyun accurate":
        raise RunnerError("wenyun accurate gave no answer: out of memory")
    seconds = 1.0 if subject.name == "rapidocr" else 0.25
    reads = tuple(Read(("x", "y"), seconds=seconds) for _ in files)
    return Outcome(0.1, 0.4, 400 * seconds, reads, (), {})


def test_pages_are_compared_with_the_base(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], given: Any
) -> None:
    monkeypatch.setattr(bench, "run", _run)
    text = bench.pages(SAMPLES, 2, given)
    rows = {row.split("|")[1].strip(): row.split("|")[2:-1] for row in text.splitlines()[2:]}
    assert [cell.strip() for cell in rows["wenyun fast"]] == [
        *("4.00", "8.0", "0.25", "66.7", "100", "0.25")
    ]
    assert [cell.strip() for cell in rows["rapidocr"]][2:] == ["1.00", "66.7", "400", "1.00"]
    assert "wenyun accurate" not in rows
    assert "out of memory" in capsys.readouterr().out


def test_without_the_base_there_are_no_ratios(monkeypatch: pytest.MonkeyPatch, given: Any) -> None:
    monkeypatch.setattr(bench, "run", _run)
    given.peers = []
    assert "|          - |" in bench.pages(SAMPLES, 1, given)


def test_lines_are_counted_by_the_second(monkeypatch: pytest.MonkeyPatch, given: Any) -> None:
    monkeypatch.setattr(bench, "run", _run)
    text = bench.lines(SAMPLES, 1, given)
    assert "| CRNN         |     4.0 |       0.25 |     100 |" in text
    assert "1 thread\n" in text


def test_first_answers_name_who_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], given: Any
) -> None:
    def broken(file: Path, threads: int) -> Start:
        raise RunnerError("the server ended with 1")

    monkeypatch.setattr(cold, "of_command", lambda command, threads: Start(0.5, 100))
    monkeypatch.setattr(cold, "of_server", broken)
    monkeypatch.setattr(cold, "of_function", lambda file, threads, log: Start(0.8, 300))
    monkeypatch.setattr(cold, "of_runner", lambda subject, file, threads: Start(2.0, 400))
    text = bench.first(Path("b.png"), 2, given)
    assert "| wenyun command       |            0.50 |       0.25 |     100 |       0.25 |" in text
    assert "| wenyun as a function |            0.80 |       0.40 |     300 |       0.75 |" in text
    assert "wenyun over HTTP: the server ended with 1" in capsys.readouterr().out


def test_the_smallest_scene_is_the_first_answer() -> None:
    assert bench._small(SAMPLES) == Path("b.png")
