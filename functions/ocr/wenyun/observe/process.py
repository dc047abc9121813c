"""What this process takes of the machine, under the names that Prometheus' own clients use."""

import os
import time
from collections.abc import Mapping
from pathlib import Path

from wenyun.observe.meters import Gauge, Meter

STARTED = time.time()


def process_meters() -> list[Meter]:
    """Memory, open files, CPU time and start; what the system does not tell is left out."""
    return [
        Gauge("process_resident_memory_bytes", "Memory of this process.", _memory),
        Gauge("process_open_fds", "Files that this process has open.", _files),
        Gauge("process_cpu_seconds_total", "CPU time of this process.", _cpu, kind="counter"),
        Gauge("process_start_time_seconds", "When it started.", lambda: {(): STARTED}),
    ]


def resident(pid: int | str = "self") -> int:
    """Bytes that a process has in memory; an OSError where the system does not tell."""
    pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _memory() -> Mapping[tuple[str, ...], float]:
    try:
        return {(): float(resident())}
    except OSError:
        return {}


def _files() -> Mapping[tuple[str, ...], float]:
    try:
        return {(): float(len(os.listdir("/proc/self/fd")))}  # noqa: PTH208 - counts, not paths
    except OSError:
        return {}


def _cpu() -> Mapping[tuple[str, ...], float]:
    times = os.times()
    return {(): times.user + times.system}
