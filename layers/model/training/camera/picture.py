"""From a text to the crop that a recogniser is given: set, composed, seen, cut, scaled."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from training.camera import ink, lens
from training.camera.paper import Grounds
from training.fonts.faces import Faces
from training.text.lines import Line, Writer

Rng = np.random.Generator
Picture = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.uint8]
HEIGHT = 48
"""Pixels that the recognisers' lines are high."""

WIDEST = 1600
"""Pixels; wider lines are drawn again with another text."""

HAND_SHARE = 0.16
SMALL_SHARE = 0.3
"""Lines set in 11 to 23 pixels an em."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A drawn line: (HEIGHT, W, 3) uint8 BGR, its text, its kind and the face it is set in."""

    picture: Picture
    text: str
    kind: str
    face: str


class Studio:
    """Draws lines, one after another, from a seed."""

    def __init__(self, writer: Writer, faces: Faces, seed: int) -> None:
        self._writer = writer
        self._faces = faces
        self._rng = np.random.default_rng(seed)
        self._grounds = Grounds(seed % 16)
        self._last: Mask = np.zeros((8, 8), np.uint8)

    def sample(self) -> Sample:
        """The next line."""
        while True:
            line = self._writer.line(self._rng)
            drawn = self._draw(line)
            if drawn is not None:
                return drawn

    def _draw(self, line: Line) -> Sample | None:
        rng = self._rng
        face = self._faces.choose(rng, line.text, bool(rng.random() < HAND_SHARE))
        if face is None:
            return None
        # Print of pages that were made by computers, or scanned coarsely, has few pixels.
        small = rng.random() < SMALL_SHARE
        size = int(rng.integers(11, 24)) if small else int(rng.integers(26, 46))
        mask = ink.set_line(rng, line.text, face, size)
        mask = mask if small else ink.vary(rng, mask)
        if min(mask.shape) < 4:
            return None
        if line.kind in ("number", "money", "moment", "field_en") and rng.random() < 0.12:
            mask = ink.dotted(rng, mask)
        elif rng.random() < 0.07 or line.kind == "seal":
            mask = ink.worn(rng, mask)
        picture = see(rng, self._compose(mask, line.kind))
        self._last = mask
        width = max(16, round(picture.shape[1] * HEIGHT / picture.shape[0]))
        if width > WIDEST:
            return None
        how = cv2.INTER_AREA if picture.shape[0] > 2 * HEIGHT else cv2.INTER_LINEAR
        scaled = np.asarray(cv2.resize(picture, (width, HEIGHT), interpolation=how), np.uint8)
        return Sample(scaled, line.text, line.kind, face.name)

    def _compose(self, mask: Mask, kind: str) -> Picture:
        """Ink on a ground, with what stands around it."""
        rng = self._rng
        sheet = self._sheet(mask)
        back, front = colours(rng, kind)
        ground = np.empty((*sheet.shape, 3), np.float32)
        ground[:] = back
        if rng.random() < 0.5:
            texture = self._grounds.piece(rng, *sheet.shape) * float(rng.gamma(1.4, 5))
            ground += texture[..., None] * rng.uniform(0.7, 1.3, 3).astype(np.float32)
        cover = sheet.astype(np.float32)[..., None] / 255
        if rng.random() < 0.05:
            self._shadowed(ground, sheet, front)
        return np.asarray(cv2.convertScaleAbs(ground + (front - ground) * cover), np.uint8)

    def _sheet(self, mask: Mask) -> Mask:
        """The ink with margins, rulings and neighbours' ink, (H, W) uint8."""
        rng = self._rng
        height, width = mask.shape
        loose = 0.5 if rng.random() < 0.12 else 0.16
        top, bottom, left, right = (rng.gamma(1.3, loose * 0.45, 4) * height).astype(int).tolist()
        if rng.random() < 0.06:
            mask = mask[int(height * rng.uniform(0, 0.06)) : int(height * rng.uniform(0.95, 1)) + 1]
        sheet = np.zeros((mask.shape[0] + top + bottom + 2, width + left + right + 2), np.uint8)
        place = sheet[top + 1 : top + 1 + mask.shape[0], left + 1 : left + 1 + width]
        place[:] = mask[:, : place.shape[1]]
        if rng.random() < 0.12:
            self._neighbour(sheet, top, bottom)
        if rng.random() < 0.1:
            ruling(rng, sheet, top + mask.shape[0])
        return sheet

    def _neighbour(self, sheet: Mask, top: int, bottom: int) -> None:
        """The feet of the line above, or the heads of the line below."""
        rng = self._rng
        above = rng.random() < 0.5
        room = min(top if above else bottom, self._last.shape[0] // 2) - 1
        if room < 2:
            return
        strip = self._last[-room:] if above else self._last[:room]
        width = min(sheet.shape[1], strip.shape[1])
        rows = slice(0, room) if above else slice(sheet.shape[0] - room, None)
        np.maximum(sheet[rows, :width], strip[:, :width], out=sheet[rows, :width])

    def _shadowed(self, ground: npt.NDArray[np.float32], sheet: Mask, front: np.ndarray) -> None:
        """A shadow or an outline behind the letters, as posters have."""
        rng = self._rng
        shift = int(rng.integers(1, 4))
        behind = np.roll(sheet, (shift, shift), (0, 1)).astype(np.float32)[..., None] / 255
        ground += (255 - front - ground) * behind * float(rng.uniform(0.3, 0.9))


def ruling(rng: Rng, sheet: Mask, foot: int) -> None:
    """An underline, a table's rule beside or under the text, or a line struck through."""
    height, width = sheet.shape
    thick = int(rng.integers(1, 3))
    level = int(rng.integers(90, 256))
    kind = rng.random()
    if kind < 0.7:
        y = min(height - 1, foot + int(rng.integers(0, 5)))
        cv2.line(sheet, (0, y), (width, y), level, thick)
    elif kind < 0.85:
        cv2.rectangle(sheet, (0, 0), (width - 1, height - 1), level, thick)
    else:
        cv2.line(
            sheet, (0, int(rng.integers(height))), (width, int(rng.integers(height))), level // 2, 1
        )


def colours(rng: Rng, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """Colours of ground and ink, (3,) float32 BGR each, told apart by at least a faint step."""
    style = rng.random()
    if kind == "seal" and rng.random() < 0.8:
        back, front = rng.uniform(200, 255, 3), np.array([40, 40, 190]) + rng.uniform(-35, 50, 3)
    elif style < 0.5:
        back, front = (
            np.full(3, rng.uniform(205, 255)) + rng.normal(0, 6, 3),
            rng.uniform(0, 75) + rng.normal(0, 8, 3),
        )
    elif style < 0.62:
        back, front = rng.uniform(0, 90, 3), rng.uniform(170, 255, 3)
    elif style < 0.7:
        level = rng.uniform(120, 250)
        back, front = np.full(3, level), np.full(3, level - rng.uniform(30, 70))
    else:
        back, front = _apart(rng)
    return np.asarray(back, np.float32), np.asarray(front, np.float32)


def _apart(rng: Rng) -> tuple[np.ndarray, np.ndarray]:
    while True:
        back, front = rng.uniform(0, 255, 3), rng.uniform(0, 255, 3)
        if abs(float(np.dot(back - front, (0.114, 0.587, 0.299)))) > 55:
            return back, front


def see(rng: Rng, picture: Picture) -> Picture:
    """A sheet as it comes out of a camera and a file."""
    for step in (lens.bend, lens.shade, lens.soften, lens.noise, lens.compress):
        picture = step(rng, picture)
    return picture
