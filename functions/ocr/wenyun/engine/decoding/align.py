"""How likely a text is on a line, and where its characters stand: CTC's forward pass and best path.

Graves et al. 2006, sections 4.1 and 3: states are the blanks and characters of the text in turn.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
Runs = list[tuple[int, int]]
"""First and last step of each character."""

TINY = 1e-12
"""No class is less probable than this: what a line does not show has a low score, not none."""


def score(probabilities: FloatArray, labels: Sequence[int], blank: int) -> float:
    """Return ln of the probability that (T, classes) give a text, over all ways to spell it."""
    if not labels:
        return float(np.log(np.maximum(probabilities[:, blank], TINY)).sum())
    emitted, skips = _states(probabilities, labels, blank)
    # Scaled step by step, for a product of hundreds of probabilities is no float any more.
    total = 0.0
    alpha = np.zeros(emitted.shape[1])
    alpha[:2] = emitted[0, :2]
    for at in range(len(emitted)):
        if at:
            moved = alpha.copy()
            moved[1:] += alpha[:-1]
            moved[2:] += alpha[:-2] * skips[2:]
            alpha = moved * emitted[at]
        scale = float(alpha.sum())
        if scale <= 0.0:
            return -np.inf
        total += np.log(scale)
        alpha /= scale
    return float(total + np.log(max(float(alpha[-2:].sum()), 1e-300)))


def best_path(probabilities: FloatArray, labels: Sequence[int], blank: int) -> Runs:
    """The steps of each character on the likeliest path that spells a text.

    Empty where the line has too few steps for it.
    """
    if not labels:
        return []
    emitted, skips = _states(probabilities, labels, blank)
    costs = np.log(emitted)
    count = costs.shape[1]
    worth = np.full(count, -np.inf)
    worth[:2] = costs[0, :2]
    came = np.zeros(costs.shape, np.int8)
    jump = np.where(skips > 0, 0.0, -np.inf)
    for at in range(1, len(costs)):
        ways = np.full((3, count), -np.inf)
        ways[0] = worth
        ways[1, 1:] = worth[:-1]
        ways[2, 2:] = worth[:-2] + jump[2:]
        came[at] = ways.argmax(axis=0)
        worth = ways.max(axis=0) + costs[at]
    state = count - 1 if worth[-1] >= worth[-2] else count - 2
    return _runs(came, state, len(labels)) if np.isfinite(worth[state]) else []


def _states(
    probabilities: FloatArray, labels: Sequence[int], blank: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """(T, 2 L + 1) states' probabilities a step; (2 L + 1) 1 where the blank before may lack."""
    states = np.full(2 * len(labels) + 1, blank)
    states[1::2] = labels
    skips = np.zeros(len(states))
    skips[3::2] = states[3::2] != states[1:-2:2]
    return np.maximum(probabilities[:, states].astype(np.float64), TINY), skips


def _runs(came: npt.NDArray[np.int8], state: int, count: int) -> Runs:
    first, last = [0] * count, [0] * count
    seen = [False] * count
    for at in range(len(came) - 1, -1, -1):
        if state % 2:
            place = state // 2
            first[place] = at
            if not seen[place]:
                seen[place], last[place] = True, at
        state -= int(came[at, state])
    return list(zip(first, last, strict=True)) if all(seen) else []
