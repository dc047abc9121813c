from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.jobkit.service import Service

Serve = Callable[..., Service]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Starts a server with settings as keywords; it is killed at the end."""
    started: list[Service] = []

    def start(**settings: Any) -> Service:
        service = Service(tmp_path / "data", settings)
        service.start()
        started.append(service)
        return service

    yield start
    for service in started:
        service.kill()
