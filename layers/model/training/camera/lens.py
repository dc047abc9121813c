"""What a camera, a scanner and a file do: bend, blur, shade, add noise, compress."""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

Rng = np.random.Generator
Picture = npt.NDArray[np.uint8]
Effect = Callable[[Rng, Picture], Picture]


def bend(rng: Rng, picture: Picture) -> Picture:
    """Perspective, turn and curve in one resampling; the crop follows the line roughly."""
    kind = rng.random()
    if kind < 0.45:
        return picture
    height, width = picture.shape[:2]
    if kind < 0.8:
        play = float(rng.uniform(0.02, 0.12)) * height
        corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
        moved = corners + rng.uniform(-play, play, (4, 2)).astype(np.float32)
        turn = cv2.getPerspectiveTransform(moved, corners)
        return _u8(
            cv2.warpPerspective(picture, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
        )
    x = np.arange(width, dtype=np.float32)
    phase, length = rng.uniform(0, 6.28), width * rng.uniform(0.6, 3.0)
    swing = np.sin(x / length * 6.28 + phase) * height * rng.uniform(0.02, 0.09)
    columns = np.broadcast_to(x, (height, width)).astype(np.float32)
    rows = (np.arange(height, dtype=np.float32)[:, None] + swing[None]).astype(np.float32)
    return _u8(cv2.remap(picture, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))


def shade(rng: Rng, picture: Picture) -> Picture:
    """Uneven light: a gradient, the edge of a shadow, or a patch of glare."""
    kind = rng.random()
    if kind < 0.6:
        return picture
    height, width = picture.shape[:2]
    x = np.linspace(-1, 1, width, dtype=np.float32)[None]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    if kind < 0.76:
        light = 1 + float(rng.uniform(-0.35, 0.35)) * x + float(rng.uniform(-0.2, 0.2)) * y
    elif kind < 0.9:
        edge = (x - float(rng.uniform(-1, 1)) + float(rng.uniform(-0.3, 0.3)) * y) * float(
            rng.uniform(3, 60)
        )
        light = 1 - float(rng.uniform(0.15, 0.55)) / (1 + np.exp(np.clip(-edge, -30, 30)))
    else:
        centre, spread = float(rng.uniform(-1, 1)), float(rng.uniform(0.08, 0.4))
        glow = np.exp(-(((x - centre) / spread) ** 2) - y**2) * float(rng.uniform(20, 110))
        return _u8(cv2.convertScaleAbs(picture.astype(np.float32) + glow[..., None]))
    return _u8(
        cv2.convertScaleAbs(picture.astype(np.float32) * np.asarray(light, np.float32)[..., None])
    )


def soften(rng: Rng, picture: Picture) -> Picture:
    """Out of focus, moved, or taken from too far away."""
    kind = rng.random()
    if kind < 0.18:
        return _u8(cv2.GaussianBlur(picture, (0, 0), float(rng.uniform(0.4, 1.7))))
    if kind < 0.26:
        length = int(rng.integers(3, 8))
        kernel = np.zeros((length, length), np.float32)
        a, b = int(rng.integers(length)), int(rng.integers(length))
        cv2.line(kernel, (0, a), (length - 1, b), 1.0)
        return _u8(cv2.filter2D(picture, -1, kernel / float(kernel.sum())))
    if kind < 0.5:
        return _far(rng, picture)
    return picture


def noise(rng: Rng, picture: Picture) -> Picture:
    """Grain of the sensor; salt and pepper of bad scans."""
    if rng.random() < 0.7:
        return picture
    strength = float(rng.gamma(1.5, 5))
    height, width = picture.shape[:2]
    grain = np.asarray(rng.standard_normal((height, width), np.float32) * strength, np.int16)
    if rng.random() < 0.2:
        grain[rng.random((height, width), np.float32) < 0.004] = -120
    return _u8(np.clip(picture.astype(np.int16) + grain[..., None], 0, 255))


def compress(rng: Rng, picture: Picture) -> Picture:
    """Through a JPEG file."""
    if rng.random() < 0.55:
        return picture
    quality = int(rng.integers(18, 93))
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return _u8(np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR)))


def _far(rng: Rng, picture: Picture) -> Picture:
    height, width = picture.shape[:2]
    # From 11 pixels of height on, a line can still be read by a person.
    small = float(rng.uniform(13, 32)) / height
    if small >= 1:
        return picture
    size = (max(4, round(width * small)), max(8, round(height * small)))
    how = cv2.INTER_AREA if rng.random() < 0.7 else cv2.INTER_NEAREST
    back = cv2.INTER_LINEAR if rng.random() < 0.6 else cv2.INTER_CUBIC
    return _u8(
        cv2.resize(
            cv2.resize(picture, size, interpolation=how), (width, height), interpolation=back
        )
    )


def _u8(value: npt.ArrayLike) -> Picture:
    return np.asarray(value, np.uint8)
