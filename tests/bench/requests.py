"""Memory over thousands of mixed requests: `python -m tests.bench.requests --requests 10000`.

As `tests.bench.soak`, but counted in requests; prints what the server takes every 500.
"""

import argparse
import sys

from tests.bench.soak import common, measure


def main(argv: list[str] | None = None) -> int:
    """Send so many requests."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.requests", description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    given = common(parser).parse_args(argv)
    return measure(given, lambda number, _: number >= given.requests)


if __name__ == "__main__":
    sys.exit(main())
