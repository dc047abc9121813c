"""What every runner does: take a job, read its files one after another, write down what came out.

A job is a JSON file: `files`, `threads`, `cpus` (how many to be pinned to, 0 for all), `lines`
(whether each file is a single line: then all are read in one go), `options` of the reader, and
`out`, where the answer goes:
`{"load": seconds, "pages": [{"file", "seconds", "lines": [{"text", "box"}], "sent", "error"}],
"peak_mb", "about"}`. The line `first answer` goes to standard output after the first page.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Job = dict[str, Any]
Page = dict[str, Any]
ReadFiles = Callable[[list[str]], list[Page]]
Maker = Callable[[Job], tuple[ReadFiles, Callable[[], dict[str, Any]]]]

FIRST = "first answer"


def run(make: Maker, argv: list[str] | None = None) -> None:
    """Carry out the job named on the command line.

    Args:
        make: Opens the reader for a job. Gives two functions: files to a page each, with its
            `lines`, and what there is to tell about the reader at the end.
        argv: The command line; the process's own by default.

    """
    job = json.loads(Path((argv or sys.argv)[1]).read_text("utf-8"))
    pin(job["cpus"])
    start = time.perf_counter()
    read, about = make(job)
    load = time.perf_counter() - start
    files = job["files"]
    pages = []
    for part in [files] if job["lines"] else [[file] for file in files]:
        pages += _pages(read, part)
        if len(pages) == len(part):
            sys.stdout.write(FIRST + "\n")
            sys.stdout.flush()
    answer = {"load": load, "pages": pages, "peak_mb": status_mb("VmHWM"), "about": about()}
    Path(job["out"]).write_text(json.dumps(answer, ensure_ascii=False), "utf-8")


def pin(cpus: int) -> None:
    """Keep to the first so many CPUs, where the system can do that."""
    if cpus and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cpus])


def status_mb(field: str, pid: int | str = "self") -> float | None:
    """A field of /proc/PID/status in MB: VmHWM is the peak, VmRSS what is held now; else None.

    Not getrusage: a child's figure there starts from its parent's size.
    """
    try:
        text = Path(f"/proc/{pid}/status").read_text("utf-8")
    except OSError:
        return None
    for row in text.splitlines():
        if row.startswith(field + ":"):
            return int(row.split()[1]) / 1024
    return None


def cpu_seconds(pid: int | str = "self") -> float:
    """Seconds that a process's threads have spent on CPUs, its own and the kernel's work."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def upright(left: float, top: float, right: float, bottom: float) -> list[list[float]]:
    """A box from its edges."""
    return [[left, top], [right, top], [right, bottom], [left, bottom]]


def _pages(read: ReadFiles, files: list[str]) -> list[Page]:
    start = time.perf_counter()
    try:
        pages = read(files)
    except Exception as error:  # noqa: BLE001  a reader's failure is a result too
        pages = [{"lines": [], "error": f"{type(error).__name__}: {error}"} for _ in files]
    seconds = (time.perf_counter() - start) / max(1, len(files))
    named = zip(pages, files, strict=True)
    return [{**page, "file": file, "seconds": seconds} for page, file in named]
