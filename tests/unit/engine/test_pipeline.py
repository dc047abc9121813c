"""The stages put together, with models that know what they see: bars on white."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.enginekit.colours import bars, read_bars
from tests.enginekit.ctckit import CHARSET
from tests.enginekit.entries import entry, manifest
from tests.enginekit.fakes import FakeSession
from wenyun.deadline import Deadline
from wenyun.engine.geometry import Image
from wenyun.engine.pipeline import Engine, cut_region, ignored, whole
from wenyun.engine.profiles import PROFILES
from wenyun.engine.toolbox import Toolbox
from wenyun.errors import WenyunError
from wenyun.models.manifest import ModelEntry
from wenyun.models.sessions import FloatArray, Session, SessionCache
from wenyun.options import Options
from wenyun.result import Page
from wenyun.values import Area

ROLES = ("recogniser", "second", "detector", "detector_accurate", "line_angle")
PAGE = np.full((320, 640, 3), 255, np.uint8)


def dark(batch: FloatArray) -> FloatArray:
    return np.asarray(batch[:, :1] < 0, np.float32)


def nothing(batch: FloatArray) -> FloatArray:
    steps = np.zeros((len(batch), batch.shape[3] // 4, len(CHARSET.characters)), np.float32)
    steps[..., 0] = 1
    return steps


def upright(batch: FloatArray) -> FloatArray:
    return np.array([[1, 0]] * len(batch), np.float32)


ANSWERS = {
    "recogniser": read_bars,
    "second": read_bars,
    "detector": dark,
    "detector_accurate": dark,
    "line_angle": upright,
}


@pytest.fixture
def layer(tmp_path: Path) -> Iterator["Layer"]:
    path = tmp_path / "charset.txt"
    path.write_text("".join(f"{c}\n" for c in CHARSET.characters[1:]), encoding="utf-8")
    made = Layer(path)
    yield made
    made.engine().tools.executor.shutdown()


class Layer:
    """A layer of stand-ins, whose roles and answers a test may change."""

    def __init__(self, charset: Path) -> None:
        self.roles = list(ROLES)
        self.threads = 2
        self.answers: dict[str, Any] = dict(ANSWERS)
        self.opened: dict[str, FakeSession] = {}
        self._charset = charset
        self._engine: Engine | None = None

    def engine(self) -> Engine:
        if self._engine is None:
            entries = [entry(role, charset=self._charset) for role in self.roles]
            sessions = SessionCache(manifest(*entries), self.threads, self._open)
            self._engine = Engine(Toolbox(sessions, self.threads))
        return self._engine

    def read(self, picture: Image, deadline: Deadline | None = None, **options: Any) -> Page:
        return self.engine().read(picture, Options(**options), deadline or Deadline())

    def _open(self, one: ModelEntry, threads: int) -> Session:
        self.opened[one.role] = FakeSession(self.answers[one.role])
        return self.opened[one.role]


def lines(page: Page) -> list[tuple[str, str]]:
    return [(line.text, line.model) for line in page.lines()]


def test_a_blank_page(layer: Layer) -> None:
    layer.threads = 1
    page = layer.read(PAGE)
    assert (page.width, page.height, page.angle, page.blocks) == (640, 320, 0, ())
    assert "recogniser" not in layer.opened


def test_a_picture_that_is_one_line_needs_no_detection(layer: Layer) -> None:
    picture = bars("abAB19")
    page = layer.read(picture, profile="fast")
    assert lines(page) == [("abAB19", "crnn")]
    assert "detector" not in layer.opened
    (line,) = page.lines()
    assert line.box == ((0, 0), (picture.shape[1], 0), (picture.shape[1], 32), (0, 32))


@pytest.mark.parametrize(
    ("profile", "detector", "model"),
    [("fast", "detector", "crnn"), ("balanced", "detector", "crnn")],
)
def test_sure_lines_are_read_once(profile: str, detector: str, model: str, layer: Layer) -> None:
    layer.threads = 1
    assert lines(layer.read(bars("abAB19"), profile=profile)) == [("abAB19", model)]
    assert "second" not in layer.opened


def test_accurate_reads_every_line_twice(layer: Layer) -> None:
    assert lines(layer.read(bars("abAB19"), profile="accurate")) == [("abAB19", "second")]


def weakly(batch: FloatArray) -> FloatArray:
    """Reads as it should, but one character with half a probability."""
    steps = read_bars(batch).copy()
    steps[:, 1:3] = steps[:, 1:3] * 0.5 + 0.5 / steps.shape[2]
    return steps


def test_balanced_sends_on_a_line_with_one_weak_character(layer: Layer) -> None:
    layer.answers["recogniser"] = weakly
    page = layer.read(bars("abAB19abAB19"), profile="balanced")
    assert lines(page) == [("abAB19abAB19", "second")]


def test_fast_sends_on_nothing(layer: Layer) -> None:
    layer.answers["recogniser"] = weakly
    page = layer.read(bars("abAB19abAB19"), profile="fast")
    assert [model for _, model in lines(page)] == ["crnn"]
    assert "second" not in layer.opened


def test_a_second_reading_that_is_much_less_sure_is_dropped(layer: Layer) -> None:
    layer.answers["second"] = nothing
    page = layer.read(bars("abAB19"), profile="accurate")
    assert lines(page) == [("abAB19", "crnn")]


def test_a_layer_without_a_second_model(layer: Layer) -> None:
    layer.roles.remove("second")
    page = layer.read(bars("abAB19"), profile="accurate")
    assert lines(page) == [("abAB19", "crnn")]


@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_times_its_stages(profile: str, layer: Layer) -> None:
    timings = layer.read(bars("abAB19"), profile=profile).timings
    assert {"enhance", "recognise", "layout"} <= set(timings)
    assert ("second" in timings) is (profile == "accurate")
    assert all(seconds >= 0 for seconds in timings.values())


def test_a_page_that_is_detected_times_that(layer: Layer) -> None:
    assert {"detect", "orient"} <= set(layer.read(PAGE).timings)


@pytest.mark.parametrize("picture", [PAGE, bars("abAB19")], ids=["page", "line"])
def test_a_deadline_that_has_passed(picture: Image, layer: Layer) -> None:
    with pytest.raises(WenyunError) as caught:
        layer.read(picture, Deadline.after(-1))
    assert caught.value.code == "time_limit"


def test_the_whole_picture_as_a_line() -> None:
    assert whole(PAGE).quad.tolist() == [[0, 0], [640, 0], [640, 320], [0, 320]]


def test_no_region_is_the_whole_picture() -> None:
    area, image = cut_region(PAGE, None)
    assert area == Area(0, 0, 640, 320)
    assert image is PAGE


@pytest.mark.parametrize(
    ("region", "cut"),
    [
        (Area(10, 20, 30, 40), Area(10, 20, 30, 40)),
        (Area(600, 300, 100, 100), Area(600, 300, 40, 20)),
        (Area(0, 0, 10_000, 10_000), Area(0, 0, 640, 320)),
        (Area(639, 319, 1, 1), Area(639, 319, 1, 1)),
    ],
)
def test_a_region_is_cut_to_the_picture(region: Area, cut: Area) -> None:
    area, image = cut_region(PAGE, region)
    assert area == cut
    assert image.shape[:2] == (cut.h, cut.w)


@pytest.mark.parametrize("region", [Area(640, 0, 5, 5), Area(0, 320, 5, 5), Area(9999, 9999, 1, 1)])
def test_a_region_outside_the_picture(region: Area) -> None:
    with pytest.raises(WenyunError, match="640 x 320") as caught:
        cut_region(PAGE, region)
    assert (caught.value.code, caught.value.field) == ("invalid_option", "region")
    assert "640 x 320" in caught.value.message_zh


def test_boxes_of_a_region_are_those_of_the_picture(layer: Layer) -> None:
    strip = bars("abAB19")
    picture = np.full((200, 500, 3), 255, np.uint8)
    picture[100:132, 60 : 60 + strip.shape[1]] = strip
    page = layer.read(picture, profile="fast", region=Area(60, 100, strip.shape[1], 32))
    (line,) = page.lines()
    assert line.text == "abAB19"
    assert (line.box[0], line.box[2]) == ((60, 100), (60 + strip.shape[1], 132))
    assert (page.width, page.height) == (500, 200)


@pytest.mark.parametrize(
    ("area", "out"),
    [
        (Area(0, 0, 640, 320), True),
        (Area(45, 25, 10, 10), True),
        (Area(50, 30, 1, 1), True),
        (Area(0, 0, 50, 320), False),
        (Area(51, 0, 100, 320), False),
        (Area(0, 31, 640, 100), False),
    ],
)
def test_a_line_is_ignored_by_its_middle(area: Area, out: bool) -> None:
    quad = np.array([[10, 20], [90, 20], [90, 40], [10, 40]], np.float32)
    assert ignored(quad, Area(0, 0, 640, 320), [area]) is out


def test_ignored_areas_are_in_pixels_of_the_picture_not_of_the_region() -> None:
    quad = np.array([[0, 0], [20, 0], [20, 20], [0, 20]], np.float32)
    region = Area(100, 200, 50, 50)
    assert ignored(quad, region, [Area(100, 200, 20, 20)])
    assert not ignored(quad, region, [Area(0, 0, 20, 20)])


def test_any_of_several_areas() -> None:
    quad = np.array([[0, 0], [20, 0], [20, 20], [0, 20]], np.float32)
    page = Area(0, 0, 640, 320)
    assert ignored(quad, page, [Area(300, 300, 5, 5), Area(5, 5, 10, 10)])
    assert not ignored(quad, page, [])
