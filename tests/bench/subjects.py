"""Who is measured, and how a runner is started in a process of its own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.runners.common import FIRST
from tests.bench.samples import quads
from tests.bench.score import Read

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / ".tools/peers"
RUNNERS = "tests.bench.runners"
DEFAULT_CPUS = 2


class RunnerError(RuntimeError):
    """A runner ended without an answer; the message holds the last line of what it complained."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A reader: its name in tables, the Python that has it, its runner's module, its options."""

    name: str
    python: Path
    runner: str
    options: dict[str, Any] = field(default_factory=dict)

    def missing(self) -> str | None:
        """Why it cannot be measured here, or None."""
        if self.python.exists():
            return None
        return f"{self.name}: skipped, {self.python} is missing (python -m tests.bench.peers)"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a runner reported.

    `load` is seconds to open the reader, `first` seconds from process start to the first answer,
    `peak` MB of memory where the system tells. `reads` follow the order of the files.
    """

    load: float
    first: float
    peak: float | None
    reads: tuple[Read, ...]
    failures: tuple[str, ...]
    about: dict[str, Any]

    @property
    def seconds(self) -> float:
        """Seconds for all pages, without opening."""
        return sum(read.seconds for read in self.reads)


def ours(profile: str, enhance: str = "auto") -> Subject:
    """Our reader with a profile."""
    options = {"profile": profile, "enhance": enhance}
    return Subject(f"wenyun {profile}", Path(sys.executable), f"{RUNNERS}.ours", options)


def our_lines(name: str, role: str) -> Subject:
    """One of our recognisers alone."""
    return Subject(
        name, Path(sys.executable), f"{RUNNERS}.ours_lines", {"role": role, "lang": "mix"}
    )


def rapidocr(name: str = "rapidocr") -> Subject:
    """rapidocr 3.10; given lines, its PP-OCRv6 small recogniser alone."""
    return Subject(name, PEERS / "rapidocr/bin/python", f"{RUNNERS}.rapid")


def faster(size: str) -> Subject:
    """faster-paddle 1.0.4, tiny or small."""
    python = PEERS / "faster-paddle/bin/python"
    return Subject(f"faster-paddle {size}", python, f"{RUNNERS}.faster", {"size": size})


def run(
    subject: Subject,
    files: Sequence[Path],
    *,
    threads: int = DEFAULT_CPUS,
    lines: bool = False,
) -> Outcome:
    """Let a subject read files, on as many CPUs as it has threads.

    Raises:
        RunnerError: When the runner gives no answer.

    """
    with TemporaryDirectory(prefix="wenyun-bench-") as folder:
        job: dict[str, Any] = {
            "files": [str(file) for file in files],
            "threads": threads,
            "cpus": threads,
            "lines": lines,
            "options": subject.options,
            "out": f"{folder}/answer.json",
        }
        path = Path(folder, "job.json")
        path.write_text(json.dumps(job), "utf-8")
        first = _start(subject, path, threads)
        try:
            answer = json.loads(Path(job["out"]).read_text("utf-8"))
        except FileNotFoundError:
            complaint = Path(folder, "stderr").read_text("utf-8", "replace").strip()
            last = complaint.rpartition("\n")[2]
            raise RunnerError(f"{subject.name} gave no answer: {last}") from None
    return parse(answer, first)


def parse(answer: dict[str, Any], first: float) -> Outcome:
    """A runner's answer as an `Outcome`."""
    pages = answer["pages"]
    return Outcome(
        load=answer["load"],
        first=first,
        peak=answer["peak_mb"],
        reads=tuple(map(_read, pages)),
        failures=tuple(f"{Path(p['file']).name}: {p['error']}" for p in pages if p.get("error")),
        about=answer["about"],
    )


def environment(threads: int) -> dict[str, str]:
    """The environment of a child: our threads, no library's own idea of them."""
    return {**os.environ, "OCR_THREADS": str(threads), "OMP_NUM_THREADS": str(threads)}


def _start(subject: Subject, job: Path, threads: int) -> float:
    command = [str(subject.python), "-m", subject.runner, str(job)]
    first = float("nan")
    start = time.perf_counter()
    with (
        Path(job.parent, "stderr").open("wb") as complaints,
        subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=complaints, env=environment(threads)
        ) as child,
    ):
        assert child.stdout is not None
        for row in child.stdout:
            if row.decode("utf-8", "replace").strip() == FIRST:
                first = time.perf_counter() - start
    return first


def _read(page: dict[str, Any]) -> Read:
    lines = page["lines"]
    boxes = [line["box"] for line in lines if "box" in line]
    return Read(
        lines=tuple(line["text"] for line in lines),
        boxes=quads(boxes) if len(boxes) == len(lines) else None,
        seconds=page["seconds"],
        sent=page.get("sent"),
    )
