"""The study of the detector's scale: one row a height, and nothing is changed for good."""

from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest

from tests.bench import scales
from tests.enginekit.fakes import FakeSession
from tests.enginekit.layer import MODELS
from tests.scenes.catalogue import render
from wenyun.engine.profiles import PROFILES
from wenyun.models.manifest import load_manifest
from wenyun.models.sessions import SessionCache


def test_pixels_are_counted_run_by_run() -> None:
    inner = FakeSession(lambda batch: batch)
    seen = scales.Seen(inner)
    batch = np.zeros((1, 3, 32, 64), np.float32)
    assert seen.run(batch) is batch
    seen.run(batch)
    assert seen.pixels == 2 * 32 * 64
    seen.shrink()
    assert inner.shrunk == 1


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


def test_the_table_of_a_folder_of_real_pictures(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """An empty folder leaves the column of real lines empty."""
    with patch.object(scales, "SCENES", ["sign"]), patch.object(scales, "CONDITIONS", ["clean"]):
        scales.main(["--heights", "22", "--pages", "1", "--real", str(tmp_path)])
    head, *rows = capsys.readouterr().out.splitlines()
    assert head == "1 + 0 pages, fast"
    assert rows[-1].startswith("| 22 ")
