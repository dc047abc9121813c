"""How well pages are read: `python -m tests.bench.accuracy` (`make accuracy`).

Draws pages of every scene, adds the real pictures where they are, lets our profiles and the peers
read them, and prints tables. docs/accuracy.md says how each number is defined.
"""

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import peers, report
from tests.bench.samples import REALSET, Sample, drawn, line_crops, real
from tests.bench.subjects import Outcome, RunnerError, Subject, our_lines, ours, rapidocr, run
from tests.bench.tally import Tally, tally
from tests.scenes.catalogue import SCENES

PROFILES = ("fast", "balanced", "accurate")
STUDY_SCENES = ("invoice", "book", "menu", "english", "mixed")
STUDY_CONDITIONS = ("dark", "blurred", "clean")
STUDY_SEED = 5_000
"""Far from the pages of the main table."""

MOST_FAILURES = 5
"""Named one by one; more are counted."""

Say = Callable[[str], None]
Results = dict[str, tuple[Tally, Outcome]]
"""A subject's name to its scores and what its runner reported."""


def main(argv: list[str] | None = None) -> None:
    """Read the command line and print the tables asked for."""
    given = _parser().parse_args(argv)
    with TemporaryDirectory(prefix="wenyun-accuracy-") as folder:
        if given.enhancement != "only":
            _pages_or_lines(given, Path(folder))
        if given.enhancement != "skip" and not given.lines:
            _enhancement(given, Path(folder))


def measure(subjects: Iterable[Subject], samples: list[Sample], lines: bool, say: Say) -> Results:
    """Let each subject read all samples; one that cannot is left out and said so."""
    results: Results = {}
    for subject in subjects:
        if reason := subject.missing():
            say(reason)
            continue
        try:
            outcome = run(subject, [sample.path for sample in samples], lines=lines)
        except RunnerError as error:
            say(str(error))
            continue
        for failure in outcome.failures[:MOST_FAILURES]:
            say(f"{subject.name}: {failure}")
        if len(outcome.failures) > MOST_FAILURES:
            say(f"{subject.name}: {len(outcome.failures)} files failed in all")
        results[subject.name] = (tally(samples, outcome.reads), outcome)
    return results


def _pages_or_lines(given: argparse.Namespace, folder: Path) -> None:
    samples = drawn(folder / "pages", given.scene, given.seed, given.pages, "natural")
    if given.lines:
        subjects = [
            our_lines("CRNN", "recogniser"),
            our_lines("second model", "second"),
            *_peers(given, "PP-OCRv6 small"),
        ]
        results = measure(subjects, list(line_crops(samples, folder / "lines")), True, _say)
    else:
        pictures = real(given.real)
        if not pictures:
            _say(f"real pictures: skipped, {given.real} is absent")
        subjects = [*map(ours, given.profile), *_peers(given, "rapidocr")]
        results = measure(subjects, samples + pictures, False, _say)
    for text in report.accuracy(results, lines=given.lines):
        _say(text)


def _enhancement(given: argparse.Namespace, folder: Path) -> None:
    count = max(1, given.pages // 4)
    rows: dict[str, dict[str, Tally]] = {}
    for condition in STUDY_CONDITIONS:
        samples = drawn(folder / condition, STUDY_SCENES, STUDY_SEED, count, condition)
        results = measure(
            [_named(ours("balanced", setting), setting) for setting in ("off", "auto", "on")],
            samples,
            False,
            _say,
        )
        rows[condition] = {name: scores for name, (scores, _) in results.items()}
    _say(report.enhancement(rows))


def _named(subject: Subject, name: str) -> Subject:
    return Subject(name, subject.python, subject.runner, subject.options)


def _peers(given: argparse.Namespace, name: str) -> list[Subject]:
    if given.no_peers:
        return []
    if reason := peers.ensure("rapidocr"):
        _say(reason)
        return []
    return [rapidocr(name)]


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tests.bench.accuracy", description=__doc__)
    parser.add_argument("--pages", type=int, default=10, help="drawn pages a scene")
    parser.add_argument("--seed", type=int, default=1, help="seed of the first page")
    parser.add_argument("--scene", nargs="+", choices=list(SCENES), default=list(SCENES))
    parser.add_argument("--profile", nargs="+", choices=PROFILES, default=list(PROFILES))
    parser.add_argument("--real", type=Path, default=REALSET, help="folder of real pictures")
    parser.add_argument("--lines", action="store_true", help="recognition alone, on true crops")
    parser.add_argument("--no-peers", action="store_true", help="leave the peers out")
    parser.add_argument("--enhancement", choices=("also", "only", "skip"), default="also")
    return parser


if __name__ == "__main__":
    main()
