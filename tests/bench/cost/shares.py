"""A share of the CPU, as Lambda gives it: a quota of the scheduler on a group of processes.

Lambda gives one CPU's time with each 1,769 MB of memory, however many CPUs the function sees.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wenyun.settings import LAMBDA_MB_PER_CPU

PERIOD = 20_000
"""Microseconds in which the quota may be used up: Lambda stops a process for short times too."""

V1 = Path("/sys/fs/cgroup/cpu")
V2 = Path("/sys/fs/cgroup")


class NoSharesError(RuntimeError):
    """This machine gives no shares out; the message says why."""


def cpus_for(memory: int) -> float:
    """CPUs' worth of time that come with so many MB."""
    return memory / LAMBDA_MB_PER_CPU


@contextmanager
def group(cpus: float, root: Path | None = None) -> Iterator[Path]:
    """A group whose processes together get so many CPUs' time; write a process id into it to join.

    Yields:
        The file `cgroup.procs` of the group.

    Raises:
        NoSharesError: Where groups cannot be made.

    """
    place = (root or _root()) / f"wenyun-bench-{os.getpid()}"
    try:
        place.mkdir()
        _limit(place, int(cpus * PERIOD))
    except OSError as error:
        raise NoSharesError(f"no CPU shares: {error.strerror} ({error.filename})") from error
    try:
        yield place / "cgroup.procs"
    finally:
        place.rmdir()


def _root() -> Path:
    return V1 if V1.is_dir() else V2


def _limit(place: Path, quota: int) -> None:
    """Write the quota in the words of either version of control groups."""
    if (place / "cpu.cfs_quota_us").exists():
        (place / "cpu.cfs_period_us").write_text(str(PERIOD))
        (place / "cpu.cfs_quota_us").write_text(str(quota))
    else:
        (place / "cpu.max").write_text(f"{quota} {PERIOD}")


def joining(procs: Path, command: list[str]) -> list[str]:
    """The command, put into the group before it starts."""
    return ["/bin/sh", "-c", 'echo $$ > "$0" && exec "$@"', str(procs), *command]
