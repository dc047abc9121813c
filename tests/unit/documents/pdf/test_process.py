"""The child process: what it knows, how it ends, and that nothing of it stays behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.enginekit.layer import ROOT
from tests.papers.raw import HELVETICA, Raw, helvetica, written
from tests.unit.documents.pdf.conftest import LIMITS, opened
from wenyun.deadline import Deadline
from wenyun.documents.opening import open_sheets
from wenyun.documents.pdf import process
from wenyun.documents.pdf import sheets as module
from wenyun.documents.pdf.process import Child, ChildDiedError, ChildSlowError
from wenyun.documents.pdf.sheets import PdfSheets, sheet_of
from wenyun.errors import WenyunError
from wenyun.options import Options


def pages(count: int) -> bytes:
    pdf = Raw()
    for number in range(1, count + 1):
        pdf.page(helvetica([(60, 700, f"Page number {number}")]), resources=HELVETICA)
    return pdf.build()


def child_of(sheets: PdfSheets) -> Child:
    assert sheets._child is not None
    return sheets._child


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (OSError, ProcessLookupError):
        return False


def wait_for_end(pid: int) -> bool:
    for _ in range(400):
        if not alive(pid):
            return True
        time.sleep(0.05)
    return False


def test_the_child_is_light() -> None:
    """Neither the engine nor anything that takes long to load or has secrets to lose."""
    code = (
        "import sys; import wenyun.documents.pdf.child, wenyun.documents.pdf.answers; "
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    loaded = set(run.stdout.split())
    assert "pypdfium2_raw" in loaded
    heavy = {"numpy", "cv2", "PIL", "onnxruntime", "fastapi", "pydantic", "asyncio", "boto3"}
    assert not loaded & heavy


def test_pdfium_is_never_in_this_process() -> None:
    code = (
        "import sys; from tests.papers.raw import written; "
        "from tests.unit.documents.pdf.conftest import opened\n"
        "with opened(written([(50, 700, '中文')])) as s: s.sheet(1)\n"
        "print('pypdfium2_raw' in sys.modules, 'multiprocessing' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert run.stdout.split() == ["False", "False"]


def test_the_child_sees_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "do not tell")
    monkeypatch.setenv("LD_LIBRARY_PATH", "/var/lang/lib")
    with opened(pages(1)) as sheets:
        known = Path(f"/proc/{child_of(sheets).pid}/environ").read_bytes()
    assert b"do not tell" not in known
    assert b"PYTHONPATH" in known
    assert b"LD_LIBRARY_PATH=/var/lang/lib" in known, "Lambda's interpreter needs it to start"


def test_a_killed_child_is_an_error_of_the_contract_and_the_next_page_is_read() -> None:
    with opened(pages(3), pages="1,3") as sheets:
        assert sheets.sheet(1).lines
        os.kill(child_of(sheets).pid, signal.SIGKILL)
        assert wait_for_end(child_of(sheets).pid)
        with pytest.raises(WenyunError) as caught:
            sheets.sheet(3)
        assert caught.value.code == "corrupt_pdf"
        (line,) = sheets.sheet(3).lines
        assert line.text == "Page number 3"


def test_a_stopped_child_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.4)
    sheets = open_sheets(pages(1), Options(), LIMITS, Deadline())
    assert isinstance(sheets, PdfSheets)
    pid = child_of(sheets).pid
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(WenyunError) as caught:
        sheets.sheet(1)
    assert caught.value.code == "corrupt_pdf"
    assert not alive(pid)
    sheets.close()


def test_the_requests_own_deadline_is_a_time_limit() -> None:
    sheets = open_sheets(pages(1), Options(), LIMITS, Deadline())
    assert isinstance(sheets, PdfSheets)
    pid = child_of(sheets).pid
    os.kill(pid, signal.SIGSTOP)
    sheets._deadline = Deadline.after(0.3)
    with pytest.raises(WenyunError) as caught:
        sheets.sheet(1)
    assert caught.value.code == "time_limit"
    assert not alive(pid)


def test_nothing_stays_behind() -> None:
    before = set(Path("/proc/self/fd").iterdir())
    pids = []
    for _ in range(5):
        with opened(pages(2)) as sheets:
            sheets.sheet(1)
            pids.append(child_of(sheets).pid)
        sheets.close()
    assert set(Path("/proc/self/fd").iterdir()) == before
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids), "no zombies either"


def test_closing_in_the_middle_of_the_next_page_is_clean() -> None:
    with opened(pages(40)) as sheets:
        sheets.sheet(1)
        pid = child_of(sheets).pid
    assert not Path(f"/proc/{pid}").exists()


def test_the_child_ends_with_its_parent() -> None:
    code = (
        "import os, signal; from tests.unit.documents.pdf.test_process import *\n"
        "s = open_sheets(pages(1), Options(), LIMITS, Deadline())\n"
        "print(s._child.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == -signal.SIGKILL
    assert wait_for_end(int(run.stdout))


def test_several_files_at_a_time() -> None:
    """Each has its own process, so threads do not meet in PDFium."""
    found: dict[int, list[str]] = {}

    def read(count: int) -> None:
        with opened(pages(count)) as sheets:
            found[count] = [sheets.sheet(n + 1).lines[0].text for n in range(count)]

    threads = [threading.Thread(target=read, args=(count,)) for count in (2, 3, 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {count: lines[-1] for count, lines in found.items()} == {
        count: f"Page number {count}" for count in (2, 3, 4)
    }


def test_it_needs_no_shared_memory() -> None:
    """Lambda has none."""
    with Child() as child:
        child.send({"passwords": []}, written([(50, 700, "中文")]), time.monotonic() + 30)
        answer, payload = child.hear(time.monotonic() + 30)
        assert (answer, payload) == ({"pages": 1}, 0)
        maps = Path(f"/proc/{child.pid}/maps").read_text()
        assert "/dev/shm" not in maps


def test_speaking_to_nobody() -> None:
    child = Child()
    child.close()
    child.close()
    with pytest.raises((ChildDiedError, OSError, ValueError)):
        child.send({}, b"", time.monotonic() + 5)


def test_no_answer_in_time() -> None:
    with Child() as child:
        with pytest.raises(ChildSlowError):
            child.hear(time.monotonic() + 0.05)
        with pytest.raises(ChildSlowError):
            child.hear(time.monotonic() - 1)


def test_answers_that_make_no_sense(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that a file has taken over can lie, but it cannot break this process."""
    good = {
        "width": 9.0, "height": 9.0, "scale": 1.0, "origin": [0, 0], "lines": [], "read": None,
        "overview": None,
    }  # fmt: skip
    assert sheet_of(1, good, []).width == 9
    lies: list[tuple[str, object]] = [
        ("width", -1), ("width", "x"), ("width", float("nan")), ("origin", [1]), ("lines", [3]),
        ("lines", [{}]), ("read", [3, 3]), ("scale", None),
        ("lines", [{"text": "a", "column": 0, "box": [1, 2], "characters": []}]),
    ]  # fmt: skip
    for name, value in lies:
        with pytest.raises(ChildDiedError):
            sheet_of(1, {**good, name: value}, [])
    outside = {
        "text": "a",
        "column": False,
        "box": [-5, -5, 99, 0, 99, 99, 0, 99],
        "characters": [],
    }
    (line,) = sheet_of(1, {**good, "lines": [outside]}, []).lines
    assert line.box == ((0, 0), (9, 0), (9, 9), (0, 9))


def test_a_message_of_a_strange_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "MAX_OBJECT", 3)
    with pytest.raises(WenyunError) as caught:
        open_sheets(pages(1), Options(), LIMITS, Deadline())
    assert caught.value.code == "corrupt_pdf"


def test_a_client_that_leaves_ends_the_child(tmp_path: Path) -> None:
    """The child is at work on a page; who listens to it hears that the time is up."""
    deadline = Deadline.after(3600)
    sheets = open_sheets(pages(3), Options(), LIMITS, deadline)
    assert isinstance(sheets, PdfSheets)
    child = sheets._child
    assert child is not None
    os.kill(child.pid, signal.SIGSTOP)
    leaving = threading.Timer(0.2, deadline.cancel)
    leaving.start()
    with pytest.raises(WenyunError) as late:
        sheets.sheet(1)
    leaving.join()
    assert late.value.code == "time_limit"
    assert child._process.poll() is not None
