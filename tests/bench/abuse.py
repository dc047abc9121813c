"""Damaged input in bulk against the real app: `python -m tests.bench.abuse --inputs 10000`.

Each outcome is a line of the log, so that a run that was stopped goes on where it was. The status
is 1 where anything crashed, hung, or was answered with 500 or out of shape, and where memory was
still growing in the second half. A case alone:
`python -m tests.bench.abuse --case 1234 [--save FILE]`.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.fuzz.cases import case
from tests.fuzz.tally import tally
from tests.fuzz.watch import Outcome, outcomes


def main() -> int:
    """Run, count, and print."""
    given = _arguments()
    if given.case is not None:
        return _one(given.case, given.save)
    done = _logged(given.log)
    left = [n for n in range(given.start, given.start + given.inputs) if n not in done]
    found = tally([*done.values(), *_logging(outcomes(left), given.log, len(done))])
    sys.stdout.write(found.report() + "\n")
    return 0 if found.clean else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--start", type=int, default=0, help="number of the first case")
    parser.add_argument("--log", type=Path, help="a file of outcomes to go on from")
    parser.add_argument("--case", type=int, help="run one case alone and print its outcome")
    parser.add_argument("--save", type=Path, help="where the body of that case goes")
    return parser.parse_args()


def _one(number: int, save: Path | None) -> int:
    if save:
        save.write_bytes(case(number).request.body)
    found = tally(outcomes([number], errors=sys.stderr))
    sys.stdout.write(found.report() + "\n")
    return 0 if found.clean else 1


def _logged(log: Path | None) -> dict[int, Outcome]:
    if log is None or not log.is_file():
        return {}
    lines = map(json.loads, log.read_text("utf-8").splitlines())
    return {line["number"]: line for line in lines}


def _logging(found: Iterator[Outcome], log: Path | None, done: int) -> Iterator[Outcome]:
    for count, outcome in enumerate(found, done + 1):
        if log:
            with log.open("a", encoding="utf-8") as file:
                file.write(json.dumps(outcome) + "\n")
        if count % 500 == 0:
            sys.stderr.write(f"{count} cases\n")
        yield outcome


if __name__ == "__main__":
    sys.exit(main())
