"""Drawn pages through the real models: how many lines must come out exactly.

The least shares stand some points below what was seen when they were written.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from tests.enginekit.pages import bgr, draw
from tests.enginekit.reading import exact, nearest, texts
from tests.integration.engine.conftest import Read
from tests.scenes.page import ScenePage
from wenyun.engine.profiles import PROFILES
from wenyun.result import Page

SEED = 701

LEAST = {
    "invoice": {"fast": 0.92, "balanced": 0.94, "accurate": 0.94},
    "card": {"fast": 0.92, "balanced": 0.92, "accurate": 0.92},
    "book": {"fast": 0.9, "balanced": 0.93, "accurate": 0.93},
    "sign": {"fast": 0.8, "balanced": 0.8, "accurate": 0.8},
    "handwriting": {"fast": 0.7, "balanced": 0.75, "accurate": 0.75},
    "menu": {"fast": 0.95, "balanced": 0.95, "accurate": 0.95},
    "english": {"fast": 0.88, "balanced": 0.9, "accurate": 0.9},
    "mixed": {"fast": 0.9, "balanced": 0.9, "accurate": 0.9},
}
"""Scene to profile to share of lines."""

CASES = [(scene, profile) for scene in LEAST for profile in PROFILES]


@dataclass(frozen=True)
class Case:
    """A drawn page and what a profile read on it."""

    scene: str
    profile: str
    drawn: ScenePage
    page: Page

    @property
    def right(self) -> int:
        """Lines that were read exactly."""
        return exact(texts(self.page), [line.text for line in self.drawn.lines])


Cases = Callable[[str, str], Case]


@pytest.fixture(scope="module")
def cases(read: Read) -> Cases:
    """Each page is read once a profile, however many tests look at it."""

    @cache
    def one(scene: str, profile: str) -> Case:
        drawn = draw(scene, SEED)
        return Case(scene, profile, drawn, read(bgr(drawn), profile=profile))

    return one


@pytest.fixture(params=CASES, ids="-".join)
def case(request: pytest.FixtureRequest, cases: Cases) -> Case:
    return cases(*request.param)


def test_lines_are_read_exactly(case: Case) -> None:
    wanted = len(case.drawn.lines)
    assert case.right >= LEAST[case.scene][case.profile] * wanted, f"{case.right} of {wanted}"


def test_pages_are_upright_and_boxes_in_place(case: Case) -> None:
    page = case.page
    assert (page.width, page.height, page.angle) == (*case.drawn.size, 0)
    for line in page.lines():
        box = np.array(line.box)
        assert (box >= 0).all()
        assert (box <= case.drawn.size).all()
    assert np.median(nearest(page, case.drawn)) < 0.25


def test_every_line_says_which_model_read_it(case: Case) -> None:
    models = {line.model for line in case.page.lines()}
    assert models <= {"crnn", "second"}
    if case.profile == "fast":
        assert models == {"crnn"}
    if case.profile == "accurate":
        assert "second" in models


def test_no_line_is_empty_and_every_confidence_a_probability(case: Case) -> None:
    for line in case.page.lines():
        assert line.text.strip() == line.text
        assert line.text
        assert 0 < line.confidence <= 1


def test_stages_are_timed(case: Case) -> None:
    timings = case.page.timings
    assert {"enhance", "detect", "orient", "recognise", "layout"} <= set(timings)
    assert ("second" in timings) or case.profile != "accurate"
    assert all(seconds >= 0 for seconds in timings.values())


@pytest.mark.parametrize("scene", ["invoice", "book"])
def test_more_work_reads_more_lines(scene: str, cases: Cases) -> None:
    """Where the first recogniser is not sure of everything, each profile gains."""
    right = [cases(scene, profile).right for profile in ("fast", "balanced", "accurate")]
    assert right == sorted(right)
    assert right[0] < right[2]


def test_balanced_sends_on_some_lines_and_not_all(cases: Cases) -> None:
    models = [line.model for line in cases("invoice", "balanced").page.lines()]
    assert 0 < models.count("second") < len(models)


def test_prose_comes_in_reading_order(cases: Cases) -> None:
    case = cases("book", "accurate")
    wanted = [line.text for line in case.drawn.lines]
    places = [wanted.index(text) for text in texts(case.page) if text in wanted]
    assert len(places) > 20
    assert places == sorted(places)
