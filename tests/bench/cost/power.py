"""The cheapest memory size: `python -m tests.bench.cost.power` (power tuning without AWS).

The real function runs under Lambda's runtime client with the CPU time that each memory size buys,
reads the same pages at each, and the bill of a million such pages is worked out. This machine's
CPU is not Lambda's: compare the rows, and take the dollars for an estimate.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.awskit.functions import ClientFunction, client_function
from tests.awskit.http_events import Request, rest
from tests.bench.cost.bill import Page, from_bucket, over_http
from tests.bench.cost.prices import Prices
from tests.bench.cost.shares import NoSharesError, cpus_for, group, joining
from tests.bench.runners.common import cpu_seconds, status_mb
from tests.bench.samples import drawn
from tests.bench.table import table
from tests.scenes.catalogue import SCENES

MEMORY = (1024, 1280, 1536, 1769, 2048, 2560, 3008, 3538)
EVENT_BYTES = 4_400_000


@dataclass(frozen=True, slots=True)
class Measured:
    """One memory size: seconds of INIT, of the first page, of a later one; CPU seconds; peak MB."""

    memory: int
    init: float
    first: float
    mean: float
    cpu: float
    peak: float | None


def main(argv: list[str] | None = None) -> int:
    """Measure every memory size and print the table."""
    given = _parser().parse_args(argv)
    with TemporaryDirectory(prefix="wenyun-power-") as name:
        folder = Path(name)
        pages = [s.path for s in drawn(folder, SCENES, given.seed, given.pages, "natural")]
        files = [file.read_bytes() for file in pages]
        files = [data for data in files if len(data) < EVENT_BYTES * 3 // 4]
        try:
            found = [measure(size, files, given.profile, folder) for size in given.memory]
        except NoSharesError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    sys.stdout.write(report(found, len(files), given.profile) + "\n")
    return 0


def measure(memory: int, files: Sequence[bytes], profile: str, folder: Path) -> Measured:
    """Start the function with the CPU share of a memory size and let it read every file."""
    env = {
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(memory),
        "OCR_ROLE": "api",
        "OCR_PROFILE": profile,
    }
    with group(cpus_for(memory)) as procs:
        start = time.perf_counter()
        with _function(folder / f"{memory}.log", env, procs) as function:
            function.wait_until_ready()
            init = time.perf_counter() - start
            first = _read(function, files[0])
            before = cpu_seconds(function.process_id)
            seconds = [_read(function, data) for data in files]
            cpu = cpu_seconds(function.process_id) - before
            peak = status_mb("VmHWM", function.process_id)
    mean = sum(seconds) / len(seconds)
    return Measured(memory, init, first, mean, cpu / len(seconds), peak)


@contextmanager
def _function(log: Path, env: dict[str, str], procs: Path) -> Iterator[ClientFunction]:
    with client_function(log, env, "handler.handler", partial(joining, procs)) as function:
        yield function


def _read(function: ClientFunction, picture: bytes) -> float:
    event = rest(Request("POST", "/api/ocr", content_type="image/png", body=picture))
    start = time.perf_counter()
    outcome = function.invoke(event)
    seconds = time.perf_counter() - start
    if outcome.kind != "response" or outcome.value["statusCode"] != 200:
        raise RuntimeError(f"the function answered {str(outcome.value)[:300]}")
    return seconds


def report(found: Sequence[Measured], pages: int, profile: str) -> str:
    """The table, cheapest row marked."""
    bills = [_bills(one) for one in found]
    cheapest = min(range(len(found)), key=lambda i: bills[i][0])
    rows = [
        [
            f"{one.memory}{' *' if place == cheapest else ''}",
            f"{cpus_for(one.memory):.2f}",
            f"{one.init:.2f}",
            f"{one.first:.2f}",
            f"{one.mean:.2f}",
            f"{one.cpu:.2f}",
            "-" if one.peak is None else f"{one.peak:.0f}",
            *(f"{dollars:.2f}" for dollars in bills[place]),
        ]
        for place, one in enumerate(found)
    ]
    head = ["MB", "CPUs", "INIT s", "first s", "page s", "CPU s", "peak MB", "HTTP $", "bucket $"]
    title = f"{pages} pages, profile {profile}; dollars a million pages, * the cheapest"
    return f"{title}\n{table(head, rows)}"


def _bills(one: Measured) -> tuple[float, float]:
    page = Page(seconds=one.mean, cold_seconds=one.init + one.first - one.mean)
    prices = Prices()
    return (
        sum(over_http(page, one.memory, prices).values()),
        sum(from_bucket(page, one.memory, prices).values()),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tests.bench.cost.power", description=__doc__)
    parser.add_argument("--memory", type=int, nargs="+", default=list(MEMORY), help="MB")
    parser.add_argument("--profile", default="balanced")
    parser.add_argument("--pages", type=int, default=1, help="drawn pages a scene")
    parser.add_argument("--seed", type=int, default=9_000, help="seed of the first page")
    return parser


if __name__ == "__main__":
    sys.exit(main())
