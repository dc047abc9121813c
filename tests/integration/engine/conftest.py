"""The engine on the real layer, opened once for all tests of this folder."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.enginekit.layer import MODELS
from wenyun.deadline import Deadline
from wenyun.engine.geometry import Image
from wenyun.engine.pipeline import Engine
from wenyun.engine.toolbox import Toolbox
from wenyun.models.manifest import load_manifest
from wenyun.models.sessions import SessionCache
from wenyun.options import parse_options
from wenyun.result import Page

THREADS = 2

Read = Callable[..., Page]


def make_engine(folder: Path) -> Engine:
    """An engine over a layer's folder."""
    return Engine(Toolbox(SessionCache(load_manifest(folder), THREADS), THREADS))


@pytest.fixture(scope="session")
def engine() -> Engine:
    if not (MODELS / "manifest.json").is_file():
        pytest.skip(f"no model layer in {MODELS}: run `make layer`")
    return make_engine(MODELS)


@pytest.fixture(scope="session")
def read(engine: Engine) -> Read:
    """Reads a picture, (H, W, 3) uint8 BGR, with options as a request gives them."""

    def with_options(picture: Image, **options: object) -> Page:
        return engine.read(picture, parse_options(options), Deadline())

    return with_options
