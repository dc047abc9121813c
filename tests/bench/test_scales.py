"""The study of the detector's scale: one row a height, and nothing is changed for good."""

import numpy as np

from tests.bench import scales
from tests.enginekit.layer import MODELS
from tests.scenes.catalogue import render
from wenyun.engine.profiles import PROFILES
from wenyun.models.manifest import load_manifest
from wenyun.models.sessions import FloatArray, SessionCache


class Still:
    """A session that gives what it is given."""

    shrunk = 0

    def run(self, batch: FloatArray, *_: object) -> FloatArray:
        return batch

    def shrink(self) -> None:
        self.shrunk += 1


def test_pixels_are_counted_run_by_run() -> None:
    seen = scales.Seen(Still())
    batch = np.zeros((1, 3, 32, 64), np.float32)
    assert seen.run(batch) is batch
    seen.run(batch)
    assert seen.pixels == 2 * 32 * 64
    seen.shrink()


def test_a_larger_scale_shows_more_of_the_page() -> None:
    sessions = SessionCache(load_manifest(MODELS), 1)
    before = (PROFILES["fast"], sessions.get("detector"))
    page = render("menu", 1, "clean")
    small, large = (scales.row(sessions, height, [page], [], "fast") for height in (10, 30))
    assert (small[0], large[0]) == ("10", "30")
    assert float(small[1]) < float(large[1])
    assert 0 < float(large[2]) <= 100
    assert large[3] == ""
    assert (PROFILES["fast"], sessions.get("detector")) == before
