"""The parts put together over a layer of stand-ins."""

import io
import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.enginekit.colours import bars, read_bars
from tests.enginekit.ctckit import CHARSET
from tests.enginekit.entries import ITEM, write_manifest
from tests.enginekit.fakes import FakeSession
from wenyun import wiring
from wenyun.deadline import Deadline
from wenyun.documents.reader import Reader
from wenyun.engine.stopwatch import Stopwatch
from wenyun.errors import WenyunError
from wenyun.models import heap, sessions
from wenyun.models.manifest import LayerError, ModelEntry
from wenyun.options import Options
from wenyun.settings import Settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    letters = "".join(f"{c}\n" for c in CHARSET.characters[1:])
    (tmp_path / "letters.txt").write_text(letters, encoding="utf-8")
    one = ITEM | {"height": 32, "width_stride": 4, "charset": "letters.txt"}
    models = {
        "recogniser": one | {"name": "Bars"},
        "detector": ITEM | {"name": "Dark", "kind": "detector"},
    }
    return write_manifest(tmp_path, **models)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Roles that were opened; each reads bars."""
    roles: list[str] = []

    def open_one(entry: ModelEntry, threads: int) -> FakeSession:
        roles.append(entry.role)
        return FakeSession(read_bars)

    monkeypatch.setattr(sessions, "open_session", open_one)
    return roles


@pytest.fixture
def reader(folder: Path, opened: list[str]) -> Reader:
    return wiring.make_reader(Settings(model_dir=folder, threads=1, max_pixels=100_000))


def png(picture: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(picture)).save(file, "PNG")
    return file.getvalue()


def test_making_a_reader_opens_nothing(reader: Reader, opened: list[str]) -> None:
    assert reader.models() == {"recogniser": "Bars", "detector": "Dark"}
    assert opened == []


def test_with_two_cpus_models_open_at_once(folder: Path, opened: list[str]) -> None:
    reader = wiring.make_reader(Settings(model_dir=folder, threads=2))
    for thread in threading.enumerate():
        if thread.name == "wenyun-open":
            thread.join(30)
    assert opened == ["detector", "recogniser"]
    reader.warm()
    assert len(opened) == 2


def test_warming_can_be_repeated(reader: Reader, opened: list[str]) -> None:
    reader.warm()
    reader.warm()
    assert opened == ["recogniser", "detector"]


def test_a_picture_is_read(reader: Reader) -> None:
    picture = bars("abAB19")
    document = reader.read(png(picture), Options(), Deadline())
    (page,) = document.pages
    assert (page.number, page.width, page.height) == (1, picture.shape[1], 32)
    assert [line.text for line in page.lines()] == ["abAB19"]
    assert document.warnings == ()


def test_decoding_is_timed_first(reader: Reader) -> None:
    document = reader.read(png(bars("abAB19")), Options(), Deadline())
    assert next(iter(document.timings())) == "decode"
    assert {"enhance", "recognise", "layout"} <= set(document.timings())


def test_limits_are_those_of_the_settings(reader: Reader) -> None:
    with pytest.raises(WenyunError) as caught:
        reader.read(png(np.zeros((400, 400, 3), np.uint8)), Options(), Deadline())
    assert caught.value.code == "too_many_pixels"


def test_a_lasting_reader_gives_memory_back_after_a_reading(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """First the arena, then the heap that its regions went back to; bounded before all that."""
    done, trimmed = list[str](), threading.Event()

    class Keeping(FakeSession):
        def shrink(self) -> None:
            done.append("shrink")

    def trim() -> bool:
        done.append("trim")
        trimmed.set()
        return True

    monkeypatch.setattr(sessions, "open_session", lambda *_: Keeping(read_bars))
    monkeypatch.setattr(heap, "bound", lambda: done.append("bound"))
    monkeypatch.setattr(heap, "trim", trim)
    settings = Settings(model_dir=folder, threads=2, max_pixels=100_000)
    reader = wiring.make_lasting_reader(settings, seconds=0.01)
    (page,) = reader.read(png(bars("abAB19")), Options(), Deadline()).pages
    assert [line.text for line in page.lines()] == ["abAB19"]
    assert trimmed.wait(30)
    assert done == ["bound", "shrink", "trim"]


def test_a_reader_for_one_answer_leaves_memory_alone(
    folder: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Lambda and at the command nothing of it is loaded or done."""
    monkeypatch.setattr(heap, "_calls", lambda: pytest.fail("the heap was touched"))
    reader = wiring.make_reader(Settings(model_dir=folder, threads=2, max_pixels=100_000))
    before = {one for one in threading.enumerate() if one.name == "wenyun-tidy"}
    assert reader.read(png(bars("abAB19")), Options(), Deadline()).pages
    assert {one for one in threading.enumerate() if one.name == "wenyun-tidy"} <= before


def test_no_layer(tmp_path: Path) -> None:
    with pytest.raises(LayerError, match="make layer"):
        wiring.make_reader(Settings(model_dir=tmp_path / "nowhere"))


def test_a_stage_that_runs_twice_is_added_up(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter([1.0, 1.5, 10.0, 12.0, 20.0, 20.25])
    monkeypatch.setattr("time.perf_counter", lambda: next(ticks))
    clock = Stopwatch()
    for stage in ("detect", "detect", "layout"):
        with clock.stage(stage):
            pass
    assert clock.seconds == {"detect": 2.5, "layout": 0.25}


def test_a_stage_that_fails_is_timed_too(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter([1.0, 3.0])
    monkeypatch.setattr("time.perf_counter", lambda: next(ticks))
    clock = Stopwatch()
    with pytest.raises(ValueError, match="broken"), clock.stage("detect"):
        raise ValueError("broken")
    assert clock.seconds == {"detect": 2.0}
