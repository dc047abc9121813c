"""What a scene gives: a picture and the truth about it."""

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""(H, W, 3) uint8 RGB."""

Quad = NDArray[np.float32]
"""(4, 2) float32: corners clockwise from the top left in reading direction, in pixels."""


Homography = NDArray[Any]
"""(3, 3) float: where a flat picture's points go."""


@dataclass(frozen=True, slots=True)
class Truth:
    """A line of text and the box around its ink.

    `characters` has a box around the ink of each character that is no space, where the scene
    knows them.
    """

    text: str
    box: Quad
    characters: tuple[Quad, ...] = ()

    def through(self, matrix: Homography) -> "Truth":
        """The line with its boxes sent through a 3x3 homography."""
        parts = tuple(through(part, matrix) for part in self.characters)
        return Truth(self.text, through(self.box, matrix), parts)


@dataclass(frozen=True, slots=True)
class ScenePage:
    """A page: its lines in reading order, and areas whose text is not asked for (seals)."""

    scene: str
    lang: str
    picture: Picture
    lines: tuple[Truth, ...]
    ignore: tuple[Quad, ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.picture.shape[1], self.picture.shape[0]


def rectangle(left: float, top: float, right: float, bottom: float) -> Quad:
    """An upright box."""
    corners = [[left, top], [right, top], [right, bottom], [left, bottom]]
    return np.array(corners, np.float32)


def moved(page: ScenePage, matrix: Homography) -> ScenePage:
    """The page with its boxes, not its picture, sent through a 3x3 homography."""
    return replace(
        page,
        lines=tuple(line.through(matrix) for line in page.lines),
        ignore=tuple(through(box, matrix) for box in page.ignore),
    )


def through(box: Quad, matrix: Homography) -> Quad:
    """A box sent through a 3x3 homography."""
    sent = cv2.perspectiveTransform(box.reshape(1, 4, 2).astype(np.float64), matrix)
    return sent.reshape(4, 2).astype(np.float32)
