"""How fast and how large: `python -m tests.bench.bench` (`make bench`).

Our reader, rapidocr and faster-paddle read the same pages in one run, each in a process of its
own, with one and with two threads on as many CPUs. docs/bench.md says how each number is defined.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import cache, cold, peers
from tests.bench.samples import REALSET, Sample, drawn, line_crops, real
from tests.bench.subjects import (
    Outcome,
    RunnerError,
    Subject,
    faster,
    our_lines,
    ours,
    rapidocr,
    run,
)
from tests.bench.table import percent, ratio, table
from tests.bench.tally import tally, total
from tests.scenes.catalogue import SCENES

BASE = "rapidocr"
"""What ratios are to."""

PEERS = {"rapidocr": [rapidocr()], "faster-paddle": [faster("tiny"), faster("small")]}

PARTS = ("pages", "lines", "first", "cache")


def main(argv: list[str] | None = None) -> None:
    """Read the command line, measure part by part, print as it goes."""
    given = _parser().parse_args(argv)
    given.peers = [] if given.no_peers else _peers()
    with TemporaryDirectory(prefix="wenyun-bench-") as name:
        folder = Path(name)
        samples = drawn(folder / "pages", SCENES, given.seed, given.pages, "natural")
        for threads in given.threads:
            if threads > (os.cpu_count() or 1):
                _say(f"{threads} threads: skipped, there are fewer CPUs")
                continue
            if "pages" in given.part:
                _say(pages(samples + real(given.real), threads, given))
            if "lines" in given.part:
                crops = list(line_crops(samples, folder / f"lines{threads}"))
                _say(lines(crops, threads, given))
            if "first" in given.part:
                _say(first(_small(samples), threads, given))
        if "cache" in given.part:
            _say("\nOpening models, one thread\n" + cache.opening(folder / "wheels"))
            _say("\nMemory of the recogniser's session\n" + cache.shapes())


def pages(samples: Sequence[Sample], threads: int, given: argparse.Namespace) -> str:
    """The table of whole pages."""
    subjects = [ours("fast"), ours("balanced"), ours("accurate"), *given.peers]
    outcomes = _outcomes(subjects, samples, threads, lines=False)
    base = outcomes.get(BASE)
    body = []
    for name, outcome in outcomes.items():
        score = total(tally(samples, outcome.reads)[s] for s in {x.row for x in samples})
        body.append(
            [
                name,
                f"{score.pages / outcome.seconds:.2f}",
                f"{score.read / outcome.seconds:.1f}",
                ratio(outcome.seconds, base.seconds if base else None),
                percent(score.exact_share),
                _mb(outcome.peak),
                ratio(outcome.peak, base.peak if base else None),
            ]
        )
    head = ["reader", "pages/s", "lines/s", "time ratio", "exact lines, %", "peak MB", "peak ratio"]
    return _titled(f"{len(samples)} pages", threads, table(head, body))


def lines(samples: Sequence[Sample], threads: int, given: argparse.Namespace) -> str:
    """The table of recognition alone."""
    subjects = [our_lines("CRNN", "recogniser"), our_lines("second model", "second")]
    subjects += [one for one in given.peers if one.name == BASE]
    outcomes = _outcomes(subjects, samples, threads, lines=True)
    base = outcomes.get(BASE)
    body = [
        [
            name,
            f"{len(samples) / outcome.seconds:.1f}",
            ratio(outcome.seconds, base.seconds if base else None),
            _mb(outcome.peak),
        ]
        for name, outcome in outcomes.items()
    ]
    head = ["recogniser", "lines/s", "time ratio", "peak MB"]
    return _titled(f"{len(samples)} lines, recognition alone", threads, table(head, body))


def first(file: Path, threads: int, given: argparse.Namespace) -> str:
    """The table of first answers."""
    starts: dict[str, Callable[[], cold.Start]] = {
        "wenyun command": partial(cold.of_command, cold.our_command(file), threads),
        "wenyun over HTTP": partial(cold.of_server, file, threads),
        "wenyun as a function": partial(cold.of_function, file, threads, file.with_suffix(".log")),
    }
    for subject in given.peers:
        starts[subject.name] = partial(cold.of_runner, subject, file, threads)
    found: dict[str, cold.Start] = {}
    for name, measure in starts.items():
        try:
            found[name] = cold.median(measure, given.repeat)
        except RunnerError as error:
            _say(f"{name}: {error}")
    base = found.get(BASE)
    body = [
        [
            name,
            f"{start.seconds:.2f}",
            ratio(start.seconds, base.seconds if base else None),
            _mb(start.peak),
            ratio(start.peak, base.peak if base else None),
        ]
        for name, start in found.items()
    ]
    head = ["reader", "first answer, s", "time ratio", "peak MB", "peak ratio"]
    return _titled(
        f"Process start to first answer, median of {given.repeat}", threads, table(head, body)
    )


def _outcomes(
    subjects: Sequence[Subject], samples: Sequence[Sample], threads: int, *, lines: bool
) -> dict[str, Outcome]:
    outcomes: dict[str, Outcome] = {}
    for subject in subjects:
        try:
            files = [sample.path for sample in samples]
            outcome = run(subject, files, threads=threads, lines=lines)
        except RunnerError as error:
            _say(str(error))
            continue
        if outcome.failures:
            _say(f"{subject.name}: {len(outcome.failures)} failed, first {outcome.failures[0]}")
        outcomes[subject.name] = outcome
    return outcomes


def _peers() -> list[Subject]:
    subjects = []
    for name, found in PEERS.items():
        if reason := peers.ensure(name):
            _say(reason)
        else:
            subjects += found
    return subjects


def _small(samples: Sequence[Sample]) -> Path:
    return next(sample.path for sample in samples if sample.row == "card")


def _titled(title: str, threads: int, text: str) -> str:
    return f"\n{title}, {threads} thread{'s' if threads > 1 else ''}\n{text}"


def _mb(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f}"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tests.bench.bench", description=__doc__)
    parser.add_argument("--pages", type=int, default=1, help="drawn pages a scene")
    parser.add_argument("--seed", type=int, default=9_000, help="seed of the first page")
    parser.add_argument("--real", type=Path, default=REALSET, help="folder of real pictures")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--repeat", type=int, default=5, help="starts a first answer")
    parser.add_argument("--part", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--no-peers", action="store_true", help="leave the peers out")
    return parser


if __name__ == "__main__":
    main()
