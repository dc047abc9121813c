"""Enhancement, and what tells that a picture wants it."""

import cv2
import numpy as np
import pytest

from tests.enginekit.pages import bgr, draw
from tests.scenes.catalogue import SCENES
from wenyun.engine import quality
from wenyun.engine.geometry import Image
from wenyun.engine.quality import (
    LOW_CONTRAST,
    STEP,
    contrast,
    enhance,
    noise,
    wants_enhancement,
)

FLAT = np.full((64, 64, 3), 100, np.uint8)
RNG = np.random.default_rng(0)


def shown(scene: str, condition: str) -> Image:
    return bgr(draw(scene, 61, condition))


@pytest.mark.parametrize("scene", SCENES)
def test_dark_pages_want_it(scene: str) -> None:
    assert wants_enhancement(shown(scene, "dark"))


@pytest.mark.parametrize("condition", ["clean", "natural"])
@pytest.mark.parametrize("scene", SCENES)
def test_pages_that_read_well_do_not(scene: str, condition: str) -> None:
    assert not wants_enhancement(shown(scene, condition))


@pytest.mark.parametrize("levels", [0, LOW_CONTRAST - 1, LOW_CONTRAST, 255])
def test_contrast_decides(levels: int) -> None:
    page = np.zeros((200, 200, 3), np.uint8)
    page[80:120] = levels
    assert wants_enhancement(page) is (levels < LOW_CONTRAST)


def test_a_flat_picture_has_no_contrast() -> None:
    assert (contrast(FLAT), noise(FLAT)) == (0, 0)


def test_contrast_is_from_ink_to_paper() -> None:
    page = np.full((200, 200, 3), 230, np.uint8)
    page[80:120] = 30
    assert contrast(page) == pytest.approx(200, abs=1)


def test_a_few_odd_pixels_are_no_contrast() -> None:
    page = np.full((400, 400, 3), 128, np.uint8)
    page[:8, :8] = 0
    page[8:16, :8] = 255
    assert contrast(page) == 0


@pytest.mark.parametrize("sigma", [2, 5, 10, 20])
def test_noise_is_measured_in_grey_levels(sigma: float) -> None:
    grain = np.random.default_rng(1).normal(128, sigma, (256, 256, 1))
    page = np.repeat(np.clip(grain, 0, 255), 3, axis=2).astype(np.uint8)
    assert noise(page) == pytest.approx(sigma, rel=0.08)


def test_a_slope_is_no_noise() -> None:
    ramp = np.repeat(np.tile(np.arange(256, dtype=np.uint8), (256, 1))[..., None], 3, axis=2)
    assert noise(ramp) < 0.1


@pytest.mark.parametrize("shape", [(1, 1), (2, 50), (50, 2), (STEP, STEP), (3, 3), (2000, 3)])
def test_pictures_of_any_shape(shape: tuple[int, int]) -> None:
    image = RNG.integers(0, 256, (*shape, 3)).astype(np.uint8)
    assert np.isfinite([contrast(image), noise(image)]).all()
    assert enhance(image).shape == image.shape


def test_an_enhanced_picture_is_grey_and_has_the_same_shape() -> None:
    image = shown("menu", "dark")
    better = enhance(image)
    assert better.shape == image.shape
    assert better.dtype == np.uint8
    assert (better[..., 0] == better[..., 1]).all()
    assert (better[..., 1] == better[..., 2]).all()


@pytest.mark.parametrize("scene", SCENES)
def test_enhancement_brings_out_the_ink(scene: str) -> None:
    """Edges of a dark page stand out more than they did."""
    image = shown(scene, "dark")
    before, after = (_edges(picture) for picture in (image, enhance(image)))
    assert after > before


def test_enhancement_leaves_the_picture_alone() -> None:
    image = shown("card", "dark")
    before = image.copy()
    enhance(image)
    assert np.array_equal(image, before)


def test_grain_is_taken_out(monkeypatch: pytest.MonkeyPatch) -> None:
    grain = np.clip(RNG.normal(128, 30, (200, 200, 1)), 0, 255)
    page = np.repeat(grain, 3, axis=2).astype(np.uint8)
    smooth = enhance(page)
    monkeypatch.setattr(quality, "GRAINY", 255)
    rough = enhance(page)
    assert noise(smooth) < 0.5 * noise(rough)


def _edges(image: Image) -> float:
    """The strongest edges, where letters end."""
    grey = cv2.GaussianBlur(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), (0, 0), 2)
    return float(np.percentile(np.abs(cv2.Sobel(grey, cv2.CV_32F, 1, 0)), 98))
