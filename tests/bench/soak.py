"""Hours of everything that clients do: `python -m tests.bench.soak --minutes 60`.

Pictures, scans, documents, damaged files, clients that hang up, and jobs, with a fixed seed. Ends
with status 1 where an answer was not as it should be, or the server's memory grew.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.table import table
from tests.loadkit.soak import Sample, Soaked, soak

MOST_GROWTH = 0.05
"""The last quarter's memory over the second's."""

MB = 1_000_000


def main(argv: list[str] | None = None) -> int:
    """Soak for so many minutes."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    given = common(parser).parse_args(argv)
    return measure(given, lambda _, seconds: seconds >= 60 * given.minutes)


def measure(given: argparse.Namespace, stop: Callable[[int, float], bool]) -> int:
    """Run it, print it, judge it."""
    sys.stdout.write("clients  seconds  server MB  children MB  files  threads\n")
    with tempfile.TemporaryDirectory(prefix="wenyun-soak-") as name:
        found = soak(
            Path(name),
            given.seed,
            stop,
            at_once=given.at_once,
            every=given.every,
            told=_told,
        )
    sys.stdout.write(report(found))
    flat = found.growth <= MOST_GROWTH
    return 0 if flat and not found.faults and not found.left_over else 1


def report(found: Soaked) -> str:
    """What was done, how it ended, and what it took."""
    endings = [[code, str(count)] for code, count in sorted(found.endings.items())]
    kinds = [[kind, str(count)] for kind, count in sorted(found.kinds.items())]
    peak = max(sample.taken.memory for sample in found.samples)
    taken = [
        ["server at its start", f"{found.before.memory / MB:.0f} MB"],
        ["server at its most", f"{peak / MB:.0f} MB"],
        ["server at the end", f"{found.after.memory / MB:.0f} MB"],
        ["growth, second to last quarter", f"{100 * found.growth:+.1f} %"],
        ["open files, start and end", f"{found.before.files} and {found.after.files}"],
        ["files still being read at the end", str(found.left_over)],
        ["clients", str(sum(found.endings.values()))],
        ["endings that should not be", str(dict(found.faults) or "none")],
    ]
    parts = (["client", "times"], kinds), (["ending", "times"], endings), (["server", ""], taken)
    return "".join(f"\n{table(head, rows)}\n" for head, rows in parts)


def _told(sample: Sample) -> None:
    taken = sample.taken
    sys.stdout.write(
        f"{sample.done:7}  {sample.seconds:7.0f}  {taken.memory / MB:9.1f}  "
        f"{taken.children / MB:11.1f}  {taken.files:5}  {taken.threads:7}\n"
    )
    sys.stdout.flush()


def common(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """The options that both measurements have."""
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=4)
    parser.add_argument("--every", type=int, default=500, help="clients between two samples")
    return parser


if __name__ == "__main__":
    sys.exit(main())
