"""What becomes of jobs when everything goes wrong: `python -m tests.bench.jobs`.

Two trials, each with a fixed seed: a server killed again and again while jobs come in, and a
document of a thousand pages through a queue that delivers twice and processes that end. With
`--aws` the document goes through the chain on AWS, over its services as moto has them.
"""

import argparse
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.jobkit.killing import run_killed
from tests.jobkit.unruly import run_pages


def main() -> int:
    """Run both; the status is 1 unless every job and page is accounted for."""
    args = _arguments()
    if args.aws:
        return _on_aws(args.pages, args.seed)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "pages").mkdir()
        pages = run_pages(root / "pages", args.pages, args.seed)
        _print("A document through an unruly queue", asdict(pages))
        killed = run_killed(root, args.jobs, args.kills, args.seed, _progress)
        _print("A server that is killed", asdict(killed) | {"accounted": killed.accounted})
    good = pages.exact and pages.results == args.pages and pages.left == 0
    sound = killed.accounted == args.jobs and killed.ended_twice == killed.unfinished == 0
    return 0 if good and sound else 1


def _on_aws(pages: int, seed: int) -> int:
    from tests.chainkit import unruly

    found = unruly.run_pages(pages, seed)
    _print("A document through the chain on AWS", asdict(found))
    return 0 if found.exact and found.results == pages and found.left == 0 else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.jobs")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=200)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--aws", action="store_true")
    return parser.parse_args()


def _print(title: str, figures: dict[str, Any]) -> None:
    rows = [f"  {name.replace('_', ' '):20} {value}" for name, value in figures.items()]
    sys.stdout.write("\n".join(["", title, *rows, ""]))
    sys.stdout.flush()


def _progress(text: str) -> None:
    sys.stderr.write(f"\r{text}  ")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
