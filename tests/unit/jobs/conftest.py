from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jobkit.builds import Build, embedded_build
from tests.jobkit.home import Home
from tests.jobkit.house import House, house


@pytest.fixture
def home(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path) as opened:
        yield opened


@pytest.fixture
def build() -> Build:
    """How homes are made; tests/serverless/test_job_stores.py makes others for the same tests."""
    return embedded_build()


@pytest.fixture
def anywhere(build: Build, tmp_path: Path) -> Iterator[Home]:
    """A home of whatever kind."""
    with build.home(tmp_path) as opened:
        yield opened
