"""Known vulnerabilities of every pinned package: `python -m tests.supply.audit`.

pip-audit asks the package index. Where the index has no answers, as behind a mirror or without a
network, it is said that nothing was looked up, and that is no failure: it must not keep anybody
from working. A vulnerability that is found is a failure, unless it is accepted here by its id.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.supply.locks import ROOT, TESTS, TRAINING

TOOL = ROOT / ".tools/audit/bin/pip-audit"
LOCKS = (TESTS, TRAINING)
"""The first holds all that the images have, and more."""

SECONDS = 240

ACCEPTED: dict[str, str] = {}
"""A vulnerability's id, and why it cannot be met here."""


@dataclass(frozen=True, slots=True)
class Report:
    """How many packages were looked up and how many were not, and what is known against them."""

    known: int
    unknown: int
    found: tuple[str, ...]

    @property
    def fails(self) -> bool:
        """Whether something must be done."""
        return bool(self.found)

    def told(self) -> str:
        """For people to read."""
        lines = [f"{self.known} packages looked up, {len(self.found)} known vulnerabilities"]
        if self.unknown:
            lines.append(
                f"NOT LOOKED UP: {self.unknown} packages. The package index in use here tells "
                "nothing of vulnerabilities; run `make audit` where it does."
            )
        return "\n".join([*lines, *self.found])


def read(said: str) -> Report:
    """What pip-audit's JSON says; nothing readable means that nothing was looked up."""
    try:
        packages: list[dict[str, Any]] = json.loads(said)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Report(0, -1, ())
    known = [one for one in packages if "skip_reason" not in one]
    found = tuple(
        f"{one['name']} {one['version']}: {fault['id']}, mended in "
        f"{', '.join(fault.get('fix_versions', ())) or 'no version yet'}"
        for one in known
        for fault in one.get("vulns", ())
        if not ACCEPTED.keys() & {fault["id"], *fault.get("aliases", ())}
    )
    return Report(len(known), len(packages) - len(known), found)


def audit(locks: Sequence[Path] = LOCKS, tool: Path = TOOL) -> Report:
    """Look up every pin of the locks."""
    files = [part for lock in locks for part in ("-r", str(lock))]
    flags = ["--disable-pip", "--no-deps", "--progress-spinner", "off", "--format", "json"]
    with tempfile.TemporaryDirectory() as cache:
        command = [str(tool), *flags, "--cache-dir", cache, *files]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            return Report(0, -1, ())
    return read(done.stdout)


def main() -> int:
    """Print the report; the status is 1 where something must be done."""
    report = audit()
    if report.unknown < 0:
        sys.stdout.write("NOT LOOKED UP: the package index could not be asked.\n")
    else:
        sys.stdout.write(report.told() + "\n")
    return int(report.fails)


if __name__ == "__main__":
    sys.exit(main())
