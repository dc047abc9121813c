import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from tests.api_fakes import FakeReader
from tests.unit.api.jobs_house import Office, office
from wenyun.api.app import create_app
from wenyun.settings import Settings

MakeApp = Callable[..., FastAPI]


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader()


@pytest.fixture
def page_dir(tmp_path: Path) -> Path:
    (tmp_path / "js").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>文云</title>", "utf-8")
    (tmp_path / "js" / "main.js").write_text("export {}", "utf-8")
    (tmp_path / ".hidden.html").write_text("no", "utf-8")
    (tmp_path / "notes.secret").write_text("no", "utf-8")
    return tmp_path


@pytest.fixture
def make_app(reader: FakeReader, page_dir: Path) -> MakeApp:
    """Settings' fields as keywords, to an app over the fake reader."""

    def make(**settings: Any) -> FastAPI:
        return create_app(Settings(**settings), reader, page_dir=page_dir)

    return make


@pytest.fixture
def app(make_app: MakeApp) -> FastAPI:
    return make_app(max_bytes=100_000)


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Office]:
    """An app that takes jobs."""
    with office(tmp_path) as opened:
        opened.home.clock.now = time.time()
        yield opened
