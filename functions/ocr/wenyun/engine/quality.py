"""Enhancement: grey, local contrast (CLAHE), denoising; and when a picture wants it."""

from dataclasses import dataclass

import cv2
import numpy as np

from wenyun.engine.geometry import Image

SAMPLE_SIDE = 1024
"""Longest side at which a picture is measured, in pixels: by cutting, not by resizing."""


@dataclass(frozen=True, slots=True)
class Quality:
    """What is measured of a picture, in grey levels (0-255).

    `contrast` is the distance between the 2nd and the 98th percentile, `noise` the standard
    deviation of the grain (Immerkaer 1996).
    """

    contrast: float
    noise: float


def measure(image: Image) -> Quality:
    """Measure a (H, W, 3) picture on its middle."""
    grey = cv2.cvtColor(_middle(image), cv2.COLOR_BGR2GRAY)
    low, high = np.percentile(grey, (2, 98))
    return Quality(float(high - low), _noise(np.asarray(grey, np.uint8)))


def wants_enhancement(quality: Quality) -> bool:
    """Whether enhancement is likely to help: where ink hardly stands out from the ground."""
    return quality.contrast < 60


def enhance(image: Image) -> Image:
    """Grey, denoised (median, then Gaussian), with its local contrast evened out; as (H, W, 3)."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    smooth = cv2.GaussianBlur(cv2.medianBlur(grey, 3), (3, 3), 0)
    clear = cv2.createCLAHE(clipLimit=2.0, tileGridSize=(8, 8)).apply(smooth)
    return np.asarray(cv2.cvtColor(clear, cv2.COLOR_GRAY2BGR), np.uint8)


def _middle(image: Image) -> Image:
    height, width = image.shape[:2]
    y, x = max(0, (height - SAMPLE_SIDE) // 2), max(0, (width - SAMPLE_SIDE) // 2)
    return image[y : y + SAMPLE_SIDE, x : x + SAMPLE_SIDE]


def _noise(grey: Image) -> float:
    """Standard deviation of the noise, from the mean response to a Laplacian difference mask."""
    if min(grey.shape) < 3:
        return 0.0
    mask = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
    response = cv2.filter2D(grey, cv2.CV_32F, mask)[1:-1, 1:-1]
    return float(np.sqrt(np.pi / 2) * np.abs(response).mean() / 6)
