"""Text detection by differentiable binarisation (DB, Liao et al. 2020): where the lines are."""

from dataclasses import dataclass

import cv2
import numpy as np

from wenyun.deadline import NEVER, Deadline
from wenyun.engine.bands import Map, See, in_bands
from wenyun.engine.geometry import Image, Quad, order_corners, sides
from wenyun.engine.tensors import to_tensor
from wenyun.models.manifest import ModelEntry
from wenyun.models.sessions import Session

STRIDE = 32
"""The network halves its input five times, so sides must be multiples of this."""

MAX_BAND = 1_000_000
"""Pixels that the network sees at once, margins left out: this bounds its memory."""

MAX_LINES = 3000
"""Candidates that are looked at on a page: more is a texture. Long pictures hold several pages."""

MAX_WHOLE = 2_500_000
"""Pixels up to which a picture is resized as a whole."""

FULL = 255
"""Certainty in the map: probabilities are kept as bytes."""


@dataclass(frozen=True, slots=True)
class DetectorSettings:
    """How the probability map becomes boxes; the names are PaddleOCR's.

    `end_room` is ours: what a line gets at either end beyond its box, in line heights, for boxes
    end where the last character does and at times a little before.
    """

    threshold: float = 0.3
    box_threshold: float = 0.5
    unclip_ratio: float = 1.6
    dilate: bool = True
    min_side: float = 3.0
    end_room: float = 0.1


class Detector:
    """Finds lines with one model."""

    def __init__(self, entry: ModelEntry, session: Session, settings: DetectorSettings) -> None:
        self._entry = entry
        self._session = session
        self._settings = settings

    def detect(self, image: Image, scale: float, deadline: Deadline = NEVER) -> list[Quad]:
        """Find lines.

        Args:
            image: (H, W, 3) uint8 BGR.
            scale: Factor by which the picture is resized before the network sees it.
            deadline: Looked at before each band, and ends the run that is under way.

        Returns:
            A (4, 2) float32 quad a line, in pixels of `image`, in no order.

        Raises:
            WenyunError: `time_limit`.
        """
        size = size_for(image, scale)

        def probability(part: Image) -> Map:
            deadline.check()
            return self._probability(part, deadline)

        found = in_bands(size, view(image, size), probability, MAX_BAND, STRIDE)
        deadline.check()
        quads = find_quads(np.ascontiguousarray(found), self._settings)
        ratio = np.array([image.shape[1] / size[1], image.shape[0] / size[0]], np.float32)
        limit = np.array([image.shape[1], image.shape[0]], np.float32)
        return [np.clip(quad * ratio, 0, limit) for quad in quads]

    def _probability(self, image: Image, deadline: Deadline) -> Map:
        """(H, W): how likely each pixel belongs to the middle of a line, in 255ths."""
        probability = self._session.run(to_tensor(image, self._entry)[None], deadline)[0, 0]
        return np.asarray(np.rint(probability * FULL), np.uint8)


def size_for(image: Image, scale: float) -> tuple[int, int]:
    """Height and width at about `scale`, multiples of the network's stride."""
    height, width = (max(STRIDE, round(side * scale / STRIDE) * STRIDE) for side in image.shape[:2])
    return height, width


def view(image: Image, size: tuple[int, int]) -> See:
    """Parts of a picture at another size.

    A large one is resized part by part, so that it is never in memory at that size; seams may then
    be half a pixel off.

    Args:
        image: (H, W, 3) uint8.
        size: Height and width that it has when it is seen.
    """
    axis = 0 if size[0] >= size[1] else 1
    if size[0] * size[1] <= MAX_WHOLE:
        whole = resize_to(image, size)
        return lambda start, end: _cut(whole, axis, start, end)
    ratio = image.shape[axis] / size[axis]

    def part(start: int, end: int) -> Image:
        seen = _cut(image, axis, round(start * ratio), round(end * ratio))
        return resize_to(seen, (end - start, size[1]) if axis == 0 else (size[0], end - start))

    return part


def _cut(image: Image, axis: int, start: int, end: int) -> Image:
    return image[start:end] if axis == 0 else image[:, start:end]


def resize_to(image: Image, size: tuple[int, int]) -> Image:
    """Resize to a height and width; shrinking by much averages."""
    how = cv2.INTER_AREA if size[0] * size[1] < 0.25 * image.size / 3 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(image, (size[1], size[0]), interpolation=how), np.uint8)


def find_quads(probability: Map, settings: DetectorSettings) -> list[Quad]:
    """Boxes in the (H, W) map of 255ths, in its own pixels, grown to the whole line."""
    ink = (probability > settings.threshold * FULL).astype(np.uint8)
    if settings.dilate:
        ink = np.asarray(cv2.dilate(ink, np.ones((2, 2), np.uint8)), np.uint8)
    contours, _ = cv2.findContours(ink, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    quads = []
    most = MAX_LINES * max(1, probability.size // MAX_WHOLE)
    for contour in contours[:most]:
        centre, size, angle = cv2.minAreaRect(contour)
        if min(size) < settings.min_side:
            continue
        if _score(probability, contour) < settings.box_threshold:
            continue
        grown = unclip((centre[0], centre[1]), (size[0], size[1]), angle, settings)
        if min(sides(grown)) >= settings.min_side + 2:
            quads.append(grown)
    return quads


def unclip(
    centre: tuple[float, float], size: tuple[float, float], angle: float, settings: DetectorSettings
) -> Quad:
    """Grow a shrunk rectangle back to the line by area * ratio / perimeter on every side.

    The offset polygon of a rectangle has that rectangle, grown, as its smallest frame, so no
    polygon clipping is needed. The ends of the longer side get some room more.
    """
    width, height = size
    grow = width * height * settings.unclip_ratio / (width + height)
    room = 2 * settings.end_room * (min(size) + grow)
    along, across = (room, 0.0) if width >= height else (0.0, room)
    wide = (width + grow + along, height + grow + across)
    return order_corners(np.asarray(cv2.boxPoints((centre, wide, angle)), np.float32))


def _score(probability: Map, contour: np.ndarray) -> float:
    """Mean probability inside a contour."""
    x, y, width, height = cv2.boundingRect(contour)
    mask = np.zeros((height, width), np.uint8)
    cv2.fillPoly(mask, [contour - np.array([x, y])], 1)
    return float(cv2.mean(probability[y : y + height, x : x + width], mask)[0]) / FULL
