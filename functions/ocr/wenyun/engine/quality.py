"""Enhancement: grey, denoised, local contrast evened out (CLAHE); and when a picture wants it."""

import cv2
import numpy as np

from wenyun.engine.geometry import Image
from wenyun.engine.ranks import quantiles

STEP = 4
"""A picture is measured on every so manieth pixel each way: contrast needs no more."""

LOW_CONTRAST = 85
"""Grey levels between ink and ground under which enhancement gains lines. On drawn pages, dark
ones have 37-65 and everything else, out-of-focus photos too, 100 and more."""

GRAINY = 15
"""Noise in grey levels from which a median filter costs less than it brings."""

NOISE_SIDE = 1024
"""Pixels each way of the corner on which grain is measured."""

CLIP, TILES = 1.0, (4, 4)
"""CLAHE as strong as gains most on dark pages and loses nothing on clean ones."""


def wants_enhancement(image: Image) -> bool:
    """Whether enhancement is likely to help: where ink hardly stands out from the ground."""
    return contrast(image) < LOW_CONTRAST


def contrast(image: Image) -> float:
    """Grey levels from the half to the 99 and a half percentile of (H, W, 3) uint8."""
    sample = np.ascontiguousarray(image[::STEP, ::STEP])
    low, high = quantiles(cv2.cvtColor(sample, cv2.COLOR_BGR2GRAY), 0.005, 0.995)
    return high - low


def enhance(image: Image) -> Image:
    """Grey, denoised, its local contrast evened out; as (H, W, 3) uint8 with equal channels."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    if noise(image[:NOISE_SIDE, :NOISE_SIDE]) > GRAINY:
        grey = cv2.medianBlur(grey, 3)
    smooth = cv2.GaussianBlur(grey, (3, 3), 0.6)
    clear = cv2.createCLAHE(CLIP, TILES).apply(smooth)
    return np.asarray(cv2.cvtColor(clear, cv2.COLOR_GRAY2BGR), np.uint8)


def noise(image: Image) -> float:
    """Standard deviation of a picture's grain in grey levels (Immerkaer 1996)."""
    grey = cv2.cvtColor(np.ascontiguousarray(image), cv2.COLOR_BGR2GRAY)
    if min(grey.shape) < 3:
        return 0.0
    mask = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
    response = cv2.filter2D(grey, cv2.CV_32F, mask)[1:-1, 1:-1]
    return float(np.sqrt(np.pi / 2) * np.abs(response).mean() / 6)
