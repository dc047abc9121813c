"""What a camera or scanner does to a page: tilt, uneven light, noise, blur, compression."""

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np

from tests.scenes.page import Picture, ScenePage, moved

Rng = np.random.Generator


def tilted(page: ScenePage, rng: Rng, strength: float) -> ScenePage:
    """The page seen slightly from the side, its surroundings filled with its own edge colour.

    Args:
        page: What is photographed.
        rng: Where the corners move to.
        strength: How far, in parts of the shorter side.

    """
    width, height = page.size
    reach = strength * min(width, height)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    inward = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]], np.float32)
    target = corners + inward * rng.uniform(0, reach, (4, 2)).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    edge = [float(value) for value in np.median(page.picture[:8].reshape(-1, 3), 0)]
    picture = cv2.warpPerspective(
        page.picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=edge
    )
    return moved(replace(page, picture=picture.astype(np.uint8)), matrix)


def scaled(page: ScenePage, factor: float) -> ScenePage:
    """The page from further away."""
    width, height = (round(side * factor) for side in page.size)
    matrix = np.diag([width / page.size[0], height / page.size[1], 1.0])
    picture = cv2.resize(page.picture, (width, height), interpolation=cv2.INTER_AREA)
    return moved(replace(page, picture=np.asarray(picture, np.uint8)), matrix)


def turned(page: ScenePage, quarter_turns: int) -> ScenePage:
    """The page lying on its side: turned clockwise by so many times 90 degrees."""
    width, height = page.size
    matrix = np.eye(3)
    for _ in range(quarter_turns % 4):
        matrix = np.array([[0, -1, height], [1, 0, 0], [0, 0, 1]], np.float64) @ matrix
        width, height = height, width
    picture = np.ascontiguousarray(np.rot90(page.picture, -quarter_turns))
    return moved(replace(page, picture=picture), matrix)


def slanted(page: ScenePage, degrees: float) -> ScenePage:
    """The page laid askew, turned clockwise by so many degrees; nothing of it is cut off."""
    width, height = page.size
    turn = np.eye(3)
    turn[:2] = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    corners = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], np.float64)
    reach = cv2.perspectiveTransform(corners, turn)[0]
    low = reach.min(axis=0)
    wide, high = np.ceil(reach.max(axis=0) - low).astype(int).tolist()
    matrix = np.array([[1, 0, -low[0]], [0, 1, -low[1]], [0, 0, 1]]) @ turn
    edge = [float(value) for value in np.median(page.picture[:8].reshape(-1, 3), 0)]
    picture = cv2.warpAffine(
        page.picture, matrix[:2], (wide, high), flags=cv2.INTER_CUBIC, borderValue=edge
    )
    return moved(replace(page, picture=picture.astype(np.uint8)), matrix)


def shaded(picture: Picture, rng: Rng, depth: float) -> Picture:
    """Light that falls off towards one side by up to `depth` (0-1)."""
    height, width = picture.shape[:2]
    angle = rng.uniform(0, 2 * np.pi)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    ramp = (x / width - 0.5) * np.cos(angle) + (y / height - 0.5) * np.sin(angle) + 0.5
    light = 1 - depth * np.clip(ramp, 0, 1)
    return _whole(picture * light[..., None])


def grainy(picture: Picture, rng: Rng, sigma: float) -> Picture:
    """Gaussian noise of so many grey levels."""
    return _whole(picture + rng.normal(0, sigma, picture.shape).astype(np.float32))


def soft(picture: Picture, sigma: float) -> Picture:
    """Out of focus by a Gaussian of so many pixels."""
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.uint8)


def compressed(picture: Picture, quality: int) -> Picture:
    """What is left after JPEG."""
    ok, data = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert ok
    read = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
    return np.ascontiguousarray(read[..., ::-1])


def natural(page: ScenePage, rng: Rng) -> ScenePage:
    """A decent phone photo or scan, the default of every scene."""
    page = tilted(scaled(page, rng.uniform(0.7, 1.0)), rng, 0.025)
    picture = shaded(page.picture, rng, rng.uniform(0, 0.3))
    picture = soft(picture, rng.uniform(0.3, 0.8))
    picture = grainy(picture, rng, rng.uniform(1, 6))
    return replace(page, picture=compressed(picture, int(rng.integers(60, 95))))


def clean(page: ScenePage, rng: Rng) -> ScenePage:
    """A screenshot or a PDF's page: nothing but mild compression."""
    return replace(page, picture=compressed(page.picture, int(rng.integers(90, 96))))


def dark(page: ScenePage, rng: Rng) -> ScenePage:
    """Too little light: low contrast, uneven, with the noise of a high gain."""
    page = tilted(page, rng, 0.02)
    picture = shaded(page.picture, rng, rng.uniform(0.3, 0.6))
    gain, floor = rng.uniform(0.16, 0.3), rng.uniform(8, 24)
    picture = soft(_whole(picture.astype(np.float32) * gain + floor), rng.uniform(0.3, 0.6))
    picture = grainy(picture, rng, rng.uniform(3, 6))
    return replace(page, picture=compressed(picture, int(rng.integers(70, 88))))


def blurred(page: ScenePage, rng: Rng) -> ScenePage:
    """Slightly out of focus, grainy, and saved small."""
    page = tilted(page, rng, 0.02)
    picture = soft(page.picture, rng.uniform(1.1, 1.8))
    picture = grainy(picture, rng, rng.uniform(4, 9))
    return replace(page, picture=compressed(picture, int(rng.integers(45, 65))))


CONDITIONS: dict[str, Callable[[ScenePage, Rng], ScenePage]] = {
    "natural": natural,
    "clean": clean,
    "dark": dark,
    "blurred": blurred,
}


def _whole(values: np.ndarray) -> Picture:
    return np.asarray(np.clip(values, 0, 255), np.uint8)
