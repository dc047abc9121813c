"""What a layout page gives: a picture, its lines in reading order, and its blocks."""

from dataclasses import dataclass, replace

import numpy as np

from tests.scenes import light
from tests.scenes.page import Quad, ScenePage


@dataclass(frozen=True, slots=True)
class TruthBlock:
    """A block: its type, its lines by number, and which of the page's areas it is, if a figure."""

    type: str
    members: tuple[int, ...]
    area: int | None = None


@dataclass(frozen=True, slots=True)
class LayoutPage:
    """A scene page with blocks in reading order; `vertical` says that most lines are columns."""

    scene: ScenePage
    blocks: tuple[TruthBlock, ...]
    vertical: bool = False

    def figure(self, block: TruthBlock) -> Quad:
        """The box of a figure."""
        assert block.area is not None
        return self.scene.ignore[block.area]


def tilted(page: LayoutPage, rng: np.random.Generator, strength: float) -> LayoutPage:
    """The page photographed slightly from the side."""
    return replace(page, scene=light.tilted(page.scene, rng, strength))


def turned(page: LayoutPage, quarter_turns: int) -> LayoutPage:
    """The page lying on its side."""
    return replace(page, scene=light.turned(page.scene, quarter_turns))
