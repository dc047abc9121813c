from collections.abc import Iterator

import pytest

from tests.chainkit.cloud import Cloud, cloud


@pytest.fixture
def sky() -> Iterator[Cloud]:
    with cloud() as made:
        yield made
