"""The bench of long documents: its file, its watching of memory, its table."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench import peers
from tests.bench.documents import Reader, drawn, early, others, row, run
from tests.bench.runners.document_ocrmypdf import pages_of
from tests.bench.score import Read, Truth
from tests.bench.subjects import ROOT
from tests.bench.tree import Watched, tree_mb, watch
from wenyun.deadline import Deadline
from wenyun.documents.opening import open_sheets
from wenyun.documents.reader import Limits
from wenyun.options import Options


def test_the_file_has_the_pages_and_the_truth(tmp_path: Path) -> None:
    path, truths = drawn(tmp_path, 4, 11)
    sheets = open_sheets(path.read_bytes(), Options(), Limits(10**9, 10**8), Deadline.after(60))
    try:
        assert sheets.count == len(truths) == 4
        assert all(sheets.sheet(number).pixels is not None for number in range(1, 5))
    finally:
        sheets.close()
    assert all(len(truth.lines) > 5 for truth in truths)
    assert truths[0] != truths[3], "no page comes twice"


def test_memory_of_all_that_a_process_started() -> None:
    """This process holds some; a child of a child adds its 80 MB."""
    before = tree_mb(os.getpid())
    inner = "import sys; block = bytearray(80 << 20); print('page 1', flush=True); sys.stdin.read()"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"
    with subprocess.Popen(
        [sys.executable, "-c", outer], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"page 1\n"
        assert tree_mb(child.pid) > 80
        assert tree_mb(os.getpid()) > before + 80
        child.communicate(b"")
    assert tree_mb(child.pid) == 0


def test_a_watched_command_tells_its_pages() -> None:
    code = "import time\nfor n in (1, 2): time.sleep(.2); print('page', n, flush=True)\nprint('x')"
    seen = watch([sys.executable, "-c", code], ROOT)
    assert seen.code == 0
    assert list(seen.done) == [1, 2]
    assert 0 < seen.done[1] < seen.done[2] <= seen.seconds
    assert seen.peak > 3
    failed = watch([sys.executable, "-c", "raise SystemExit('no such thing')"], ROOT)
    assert (failed.code, failed.complaints.strip()) == (1, "no such thing")


def test_memory_at_a_page() -> None:
    looks = [(0.5, 10.0), (1.5, 90.0), (2.5, 30.0), (9.5, 40.0)]
    told = Watched(10.0, 0, looks, {1: 1.0, 2: 2.0, 3: 3.0})
    assert [told.at_page(page, 3) for page in (1, 2, 3)] == [10, 90, 30]
    silent = Watched(10.0, 0, looks)
    assert silent.at_page(10, 100) == 10
    assert silent.at_page(100, 100) == 40
    assert silent.peak == 90


def test_a_row_counts_missing_pages_as_unread() -> None:
    truths = [Truth(("发票", "Total 12")), Truth(("第二页",))]
    seen = Watched(4.0, 0, [(1.9, 100.0), (3.9, 120.0)])
    assert row("x", seen, [Read(("发票", "Total 12"))], truths) == [
        "x", "0.50", "100", "120", "120", "66.7", "75.0",
    ]  # fmt: skip


def test_pages_that_are_compared() -> None:
    assert (early(4), early(100)) == (1, 10)


def test_tesseracts_text_is_parted_by_form_feeds() -> None:
    assert pages_of("一\n\n二\n\fthree\n\f") == [["一", "二"], ["three"]]
    assert pages_of("\f\fx\f") == [[], [], ["x"]]
    assert pages_of("") == []


def test_a_reader_without_an_answer_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reader = Reader("nobody", Path(sys.executable), "tests.bench.runners.nothing", {})
    assert run(reader, tmp_path / "a.pdf", tmp_path / "out.json", 1) is None
    assert "nobody gave no answer" in capsys.readouterr().out


def test_others_that_are_not_there_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(peers, "ensure", lambda name: None)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert [reader.name for reader in others()] == ["rapidocr-pdf"]
    assert "ocrmypdf: skipped, there is no tesseract and no gs" in capsys.readouterr().out


def test_the_job_is_a_file(tmp_path: Path) -> None:
    """A runner gets its job as JSON and writes lists of lines."""
    (tmp_path / "echo.py").write_text(
        "import json, sys\njob = json.load(open(sys.argv[1]))\n"
        "json.dump([[job['options']['profile']]], open(job['out'], 'w'))\nprint('page 1')\n"
    )
    job = {"out": str(tmp_path / "o.json"), "options": {"profile": "fast"}}
    (tmp_path / "job.json").write_text(json.dumps(job))
    seen = watch([sys.executable, str(tmp_path / "echo.py"), str(tmp_path / "job.json")], ROOT)
    assert seen.done.keys() == {1}
    assert json.loads((tmp_path / "o.json").read_text()) == [["fast"]]
