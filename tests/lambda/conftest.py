"""The function in both roles, under the runtime client and under the emulator, with S3 beside it.

One process serves a module's tests: that is how Lambda uses it too.
"""

import importlib.util
from collections.abc import Iterator
from contextlib import AbstractContextManager

import pytest

from tests.awskit.buckets import Buckets, local_buckets
from tests.awskit.functions import Function, client_function, emulated_function, find_emulator
from tests.awskit.tools import missing


@pytest.fixture(scope="session")
def s3() -> Iterator[Buckets]:
    with local_buckets() as buckets:
        yield buckets


@pytest.fixture
def buckets(s3: Buckets) -> Buckets:
    s3.empty()
    return s3


@pytest.fixture(scope="module", params=["client", "emulator"])
def worker(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, s3: Buckets
) -> Iterator[Function]:
    env = {"OCR_ROLE": "worker", "OCR_MAX_BYTES": "5000", **s3.env}
    with _run(request.param, tmp_path_factory, env) as function:
        yield function


@pytest.fixture(scope="module", params=["client", "emulator"])
def api(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, s3: Buckets
) -> Iterator[Function]:
    if not importlib.util.find_spec("wenyun.api.app"):
        pytest.skip("wenyun.api.app is not there yet")
    with _run(request.param, tmp_path_factory, {"OCR_ROLE": "api", **s3.env}) as function:
        yield function


def _run(
    how: str, places: pytest.TempPathFactory, env: dict[str, str]
) -> AbstractContextManager[Function]:
    log = places.mktemp(how) / "function.log"
    if how == "client":
        return client_function(log, env)
    emulator = find_emulator()
    if emulator is None:
        missing("Lambda's runtime emulator (make setup-test installs it)")
    return emulated_function(emulator, log, env)
