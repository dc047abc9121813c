"""Servers that are always on, beside the function: `python -m tests.bench.cost.server --cpu 1.2`.

A server costs the same whether it works or not, so what a page costs depends on how busy it is.
"""

import argparse
import sys

from tests.bench.cost.bill import Page, over_http, server
from tests.bench.cost.prices import SERVERS, Prices
from tests.bench.table import table

LOADS = (1.0, 0.5, 0.2, 0.05, 0.01)
"""Shares of the time that a server is busy."""


def main(argv: list[str] | None = None) -> None:
    """Print the table."""
    given = _parser().parse_args(argv)
    sys.stdout.write(report(given.cpu, given.seconds, given.memory) + "\n")


def report(cpu: float, seconds: float, memory: int) -> str:
    """A row a server and one for the function.

    Args:
        cpu: CPU seconds a page.
        seconds: Seconds a page in the function.
        memory: The function's megabytes.

    """
    rows = [
        [f"{name}, ${hourly} an hour", *(f"{server(hourly, cpu, load=load):.0f}" for load in LOADS)]
        for name, hourly in SERVERS.items()
    ]
    page = Page(seconds=seconds, cold_seconds=0.0, cold_share=0.0)
    own = sum(over_http(page, memory, Prices()).values())
    rows.append([f"the function, {memory} MB", *(f"{own:.0f}" for _ in LOADS)])
    return table(["dollars a million pages", *(f"{load:.0%} busy" for load in LOADS)], rows)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tests.bench.cost.server", description=__doc__)
    parser.add_argument("--cpu", type=float, default=1.21, help="CPU seconds a page")
    parser.add_argument("--seconds", type=float, default=1.25, help="seconds a page, function")
    parser.add_argument("--memory", type=int, default=1769)
    return parser


if __name__ == "__main__":
    main()
