"""A long scanned PDF, read by us and by others: `python -m tests.bench.documents`.

Pages of the scenes (book, invoice, English) stand as JPEGs in one file. Every reader is a process
of its own, started afresh; its seconds are those from its start to its end. The others are OCRmyPDF
with Tesseract (chi_sim+eng; system packages tesseract-ocr, tesseract-ocr-chi-sim, ghostscript) and
rapidocr-pdf.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import peers
from tests.bench.score import Read, Score, Truth, score
from tests.bench.subjects import DEFAULT_CPUS, PEERS, ROOT, RUNNERS, environment
from tests.bench.table import percent, table
from tests.bench.tally import total
from tests.bench.tree import Watched, watch
from tests.papers.scans import scanned
from tests.scenes.catalogue import render

SCENES = ("book", "invoice", "english")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the name in the table, the Python, the runner's module, its options."""

    name: str
    python: Path
    runner: str
    options: dict[str, str]


def main(argv: Sequence[str] | None = None) -> None:
    """Read the command line, draw the file, let everybody read it, print as it goes."""
    given = _parser().parse_args(argv)
    with TemporaryDirectory(prefix="wenyun-documents-") as name:
        folder = Path(name)
        pdf, truths = drawn(folder, given.pages, given.seed)
        _say(f"{given.pages} pages, {pdf.stat().st_size / 1e6:.1f} MB, {given.threads} threads")
        readers = [ours(profile) for profile in given.profile]
        readers += [] if given.no_peers else others()
        rows = []
        for reader in readers:
            seen = run(reader, pdf, folder / "answer.json", given.threads)
            if seen is None:
                continue
            rows.append(row(reader.name, *seen, truths))
        _say(table(_head(given.pages), rows))


def drawn(folder: Path, count: int, seed: int) -> tuple[Path, list[Truth]]:
    """Draw the file; its path and what stands on each page."""
    pages = [render(SCENES[n % len(SCENES)], seed + n) for n in range(count)]
    path = folder / "scanned.pdf"
    path.write_bytes(scanned(pages))
    return path, [Truth(tuple(line.text for line in page.lines)) for page in pages]


def ours(profile: str) -> Reader:
    """Our reader."""
    runner = f"{RUNNERS}.document_ours"
    return Reader(f"wenyun {profile}", Path(sys.executable), runner, {"profile": profile})


def others() -> list[Reader]:
    """The others that can be had here; why one cannot is said."""
    found = []
    for name, runner in (("ocrmypdf", "document_ocrmypdf"), ("rapidocr-pdf", "document_rapid")):
        problem = peers.ensure(name) or _lacking(name)
        if problem:
            _say(problem)
            continue
        found.append(Reader(name, PEERS / name / "bin/python", f"{RUNNERS}.{runner}", {}))
    return found


def run(reader: Reader, pdf: Path, out: Path, threads: int) -> tuple[Watched, list[Read]] | None:
    """Let one read; None where it gives no answer, which is said."""
    out.unlink(missing_ok=True)
    job = {"pdf": str(pdf), "out": str(out), "threads": threads, "options": reader.options}
    path = out.with_name("job.json")
    path.write_text(json.dumps(job), "utf-8")
    command = [str(reader.python), "-m", reader.runner, str(path)]
    seen = watch(command, ROOT, environment(threads))
    if seen.code or not out.exists():
        last = seen.complaints.strip().rpartition("\n")[2]
        _say(f"{reader.name} gave no answer: {last}")
        return None
    pages = json.loads(out.read_text("utf-8"))
    return seen, [Read(tuple(lines)) for lines in pages]


def row(name: str, seen: Watched, reads: Sequence[Read], truths: Sequence[Truth]) -> list[str]:
    """A reader's row of the table."""
    count = len(truths)
    missing = [Read(())] * (count - len(reads))
    scores: Score = total(map(score, truths, [*reads, *missing]))
    return [
        name,
        f"{count / seen.seconds:.2f}",
        f"{seen.at_page(early(count), count):.0f}",
        f"{seen.at_page(count, count):.0f}",
        f"{seen.peak:.0f}",
        percent(scores.exact_share),
        percent(scores.accuracy),
    ]


def early(count: int) -> int:
    """The page that memory at the end is compared with: the tenth, or the first of a short file."""
    return 10 if count >= 20 else 1


def _head(count: int) -> list[str]:
    return [
        "reader",
        "pages/s",
        f"MB at page {early(count)}",
        f"MB at page {count}",
        "peak MB",
        "lines found, %",
        "characters, %",
    ]


def _lacking(name: str) -> str | None:
    programs = ("tesseract", "gs") if name == "ocrmypdf" else ()
    lacking = [program for program in programs if shutil.which(program) is None]
    return f"{name}: skipped, there is no {' and no '.join(lacking)}" if lacking else None


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tests.bench.documents", description=__doc__)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--seed", type=int, default=9_000, help="seed of the first page")
    parser.add_argument("--threads", type=int, default=DEFAULT_CPUS)
    parser.add_argument("--profile", nargs="+", default=["fast", "balanced"])
    parser.add_argument("--no-peers", action="store_true", help="leave the others out")
    return parser


if __name__ == "__main__":
    main()
