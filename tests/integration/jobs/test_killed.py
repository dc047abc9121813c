"""A server that is killed while jobs come in, at a fixed seed.

`python -m tests.bench.jobs` does the same with two hundred jobs and fifty kills.
"""

from pathlib import Path

from tests.jobkit.killing import run_killed


def test_every_job_is_accounted_for(tmp_path: Path) -> None:
    found = run_killed(tmp_path, jobs=20, kills=5, seed=7)
    assert found.accepted == found.accounted == 20
    assert found.succeeded == 20
    assert found.wrong == found.ended_twice == found.unfinished == 0
