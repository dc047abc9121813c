"""Options, health and ready."""

import asyncio
import threading
from typing import Any

from fastapi import FastAPI

from tests.api_fakes import FakeReader, call, client_of, error_of
from wenyun import __version__
from wenyun.api.warmup import Warmup
from wenyun.options import SPECS
from wenyun.options_table import FORMATS


def test_options_say_what_this_deployment_can_do(make_app: Any) -> None:
    app = make_app(max_bytes=5, max_pixels=6, sync_pages=7, profile="fast")
    found = call(app, "GET", "/api/options").json()
    assert set(found) == {"version", "options", "limits", "inputs", "formats", "jobs"}
    assert found["version"] == __version__
    assert found["limits"] == {"bytes": 5, "pixels": 6, "sync_pages": 7}
    assert found["formats"] == list(FORMATS)
    assert found["jobs"] is False
    kinds = ("jpeg", "png", "bmp", "webp", "gif", "tiff")
    assert set(found["inputs"]) == {*(f"image/{kind}" for kind in kinds), "application/pdf"}
    options = {option["name"]: option for option in found["options"]}
    assert list(options) == list(SPECS)
    assert options["profile"]["default"] == "fast"
    keys = {"name", "type", "enum", "default", "min", "max", "title", "help"}
    assert all(set(option) == keys for option in options.values())
    assert all(option["help"].keys() == {"zh", "en"} for option in options.values())


def test_health_names_the_versions(app: FastAPI) -> None:
    assert call(app, "GET", "/api/health").json() == {
        "status": "ok",
        "version": __version__,
        "models": {"recogniser": "fake-crnn"},
    }


def test_ready_once_the_models_are_open(app: FastAPI, reader: FakeReader) -> None:
    reader.warm_gate = threading.Event()
    answer = call(app, "GET", "/api/ready")
    error_of(answer, 503, "busy")
    assert answer.headers["retry-after"] == "1"
    reader.warm_gate.set()
    assert app.state.warmup.ready(30)
    assert call(app, "GET", "/api/ready").json() == {"ready": True}
    assert reader.warmed == 1


def test_a_failed_start_is_tried_again(reader: FakeReader) -> None:
    reader.warm_failures = 2
    warmup = Warmup(reader)
    tries = 0
    while not warmup.ready(0.05):
        tries += 1
        assert tries < 100
    assert reader.warm_failures == 0
    assert reader.warmed == 1


def test_many_questions_open_the_models_once(app: FastAPI, reader: FakeReader) -> None:
    async def go() -> None:
        async with client_of(app) as client:
            answers = await asyncio.gather(*(client.get("/api/ready") for _ in range(20)))
            assert {answer.status_code for answer in answers} == {200}

    asyncio.run(go())
    assert reader.warmed == 1
