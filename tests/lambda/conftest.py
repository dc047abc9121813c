"""The function in both roles, under the runtime client and under the emulator, with S3 beside it.

One process serves a module's tests: that is how Lambda uses it too.
"""

import importlib.util
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from types import ModuleType, SimpleNamespace

import pytest

from tests.awskit.buckets import Buckets, local_buckets
from tests.awskit.functions import ROOT, Function, client_function, emulated_function, find_emulator
from tests.awskit.tools import missing
from wenyun.settings import Settings


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


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Callable[..., ModuleType]:
    """Import `handler` afresh in this process, over a stand-in for the reader."""

    def load_handler(role: str) -> ModuleType:
        made: list[str] = []

        def make_reader(settings: Settings) -> SimpleNamespace:
            made.append("made")
            return SimpleNamespace(warm=lambda: made.append("warm"))

        wiring = ModuleType("wenyun.wiring")
        wiring.make_reader = make_reader  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "wenyun.wiring", wiring)
        monkeypatch.setenv("OCR_ROLE", role)
        spec = importlib.util.spec_from_file_location("handler", ROOT / "functions/ocr/handler.py")
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.made = made  # type: ignore[attr-defined]
        return module

    return load_handler
