"""Drawn pages as the engine takes them."""

import numpy as np
import pytest

from tests.scenes.catalogue import render
from tests.scenes.fonts import FontMissingError
from tests.scenes.page import ScenePage
from wenyun.engine.geometry import Image


def draw(scene: str, seed: int, condition: str = "natural") -> ScenePage:
    """A scene's page; the test is skipped where a font of it is missing."""
    try:
        return render(scene, seed, condition)
    except FontMissingError as error:
        pytest.skip(str(error))


def bgr(page: ScenePage) -> Image:
    """(H, W, 3) uint8 BGR: the page's picture."""
    return np.ascontiguousarray(page.picture[..., ::-1])
