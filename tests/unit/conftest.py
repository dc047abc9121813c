"""What several parts' tests share."""

from collections.abc import Iterator

import pytest

from tests.awskit.buckets import local_cloud


@pytest.fixture(scope="session")
def emulator() -> Iterator[str]:
    """The address of AWS's services on this machine; each test makes stores of its own there."""
    with local_cloud() as url:
        yield url
