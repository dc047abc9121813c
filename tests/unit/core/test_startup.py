"""What is settled before anything heavy is imported."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(("wish", "threads"), [(None, "1"), ("3", "3")])
def test_no_threads_for_matrices_unless_asked_for(wish: str | None, threads: str) -> None:
    env = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    env |= {"OPENBLAS_NUM_THREADS": wish} if wish else {}
    code = "import wenyun, os; print(os.environ['OPENBLAS_NUM_THREADS'])"
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == threads


def test_no_package_is_searched_for_plugins() -> None:
    script = (
        "import importlib.metadata as metadata\n"
        "asked = []\n"
        "metadata.entry_points = lambda **wanted: asked.append(wanted) or ()\n"
        "import wenyun.api.app\n"
        "assert not asked, asked\n"
    )
    env = {k: v for k, v in os.environ.items() if k != "PYDANTIC_DISABLE_PLUGINS"}
    subprocess.run([sys.executable, "-c", script], env=env, check=True)
