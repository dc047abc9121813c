"""Files that want too much end in an error of the contract, and this process goes on."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.papers.hostile import HOSTILE, million_pages, packed_content
from tests.papers.raw import HELVETICA, Raw, helvetica, jpeg_page, written
from tests.papers.scans import scanned
from tests.pictures.make import save
from tests.pictures.mutate import mutate
from tests.scenes.catalogue import render
from tests.unit.documents.pdf.conftest import LIMITS, opened
from wenyun.deadline import Deadline
from wenyun.documents.opening import open_sheets
from wenyun.documents.pdf.guard import MEMORY, PAGE_SECONDS
from wenyun.documents.pdf.sheets import MOST_DEATHS, PdfSheets
from wenyun.errors import WenyunError
from wenyun.options import Options

ALLOWED = {"corrupt_pdf", "too_many_pixels", "too_many_pages", "pdf_password_required"}
MUTATIONS = 60


def outcome(data: bytes, pages: int = 2) -> tuple[str, int]:
    """The code that a file ends in, or `read`, and the child's peak of address space."""
    try:
        with opened(data) as sheets:
            child = sheets._child
            assert child is not None
            try:
                for number in range(1, min(sheets.count, pages) + 1):
                    sheets.sheet(number)
            finally:
                peak = _status(child.pid, "VmPeak")
        return "read", peak
    except WenyunError as error:
        return error.code, 0


def _status(pid: int, field: str) -> int:
    """A size in /proc/PID/status, in bytes; 0 where there is no such process."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (OSError, ProcessLookupError):
        return 0
    found = [row for row in status.splitlines() if row.startswith(field)]
    return int(found[0].split()[1]) * 1024 if found else 0


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
def test_hostile_files(make: Callable[[], bytes]) -> None:
    data = make()
    code, peak = outcome(data)
    assert code in {"read", *ALLOWED}
    assert peak <= MEMORY + 2 * len(data)


def test_a_child_has_limits_before_it_sees_the_file() -> None:
    data = written([(50, 700, "中文")])
    with opened(data) as sheets:
        assert sheets._child is not None
        limits = Path(f"/proc/{sheets._child.pid}/limits").read_text()
        rows = {row[:26].strip(): row[26:].split()[0] for row in limits.splitlines()}
        assert int(rows["Max address space"]) == MEMORY + 2 * len(data)
        assert 0 < int(rows["Max cpu time"]) <= PAGE_SECONDS + 2
        assert (rows["Max file size"], rows["Max core file size"]) == ("0", "0")
        assert int(rows["Max open files"]) == 64


def test_one_greedy_page_does_not_take_the_others_along() -> None:
    greedy = packed_content()
    start, end = greedy.index(b"stream\n") + 7, greedy.index(b"\nendstream")
    pdf = Raw()
    pdf.page(helvetica([(60, 700, "First")]), resources=HELVETICA)
    bomb = pdf.stream(greedy[start:end], "/Filter /FlateDecode")
    pdf.pages.append(
        pdf.add(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents {bomb} 0 R >>")
    )
    pdf.page(helvetica([(60, 700, "Third")]), resources=HELVETICA)
    with opened(pdf.build()) as sheets:
        assert [line.text for line in sheets.sheet(1).lines] == ["First"]
        with pytest.raises(WenyunError) as caught:
            sheets.sheet(2)
        assert caught.value.code == "corrupt_pdf"
        assert [line.text for line in sheets.sheet(3).lines] == ["Third"]


def test_a_file_that_keeps_killing_is_given_up() -> None:
    pdf = Raw()
    for _ in range(20):
        pdf.page(b"0 0 9 9 re f")
    with opened(pdf.build()) as sheets:
        for _ in range(MOST_DEATHS):
            sheets.sheet(1)
            _kill(sheets)
            assert _code(sheets, 2) == "corrupt_pdf"
        assert [_code(sheets, number) for number in range(1, 21)] == ["corrupt_pdf"] * 20
        assert sheets._child is None, "no other child is started"


def _kill(sheets: PdfSheets) -> None:
    assert sheets._child is not None
    os.kill(sheets._child.pid, signal.SIGKILL)
    os.waitid(os.P_PID, sheets._child.pid, os.WEXITED | os.WNOWAIT)
    # What it had answered already is lost with it.
    sheets._asked = None


def _code(sheets: PdfSheets, number: int) -> str:
    with pytest.raises(WenyunError) as caught:
        sheets.sheet(number)
    return caught.value.code


def test_memory_does_not_grow_with_the_pages() -> None:
    """Sixty scans, none like another: all objects that were parsed are given back now and then."""
    rng = np.random.default_rng(3)
    pdf = Raw()
    for _ in range(60):
        noise = rng.integers(0, 256, (500, 400, 3), dtype=np.uint8)
        jpeg_page(pdf, save(noise, "JPEG", quality=90), (400, 500), (400, 500))
    data = pdf.build()
    held = {}
    with opened(data) as sheets:
        for number in range(1, 61):
            sheets.sheet(number)
            assert sheets._child is not None
            held[number] = _status(sheets._child.pid, "VmRSS")
    assert len(data) > 10_000_000
    assert max(held[n] for n in range(41, 60)) < max(held[n] for n in range(1, 21)) + 2_000_000


def test_a_million_pages_are_counted_and_no_more() -> None:
    with opened(million_pages()) as sheets:
        assert sheets.count == 1_000_000


def test_no_time_left() -> None:
    with pytest.raises(WenyunError) as caught:
        open_sheets(written([(50, 700, "中文")]), Options(), LIMITS, Deadline.after(-1))
    assert caught.value.code == "time_limit"


def seeds() -> list[bytes]:
    pdf = Raw()
    pdf.page(helvetica([(60, 700, "A line to be damaged")]), resources=HELVETICA)
    return [
        written([(50, 700, "中文测试文档"), (50, 680, "第二行")]),
        pdf.build(),
        scanned([render("card", 3)]),
    ]


def test_mutated_files() -> None:
    """Whatever befalls a file's bytes, the answer is pages or an error of the contract."""
    codes: dict[str, int] = {}
    files = seeds()
    before = set(Path("/proc/self/fd").iterdir())
    for seed in range(MUTATIONS):
        data = mutate(files[seed % len(files)], seed)
        if b"%PDF-" not in data[:1024]:
            continue
        code, _ = outcome(data)
        codes[code] = codes.get(code, 0) + 1
    assert set(codes) <= {"read", *ALLOWED}, codes
    assert codes["read"] > 5
    assert codes["corrupt_pdf"] > 5
    assert set(Path("/proc/self/fd").iterdir()) == before
