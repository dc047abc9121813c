"""Shares of the CPU, on a folder that looks like the kernel's, and on the kernel's own."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.cost.shares import PERIOD, NoSharesError, cpus_for, group, joining

SPIN = """
import time
end = time.time() + 1
while time.time() < end:
    pass
print(time.process_time())
"""


def test_a_cpu_comes_with_1769_mb() -> None:
    assert cpus_for(1769) == 1.0
    assert cpus_for(3538) == 2.0


def test_where_there_are_no_groups(tmp_path: Path) -> None:
    with pytest.raises(NoSharesError, match="no CPU shares"), group(1.0, tmp_path / "nowhere"):
        pass


def test_the_quota_is_written_in_the_second_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []
    monkeypatch.setattr(Path, "rmdir", lambda self: made.append(self))
    with group(0.5, tmp_path) as procs:
        assert (procs.parent / "cpu.max").read_text() == f"{PERIOD // 2} {PERIOD}"
    assert made == [procs.parent]


def test_a_command_joins_before_it_starts(tmp_path: Path) -> None:
    procs = tmp_path / "cgroup.procs"
    command = joining(procs, [sys.executable, "-c", "import os; print(os.getpid(), 'a b')"])
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert out == [procs.read_text().strip(), "a", "b"]


def test_the_kernel_keeps_to_the_quota() -> None:
    """Half a CPU for a second that is all work is about half a second of work."""
    try:
        with group(0.5) as procs:
            command = joining(procs, [sys.executable, "-c", SPIN])
            done = subprocess.run(command, capture_output=True, text=True, check=True)
    except NoSharesError as error:
        pytest.skip(str(error))
    assert 0.05 < float(done.stdout) < 0.8
