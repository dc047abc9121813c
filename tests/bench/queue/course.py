"""How a queue of pages empties, minute by minute."""

from dataclasses import dataclass, field

from tests.bench.queue.limits import FIRST, MORE_A_MINUTE, MOST, RETENTION_SECONDS, Limits, Use

STEP = 10.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Load:
    """What comes.

    Attributes:
        pages: How many.
        seconds: That one takes, measured.
        use: What it takes of the services.
        arrival: Seconds over which all of them come, evenly; none: they are there at once.
        documents: In how many documents they are, all read at once; none where each is its own.

    """

    pages: int
    seconds: float
    use: Use
    arrival: float = 0.0
    documents: int = 0


@dataclass(slots=True)
class Course:
    """What became of it.

    Attributes:
        seconds: Until the last page was read.
        rate: Most pages a second.
        workers: Most workers.
        oldest: Most seconds that a page waited.
        ages: Time to how long the page then read had waited, both in seconds.
        first_limit: What kept it from being faster.
        lost: Pages that the queue had kept for too long.

    """

    seconds: float = 0.0
    rate: float = 0.0
    workers: float = 0.0
    oldest: float = 0.0
    ages: list[tuple[float, float]] = field(default_factory=list)
    first_limit: str = ""
    lost: float = 0.0


def ceilings(load: Load, limits: Limits, workers_at_once: int) -> dict[str, float]:
    """Pages a second that each limit allows."""
    use = load.use
    busy = load.documents or load.pages
    found = {
        "WorkersAtOnce": workers_at_once / load.seconds,
        "concurrency of the account": limits.account / load.seconds,
        "concurrency of an event source": MOST / load.seconds,
        "writes of a new table": limits.table_writes / use.writes,
        "reads of a new table": limits.table_reads / use.reads,
        "writes of a partition (one document)": busy * limits.partition_writes / use.own_writes,
        "writes of S3 below one prefix": limits.s3_writes / use.puts,
        "reads of S3 below one prefix": limits.s3_reads / use.gets,
    }
    return dict(sorted(found.items(), key=lambda item: item[1]))


def run(load: Load, limits: Limits, workers_at_once: int) -> Course:
    """Let the queue run empty."""
    course, allowed = Course(), ceilings(load, limits, workers_at_once)
    course.first_limit, ceiling = next(iter(allowed.items()))
    now, read = 0.0, 0.0
    while read < load.pages:
        workers = min(FIRST + MORE_A_MINUTE * now / 60, ceiling * load.seconds)
        come = _come(load, now + STEP)
        done = min(workers / load.seconds * STEP, come - read)
        age = max(0.0, now - _came_at(load, read))
        if age > RETENTION_SECONDS:
            course.lost += done
        course.ages.append((now, age))
        course.rate = max(course.rate, done / STEP)
        course.workers = max(course.workers, done / STEP * load.seconds)
        course.oldest = max(course.oldest, age)
        read, now = read + done, now + STEP
    course.seconds = now
    return course


def _come(load: Load, now: float) -> float:
    """Pages that have come by then."""
    return load.pages if now >= load.arrival else load.pages * now / load.arrival


def _came_at(load: Load, number: float) -> float:
    """When a page came: they are read in their order, about."""
    return load.arrival * number / load.pages
