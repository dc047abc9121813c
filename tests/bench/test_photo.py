"""Large photos are drawn at the size that is asked for."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.bench import photo
from tests.bench.subjects import Outcome, RunnerError, ours

PAGE = np.full((300, 200, 3), 255, np.uint8)


@pytest.mark.parametrize("shape", [(300, 200), (200, 300), (100, 900)])
@pytest.mark.parametrize("megapixels", [0.5, 2.0])
def test_a_photo_has_its_megapixels(shape: tuple[int, int], megapixels: float) -> None:
    page = np.full((*shape, 3), 255, np.uint8)
    made = photo.photograph(page, megapixels, np.random.default_rng(1))
    height, width = made.shape[:2]
    assert height * width / 1e6 == pytest.approx(megapixels, rel=0.01)
    assert width / height == pytest.approx(4 / 3, rel=0.01)


def test_the_page_lies_in_the_middle_and_is_noisy() -> None:
    made = photo.photograph(PAGE, 0.5, np.random.default_rng(1)).astype(float)
    middle = made[made.shape[0] // 2, made.shape[1] // 2 - 20 : made.shape[1] // 2 + 20]
    assert middle.mean() > 240
    assert made[:, :10].mean() == pytest.approx(96, abs=2)
    assert made[:, :10].std() > photo.NOISE / 2


def test_a_photo_is_drawn_for_every_scene(tmp_path: Path) -> None:
    photos = photo.draw(tmp_path, 1.0, 3)
    assert len(photos) == len(photo.SCENES)
    sizes = [np.asarray(cv2.imread(str(path))).size for path in photos]
    assert all(size == pytest.approx(3e6, rel=0.01) for size in sizes)


def test_what_cannot_be_read_is_a_dash_and_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def run(*_: object, **__: object) -> Outcome:
        raise RunnerError("out of memory")

    monkeypatch.setattr(photo, "run", run)
    assert photo._peaks(ours("fast"), [tmp_path / "a.jpg"], 1) == ["-"]
    assert "out of memory" in capsys.readouterr().err
