"""What is done for a quick start, and undone after it."""

import gc
import os
import subprocess
import sys

import pytest

from wenyun.startup import quiet_start


def test_nothing_is_collected_inside() -> None:
    with quiet_start():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_start_that_fails_leaves_the_collector_on() -> None:
    with pytest.raises(ValueError, match="broken"), quiet_start():
        raise ValueError("broken")
    assert gc.isenabled()


def test_what_was_made_is_not_looked_through_again() -> None:
    before = gc.get_freeze_count()
    with quiet_start():
        kept = [[] for _ in range(1000)]  # type: ignore[var-annotated]
    try:
        assert gc.get_freeze_count() >= before + len(kept)
    finally:
        gc.unfreeze()


@pytest.mark.parametrize(("wish", "threads"), [(None, "1"), ("3", "3")])
def test_no_threads_for_matrices_unless_asked_for(wish: str | None, threads: str) -> None:
    env = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    env |= {"OPENBLAS_NUM_THREADS": wish} if wish else {}
    code = "import wenyun, os; print(os.environ['OPENBLAS_NUM_THREADS'])"
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == threads
