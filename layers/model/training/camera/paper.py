"""Grounds that lines stand on: plain, paper, cloth, wood, stone, gradients; all computed."""

import cv2
import numpy as np
import numpy.typing as npt

Rng = np.random.Generator
Picture = npt.NDArray[np.float32]
HEIGHT, WIDTH = 160, 2400
COUNT = 48
"""Grounds kept ready; a line is set on a piece of one."""


class Grounds:
    """A stock of textures, each (HEIGHT, WIDTH) float32 around 0 with a deviation of about 1."""

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        makers = (_grain, _clouds, _weave, _wood, _specks, _blocks)
        self._stock = [_normal(makers[n % len(makers)](rng)) for n in range(COUNT)]

    def piece(self, rng: Rng, height: int, width: int) -> Picture:
        """A piece of a ground, turned and magnified by chance."""
        stock = self._stock[int(rng.integers(len(self._stock)))]
        zoom = float(rng.uniform(0.6, 2.0))
        rows, columns = min(HEIGHT, int(height / zoom) + 1), min(WIDTH, int(width / zoom) + 1)
        top = int(rng.integers(0, HEIGHT - rows + 1))
        left = int(rng.integers(0, WIDTH - columns + 1))
        part = stock[top : top + rows, left : left + columns]
        part = part[:, ::-1] if rng.random() < 0.5 else part
        return np.asarray(cv2.resize(part, (width, height)), np.float32)


def _normal(field: Picture) -> Picture:
    return np.asarray((field - np.mean(field)) / (np.std(field) + 1e-6), np.float32)


def _grain(rng: Rng) -> Picture:
    field = rng.standard_normal((HEIGHT, WIDTH), np.float32)
    return np.asarray(cv2.GaussianBlur(field, (0, 0), float(rng.uniform(0.5, 1.5))), np.float32)


def _clouds(rng: Rng) -> Picture:
    field = np.zeros((HEIGHT, WIDTH), np.float32)
    for step in (8, 20, 60):
        coarse = rng.standard_normal((HEIGHT // step + 2, WIDTH // step + 2), np.float32)
        field += cv2.resize(coarse, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC) * step**0.5
    return field


def _weave(rng: Rng) -> Picture:
    y, x = np.mgrid[:HEIGHT, :WIDTH].astype(np.float32)
    a, b = rng.uniform(0.3, 1.6, 2)
    return np.asarray(np.sin(x * a) * np.sin(y * b) + 0.3 * _grain(rng), np.float32)


def _wood(rng: Rng) -> Picture:
    stretched = rng.standard_normal((HEIGHT // 2, WIDTH // 60), np.float32)
    field = cv2.resize(stretched, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    return np.asarray(field + 0.2 * _grain(rng), np.float32)


def _specks(rng: Rng) -> Picture:
    field = (rng.random((HEIGHT, WIDTH), np.float32) > 0.995).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(field, (0, 0), float(rng.uniform(0.6, 2.0))), np.float32)


def _blocks(rng: Rng) -> Picture:
    field = np.zeros((HEIGHT, WIDTH), np.float32)
    for _ in range(160):
        x, y = int(rng.integers(WIDTH)), int(rng.integers(HEIGHT))
        size = int(rng.integers(10, 120))
        cv2.rectangle(field, (x, y), (x + size * 2, y + size), float(rng.standard_normal()), -1)
    return np.asarray(cv2.GaussianBlur(field, (0, 0), float(rng.uniform(0.8, 4))), np.float32)
