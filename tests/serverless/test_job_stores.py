"""Jobs on AWS's services by ministack: what holds for every store, and every point of breaking."""

import inspect
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.jobkit.builds import Build, aws_build
from tests.jobkit.cloud import CloudHome, cloud_home
from tests.jobkit.home import Home
from tests.serverless.ministack import Cloud, ministack
from tests.unit.jobs import test_crash_points, test_life, test_runner
from tests.unit.stores import test_jobs
from tests.unit.stores.test_jobs import JOB


def shared(*modules: Any) -> dict[str, Callable[..., None]]:
    """The tests that take a home of any kind."""
    return {
        f"{name}_{module.__name__.rpartition('test_')[2]}": test
        for module in modules
        for name, test in inspect.getmembers(module, inspect.isfunction)
        if name.startswith("test_")
        and {"anywhere", "build"} & set(inspect.signature(test).parameters)
    }


globals().update(shared(test_jobs, test_life, test_runner, test_crash_points))
kind, after, small_chunks = (
    getattr(test_crash_points, name) for name in ("kind", "after", "small_chunks")
)


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    with ministack(tmp_path_factory.mktemp("stores"), dict(os.environ)) as running:
        yield running


@pytest.fixture
def build(emulator: Cloud) -> Build:
    return aws_build(emulator.url)


@pytest.fixture
def anywhere(build: Build, tmp_path: Path) -> Iterator[Home]:
    with build.home(tmp_path) as opened:
        yield opened


@pytest.fixture
def home(emulator: Cloud, tmp_path: Path) -> Iterator[CloudHome]:
    with cloud_home(emulator.url, tmp_path) as opened:
        yield opened


def test_many_at_once_count_each_page_once(home: CloudHome) -> None:
    jobs = home.ports.jobs
    jobs.create(JOB)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: jobs.page_done("a1", number // 4), range(160)))
    assert home.job("a1").pages_done == 40
    assert jobs.pages_done("a1") == set(range(40))
