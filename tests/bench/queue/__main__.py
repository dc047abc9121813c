"""Print the tables: `python -m tests.bench.queue --seconds 1.25 --pages 1000000`."""

import argparse
import sys
from collections.abc import Sequence

from tests.bench.cost.bill import Page, from_bucket, from_document
from tests.bench.cost.prices import Prices
from tests.bench.queue.course import Course, Load, ceilings, run
from tests.bench.queue.limits import PICTURE, Limits, page_of
from tests.bench.table import table

WORKERS = (10, 100, 1000)
HOUR = 3600.0


def main(argv: list[str] | None = None) -> int:
    """Print how the queue empties for several settings of `WorkersAtOnce`."""
    given = _parser().parse_args(argv)
    limits = Limits(account=given.account)
    rows = [_row(given, limits, kind, workers) for kind in KINDS for workers in WORKERS]
    head = [
        "pages",
        "WorkersAtOnce",
        "pages/s",
        "empty after",
        "oldest",
        "$",
        "first limit",
        "next",
    ]
    ages = [_ages(given, limits, kind, workers) for kind in KINDS for workers in WORKERS]
    sys.stdout.write(
        f"{given.pages:,} pages at {given.seconds} s, {given.memory} MB, all there at once\n"
        f"{table(head, rows)}\n\nHow long the page then read had waited, in hours\n"
        f"{table(['pages', 'WorkersAtOnce', *(f'{share:.0%} read' for share in SHARES)], ages)}\n"
    )
    return 0


SHARES = (0.1, 0.25, 0.5, 0.75, 1.0)
KINDS = ("pictures", "documents of 100")


def load_of(given: argparse.Namespace, kind: str, workers: int) -> Load:
    """What comes, of one kind."""
    arrival = given.arrival_hours * HOUR
    if kind == "pictures":
        return Load(given.pages, given.seconds, PICTURE, arrival)
    use, documents = page_of(100, max(1, workers // 10)), max(1, given.pages // 100)
    # Fair groups have about ten documents read side by side, and seldom fewer.
    return Load(given.pages, given.seconds, use, arrival, min(documents, 10))


def _row(given: argparse.Namespace, limits: Limits, kind: str, workers: int) -> list[str]:
    load = load_of(given, kind, workers)
    course = run(load, limits, workers)
    then = list(ceilings(load, limits, workers).items())[1]
    return [
        kind,
        str(workers),
        f"{course.rate:.0f}",
        _time(course.seconds),
        _time(course.oldest) + (f", {course.lost:,.0f} lost" if course.lost else ""),
        f"{_dollars(given, kind) * given.pages / 1e6:.2f}",
        course.first_limit,
        f"{then[0]} at {then[1]:.0f}/s",
    ]


def _ages(given: argparse.Namespace, limits: Limits, kind: str, workers: int) -> list[str]:
    course = run(load_of(given, kind, workers), limits, workers)
    return [kind, str(workers), *(f"{age / HOUR:.2f}" for age in ages_at(course, SHARES))]


def ages_at(course: Course, shares: Sequence[float]) -> list[float]:
    """The age at shares of the time."""
    last = len(course.ages) - 1
    return [course.ages[round(share * last)][1] for share in shares]


def _dollars(given: argparse.Namespace, kind: str) -> float:
    page = Page(given.seconds, given.cold_seconds)
    bill = from_bucket if kind == "pictures" else from_document
    return sum(bill(page, given.memory, Prices()).values())


def _time(seconds: float) -> str:
    return f"{seconds / HOUR:.1f} h" if seconds >= HOUR else f"{seconds / 60:.0f} min"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.queue", description=__doc__)
    parser.add_argument("--pages", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=1.25, help="a page, measured")
    parser.add_argument("--cold-seconds", type=float, default=0.7, help="that opening adds")
    parser.add_argument("--memory", type=int, default=1769, help="MB")
    parser.add_argument("--account", type=int, default=1000, help="concurrency of the account")
    parser.add_argument("--arrival-hours", type=float, default=0.0, help="over which pages come")
    return parser


if __name__ == "__main__":
    sys.exit(main())
