"""Logistic regression by Newton's method, and how far probabilities are from what happened."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

RIDGE = 1.0
"""Pull of the weights towards 0, as so many lines would have."""

STEPS = 30


def fitted(parts: FloatArray, right: FloatArray) -> FloatArray:
    """(F,) weights that make (N, F) features say how likely each of (N,) lines is right."""
    weights = np.zeros(parts.shape[1])
    for _ in range(STEPS):
        chance = chances(parts, weights)
        slope = parts.T @ (right - chance) - RIDGE * weights
        curve = (parts * (chance * (1 - chance))[:, None]).T @ parts + RIDGE * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if float(np.abs(step).max()) < 1e-6:
            break
    return weights


def rising(parts: FloatArray, right: FloatArray, places: Sequence[int]) -> FloatArray:
    """The same where some weights may not be negative: such a feature is left out, weight 0.

    Features that say nearly the same tempt a fit to set one against the other, and then a line with
    one hopeless character counts as a good one.
    """
    used = list(range(parts.shape[1]))
    while True:
        weights = np.zeros(parts.shape[1])
        weights[used] = fitted(parts[:, used], right)
        worst = min(places, key=lambda place: float(weights[place]))
        if weights[worst] >= 0:
            return weights
        used.remove(worst)


def chances(parts: FloatArray, weights: FloatArray) -> FloatArray:
    """(N,) probabilities."""
    return np.asarray(1 / (1 + np.exp(-np.clip(parts @ weights, -40, 40))))


def deciles(chance: FloatArray, right: FloatArray) -> list[tuple[float, float, int]]:
    """Ten groups of lines from the least to the most likely: what was said, what was right."""
    order = np.argsort(chance, kind="stable")
    return [
        (float(chance[part].mean()), float(right[part].mean()), len(part))
        for part in np.array_split(order, 10)
        if len(part)
    ]


def expected_error(groups: Sequence[tuple[float, float, int]]) -> float:
    """Mean distance of what was said from what was right, a line (Naeini et al. 2015)."""
    total = sum(count for _, _, count in groups)
    return sum(abs(said - was) * count for said, was, count in groups) / total
