"""Another recogniser by another manifest, a smaller layer, and no network."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.enginekit.draw import on_page, text_line
from tests.enginekit.layer import MODELS, needs_layer
from tests.enginekit.reading import texts
from tests.integration.engine.conftest import make_engine
from wenyun.deadline import Deadline
from wenyun.engine.pipeline import Engine
from wenyun.models.manifest import LayerError
from wenyun.options import Options

pytestmark = needs_layer

TEXT = "合计金额人民币"


def said() -> dict[str, dict[str, Any]]:
    models: dict[str, dict[str, Any]] = json.loads(
        (MODELS / "manifest.json").read_text(encoding="utf-8")
    )["models"]
    return models


def write(folder: Path, models: dict[str, dict[str, Any]]) -> Path:
    """A layer of nothing but a manifest: its files are those of the real layer."""
    placed = {
        role: item | {key: str(MODELS / item[key]) for key in ("file", "charset") if key in item}
        for role, item in models.items()
    }
    (folder / "manifest.json").write_text(json.dumps({"models": placed}), encoding="utf-8")
    return folder


def read(engine: Engine, text: str, **options: Any) -> list[tuple[str, str]]:
    page = engine.read(text_line(text), Options(**options), Deadline())
    return [(line.text, line.model) for line in page.lines()]


def test_a_recogniser_is_exchanged_by_its_manifest_alone(tmp_path: Path) -> None:
    """The second model's classes, charset and calibration in the first one's place.

    Both happen to have one height and stride; tests/unit/engine/test_recognise.py has others.
    """
    models = said()
    assert models["second"]["charset"] != models["recogniser"]["charset"]
    assert models["second"]["calibration"] != models["recogniser"]["calibration"]
    engine = make_engine(write(tmp_path, models | {"recogniser": models["second"]}))
    assert read(engine, TEXT, profile="fast") == [(TEXT, "crnn")]
    # Kana that the layer's own first recogniser has no classes for.
    assert read(engine, "ひらがな", profile="fast", lang="mix") == [("ひらがな", "crnn")]


def test_and_the_other_way_round(tmp_path: Path) -> None:
    models = said()
    swapped = {"recogniser": models["second"], "second": models["recogniser"]}
    engine = make_engine(write(tmp_path, models | swapped))
    found = read(engine, TEXT, profile="accurate")
    assert [text for text, _ in found] == [TEXT]


def test_a_layer_of_two_models(tmp_path: Path) -> None:
    """Without a second opinion, a better detector and classifiers every profile still reads."""
    models = {role: item for role, item in said().items() if role in ("recogniser", "detector")}
    engine = make_engine(write(tmp_path, models))
    picture = on_page(text_line(TEXT), 600, 300, 40, 100)
    for profile in ("fast", "balanced", "accurate"):
        page = engine.read(picture, Options(profile=profile), Deadline())
        assert texts(page) == [TEXT]
        assert [line.model for line in page.lines()] == ["crnn"]


def test_a_weight_file_that_is_missing(tmp_path: Path) -> None:
    models = said()
    models["detector"]["file"] = "lost.onnx"
    with pytest.raises(LayerError, match=r"lost\.onnx does not open"):
        make_engine(write(tmp_path, models)).tools.warm()


def test_warming_opens_two_models_and_reading_the_rest_at_need(tmp_path: Path) -> None:
    engine = make_engine(write(tmp_path, said()))
    opened = engine.tools.sessions._open
    assert not opened
    engine.tools.warm()
    assert set(opened) == {"recogniser", "detector"}
    engine.read(text_line(TEXT), Options(profile="fast"), Deadline())
    assert "second" not in opened
    engine.read(text_line(TEXT), Options(profile="accurate"), Deadline())
    assert "second" in opened


def test_many_first_requests_at_once_read_alike(tmp_path: Path) -> None:
    """A cold engine, asked by eight threads: no request sees a model half open."""
    from concurrent.futures import ThreadPoolExecutor

    engine = make_engine(write(tmp_path, said()))
    picture = on_page(text_line(TEXT), 600, 300, 40, 100)
    with ThreadPoolExecutor(8) as pool:
        asked = [
            pool.submit(engine.read, picture, Options(profile=profile), Deadline())
            for profile in ("fast", "accurate") * 4
        ]
        assert [texts(one.result(120)) for one in asked] == [[TEXT]] * 8


OFFLINE = """
import socket, sys

class Refused(Exception):
    pass

def refuse(*_, **__):
    raise Refused("a socket was asked for")

socket.socket = socket.create_connection = socket.getaddrinfo = refuse

import numpy as np
from wenyun.deadline import Deadline
from wenyun.options import Options
from wenyun.settings import Settings
from wenyun.wiring import make_reader

reader = make_reader(Settings.from_env())
reader.warm()
data = open(sys.argv[1], "rb").read()
for profile in ("fast", "accurate"):
    document = reader.read(data, Options(profile=profile), Deadline())
    print(*[line.text for page in document.pages for line in page.lines()])
print(*[name for name in ("http.client", "urllib.request", "requests", "httpx", "ssl")
        if name in sys.modules], "clients")
"""


def test_the_runtime_reads_without_a_network(tmp_path: Path) -> None:
    """No socket can be opened, and nothing that could download is even loaded."""
    import cv2

    picture = on_page(text_line(TEXT), 600, 300, 40, 100)
    assert cv2.imwrite(str(tmp_path / "page.png"), np.asarray(picture))
    command = [sys.executable, "-c", OFFLINE, str(tmp_path / "page.png")]
    ended = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines()[:2] == [TEXT, TEXT]
    assert ended.stdout.splitlines()[2] in ("clients", " clients")
