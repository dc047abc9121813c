"""Homes of jobs: the embedded one, and AWS's services by an emulator inside this process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jobkit.builds import Build, aws_build, embedded_build
from tests.jobkit.home import Home
from tests.jobkit.house import House, house


@pytest.fixture
def home(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path) as opened:
        yield opened


@pytest.fixture(params=["embedded", "aws"])
def build(request: pytest.FixtureRequest) -> Build:
    """How homes are made."""
    if request.param == "embedded":
        return embedded_build()
    return aws_build(request.getfixturevalue("emulator"))


@pytest.fixture
def anywhere(build: Build, tmp_path: Path) -> Iterator[Home]:
    """A home of either kind."""
    with build.home(tmp_path) as opened:
        yield opened
